/** What a reader may narrow the figures to, as it occurs in the window. */
import type { BranchKind } from '../../facts/pull-request-facts';

/** A person by account id, with a pull request on which the viewer finds the name: names are not stored. */
export interface PersonChoice {
  readonly personId: string;
  readonly pullRequest: number;
}

export interface TeamChoice {
  readonly teamId: string;
  /** As the workspace's admin wrote it. */
  readonly name: string;
  /** Whether enough people belonged to it in the window for its figures to be shown. */
  readonly isShown: boolean;
}

export interface FilterChoices {
  /** Target branches of the window's pull requests, the busiest first. */
  readonly targetBranches: readonly string[];
  readonly branchKinds: readonly BranchKind[];
  readonly authors: readonly PersonChoice[];
  readonly reviewers: readonly PersonChoice[];
  readonly teams: readonly TeamChoice[];
  readonly hasDrafts: boolean;
  readonly hasBots: boolean;
}
