/** Classes a source branch by its prefix, so that its name need not be stored. */
import type { BranchKind } from './pull-request-facts';

const KIND_OF_PREFIX: Readonly<Record<string, BranchKind>> = {
  feature: 'feature',
  feat: 'feature',
  bugfix: 'bugfix',
  bug: 'bugfix',
  fix: 'bugfix',
  hotfix: 'hotfix',
  release: 'release',
  rel: 'release',
  // Bitbucket names the branches of its own Revert button `revert-pr-<n>`.
  revert: 'revert',
  chore: 'chore',
  ci: 'chore',
  docs: 'chore',
  refactor: 'chore',
  test: 'chore',
  build: 'chore',
  deps: 'chore',
  dependabot: 'chore',
  renovate: 'chore',
};

/** The class that the text before the first `/` or `-` names; `other` where it names none. */
export function branchKindOf(sourceBranch: string | null): BranchKind {
  const prefix = sourceBranch?.split(/[/-]/, 1)[0]?.toLowerCase() ?? '';
  return Object.hasOwn(KIND_OF_PREFIX, prefix) ? (KIND_OF_PREFIX[prefix] ?? 'other') : 'other';
}
