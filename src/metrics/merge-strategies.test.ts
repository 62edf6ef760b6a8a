import { aPullRequest, OPENED_AT } from '../facts/testing';
import { mergeStrategies } from './merge-strategies';

const WINDOW = { from: OPENED_AT, to: OPENED_AT + 30 * 86_400 };
const OPTIONS = { defaultBranch: 'main' };

const mergedBy = (id: number, mergeCommit: string | null, targetBranch = 'main') =>
  aPullRequest({ id, mergeCommit, targetBranch });

it('divides the merges whose commit the history tells of, and counts the others apart', () => {
  const facts = [
    mergedBy(1, 'aaaaaaaaaaaa'),
    mergedBy(2, 'bbbbbbbbbbbb'),
    mergedBy(3, 'cccccccccccc'),
    mergedBy(4, 'dddddddddddd'),
    mergedBy(5, null),
    mergedBy(6, 'eeeeeeeeeeee', 'next'),
  ];
  const known = [
    // The history names whole hashes, a pull request twelve digits.
    { commit: 'aaaaaaaaaaaa0123456789', strategy: 'merge-commit' },
    { commit: 'bbbbbbbbbbbb', strategy: 'squash' },
    { commit: 'cccccccccccc', strategy: 'merge-commit' },
    { commit: 'dddddddddddd', strategy: null },
    { commit: 'eeeeeeeeeeee', strategy: 'fast-forward' },
  ] as const;
  const { shares, leftOut } = mergeStrategies(facts, known, WINDOW, OPTIONS);
  expect(shares.map(({ name, merged, share, pullRequests }) => [name, merged, share, pullRequests])).toEqual([
    ['merge-commit', 2, 2 / 3, [1, 3]],
    ['squash', 1, 1 / 3, [2]],
    ['fast-forward', 0, 0, []],
  ]);
  // One not compared yet, and one without a commit; what was merged elsewhere is not among them.
  expect(leftOut).toBe(2);
});

it('gives no share where nothing is known', () => {
  const { shares, leftOut } = mergeStrategies([mergedBy(1, 'aaaaaaaaaaaa')], [], WINDOW, OPTIONS);
  expect(shares.every(({ merged, share }) => merged === 0 && share === null)).toBe(true);
  expect(leftOut).toBe(1);
});
