import type { DeadLetterLine } from '../../src/views/reports/connection-report';
import { deadLetterRow } from './dead-letters';
import { english, TO } from './testing';

const LETTER: DeadLetterLine = {
  id: 'a',
  at: TO,
  kind: 'refresh-pull-request',
  repositoryUuid: '{r}',
  pullRequest: 17,
  cause: 'BitbucketForbidden',
  reason: '403',
  attempts: 5,
};

const row = (letter: Partial<DeadLetterLine>) =>
  deadLetterRow({ ...LETTER, ...letter }, new Map([['{r}', 'shop']]), english);

it('says what was to be done, where, why not, and how often it was tried', () => {
  expect(row({})).toEqual({
    id: 'a',
    at: 'Nov 21, 2026, 12:00 AM',
    work: 'Read pull request 17 again',
    repository: 'shop',
    reason: 'BitbucketForbidden: 403',
    attempts: 'tried 5 times',
  });
});

it.each([
  ['discover', null, 'List the repositories'],
  ['refresh-pull-request', null, 'Read a pull request again'],
  ['catch-up', null, 'Compare everything with Bitbucket'],
  ['of-a-later-version', null, 'of-a-later-version'],
  [null, null, 'A message that cannot be read'],
])('names the work %p', (kind, pullRequest, work) => {
  expect(row({ kind, pullRequest }).work).toBe(work);
});

it('shows a repository without a name by its id, and none where none is named', () => {
  expect(row({ repositoryUuid: '{0123456789}' }).repository).toBe('01234567…');
  expect(row({ repositoryUuid: null }).repository).toBeNull();
});
