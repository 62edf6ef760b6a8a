import { keptBody } from './kept-body';

const OF_A_LATER_RELEASE = {
  version: 2,
  kind: 'refresh-pull-requests',
  workspaceUuid: '{4c16a397-8e48-479c-8ca2-442e46c90570}',
  repository: '15a31549-1cff-45dc-9d0d-310114c5038b',
  pullRequests: [1, 2],
  since: null,
  isUrgent: true,
};

it('keeps what is ids, instants and states', () => {
  expect(keptBody(OF_A_LATER_RELEASE)).toEqual(OF_A_LATER_RELEASE);
});

it.each([
  ['a text', { title: 'Fix the login of Ann' }],
  ['an address', { next: 'https://example.com/2.0/repositories?page=2' }],
  ['an e-mail address', { by: 'ann@example.com' }],
  ['a text among ids', { words: ['one', 'two words'] }],
  ['a document', { author: { id: 1 } }],
  ['a text as a name', { 'Fix the login': 1 }],
  ['more than any message has', Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`f${at}`, at]))],
  ['a list without end', { ids: Array.from({ length: 51 }, (_, at) => at) }],
])('keeps nothing of what has %s', (_, more) => {
  expect(keptBody({ ...OF_A_LATER_RELEASE, ...more })).toEqual({});
});

it.each([[null], ['text'], [7], [[1, 2]], [undefined]])('keeps nothing of %p', (body) => {
  expect(keptBody(body)).toEqual({});
});
