/** What the tab Pull requests shows: every figure beside the window before, one distribution, and where merges go. */
import type { BranchKind, EpochSeconds } from '../../facts/pull-request-facts';
import type { EveryChange } from '../../metrics/change/every-change';
import type { FigureExplanation } from '../../metrics/explained/figure-explanation';
import type { Distribution, DurationMetric, HistogramBar } from '../../metrics/figures';
import type { MergeStrategies } from '../../metrics/merge-strategies';
import type { RepositoryOverview } from '../contract';
import type { ListCut } from './list-cut';
import type { ReportedWindow } from '../view-query';

export interface PullRequestsReport extends Pick<
  RepositoryOverview,
  'asOf' | 'completeness' | 'window' | 'previousWindow' | 'figures' | 'previousFigures' | 'botsLeftOut'
> {
  /** Of every duration and amount; shares and counts are not tested. */
  readonly changes: EveryChange;
  readonly branches: BranchStrategy;
  /** Of the merges into the main branch. */
  readonly strategies: MergeStrategies;
}

/** The pull requests merged in the window to one branch, or from branches of one kind. */
export interface ReportedShare<Name> {
  readonly name: Name;
  readonly merged: number;
  /** Of all merged in the window. */
  readonly share: number | null;
}

/** METRICS 7; the share by merge strategy stands beside it. */
export interface BranchStrategy {
  /** Most merges first; `name` is `null` where Bitbucket does not say. */
  readonly byTargetBranch: readonly ReportedShare<string | null>[];
  /** The branches beyond these, together; `null` where there are none. */
  readonly otherBranches: {
    readonly branches: number;
    readonly merged: number;
    readonly share: number;
  } | null;
  /** In the order of `BRANCH_KINDS`, kinds without a merge included. */
  readonly byBranchKind: readonly ReportedShare<BranchKind>[];
  /** Of the pull requests closed in the window, from the first commit or the opening to the close. */
  readonly lifetime: Distribution;
  /** Closed in the window, but without what tells a lifetime. */
  readonly lifetimeLeftOut: number;
}

/** Which part of the branch strategy is to be explained. */
export type BranchPart =
  | { readonly kind: 'target-branch'; readonly name: string | null }
  | { readonly kind: 'branch-kind'; readonly name: BranchKind }
  | { readonly kind: 'lifetime' };

/** What stands behind a number that is no figure of the export; `days` is `null` throughout. */
export interface ListedNumber extends Pick<FigureExplanation, 'figure' | 'items' | 'leftOut' | 'days'> {
  /** Absent where the list is whole. */
  readonly cut?: ListCut;
}

/** One duration of the window on a logarithmic scale. */
export interface DistributionReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
  readonly metric: DurationMetric;
  /** In seconds. */
  readonly figure: Distribution;
  readonly bars: readonly HistogramBar[];
  /** Merged in the window, but without a value. */
  readonly leftOut: number;
  /** In seconds, ascending, where they are too few for a summary; else `null`. */
  readonly values: readonly number[] | null;
}
