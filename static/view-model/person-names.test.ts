import { namesIn } from './person-names';

it('finds authors, participants and reviewers under the id that the facts have', () => {
  const names = namesIn({
    values: [
      {
        author: { account_id: 'a1', uuid: '{u1}', display_name: 'Ann' },
        participants: [{ user: { uuid: '{u2}', display_name: 'Ben' } }, { user: null }],
        reviewers: [{ account_id: 'a3', uuid: '{u3}', display_name: 'Cem' }, { account_id: 'a4' }],
      },
      { author: null },
    ],
  });
  expect([...names]).toEqual([
    ['a1', 'Ann'],
    ['u2', 'Ben'],
    ['a3', 'Cem'],
  ]);
});

it.each([null, undefined, 'text', { values: 'text' }, { values: [null, 7] }, []])(
  'finds nobody in %j',
  (answer) => {
    expect(namesIn(answer).size).toBe(0);
  },
);
