import { aPullRequest } from '../../src/facts/testing';
import {
  branchKindRows,
  lifetimeSentence,
  partTitle,
  strategyRows,
  strategySentence,
  targetBranchRows,
} from './branches';
import { aPullRequestsReport, mergedAfter } from './pull-requests-testing';
import { DAY, english, german, TO } from './testing';

const { branches: STRATEGY } = aPullRequestsReport([
  ...mergedAfter([2, 3, 4], 20, { targetBranch: 'main', branchKind: 'feature' }),
  ...mergedAfter([30], 10, { targetBranch: 'release/1', branchKind: 'hotfix' }),
]);

it('gives each target branch its share, the busiest first', () => {
  expect(targetBranchRows(STRATEGY, english)).toEqual([
    {
      name: 'main',
      text: '3 · 75 %',
      level: 1,
      part: { kind: 'target-branch', name: 'main' },
      cells: ['main', '3', '75 %'],
    },
    {
      name: 'release/1',
      text: '1 · 25 %',
      level: 1 / 3,
      part: { kind: 'target-branch', name: 'release/1' },
      cells: ['release/1', '1', '25 %'],
    },
  ]);
});

it('shows many target branches as twelve and the rest together, which opens nothing', () => {
  const many = Array.from({ length: 14 }, (_, place) =>
    aPullRequest({ id: place, targetBranch: `b${place}`, openedAt: TO - 2 * DAY, mergedAt: TO - DAY }),
  );
  const rows = targetBranchRows(aPullRequestsReport(many).branches, english);
  expect(rows).toHaveLength(13);
  expect(rows.at(-1)).toMatchObject({ name: '2 other branches', text: '2 · 14 %', part: null });
});

it('leaves out kinds of branch that nothing was merged from', () => {
  expect(branchKindRows(STRATEGY, german).map(({ name, text }) => [name, text])).toEqual([
    ['Feature', '3 · 75 %'],
    ['Hotfix', '1 · 25 %'],
  ]);
});

it('says how long branches live, from five on', () => {
  expect(lifetimeSentence(STRATEGY, english)).toBe(
    '4 branches whose lifetime is known in this window; it takes 5 for a median.',
  );
  const report = aPullRequestsReport([
    ...mergedAfter([2, 3, 4, 5, 6], 20),
    ...mergedAfter([1], 5, { coverage: { activity: false, commits: true, diffstat: false } }),
  ]);
  expect(lifetimeSentence(report.branches, english)).toBe(
    'Of 5 branches half lived 4 h or less, all but one in twenty 5 h 48 min or less: from the first commit, or the ' +
      'opening if that came first, to the merge or decline. 1 more of the window has no value and is left out.',
  );
});

it('names the list behind each part', () => {
  expect(partTitle({ kind: 'target-branch', name: null }, english)).toBe('Merged to unknown');
  expect(partTitle({ kind: 'branch-kind', name: 'bugfix' }, german)).toBe(
    'Gemergt aus Branches der Art: Bugfix',
  );
  expect(partTitle({ kind: 'lifetime' }, english)).toBe('Lifetime of source branches');
});

it('tells how merges came in, and of how many that is not known', () => {
  const shares = [
    { name: 'merge-commit', merged: 3, share: 0.75, pullRequests: [1, 2, 4] },
    { name: 'squash', merged: 1, share: 0.25, pullRequests: [3] },
    { name: 'fast-forward', merged: 0, share: 0, pullRequests: [] },
  ] as const;
  expect(strategyRows({ shares, leftOut: 0 }, english)).toEqual([
    { name: 'Merge commit', text: '3 · 75 %', pullRequests: [1, 2, 4] },
    { name: 'Squash (or rebase)', text: '1 · 25 %', pullRequests: [3] },
  ]);
  expect(strategySentence({ shares, leftOut: 0 }, english)).toBe(
    'Told by the commits of the main branch, of 4 merges.',
  );
  expect(strategySentence({ shares, leftOut: 2 }, english)).toContain('2 more are not compared');
});
