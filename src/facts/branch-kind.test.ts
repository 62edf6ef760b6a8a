import { branchKindOf } from './branch-kind';

it.each([
  ['feature/payments', 'feature'],
  ['FEAT-12-thing', 'feature'],
  ['fix/leak', 'bugfix'],
  ['bugfix-leak', 'bugfix'],
  ['hotfix/1.2.1', 'hotfix'],
  ['release/2.0', 'release'],
  ['revert-pr-12', 'revert'],
  ['dependabot/npm/x', 'chore'],
  ['featured', 'other'],
  ['constructor/x', 'other'],
  ['', 'other'],
  [null, 'other'],
])('%s is of the kind %s', (name, kind) => {
  expect(branchKindOf(name)).toBe(kind);
});
