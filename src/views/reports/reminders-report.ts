/** What waits longer than usual in a repository, and the viewer's own day. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Phase } from '../../metrics/figures';

/** An open pull request that waits longer than 85 of 100 merged ones took. */
export interface Reminder {
  readonly pullRequest: number;
  readonly phase: Phase;
  readonly openedAt: EpochSeconds;
  readonly ageSeconds: number;
  readonly waitingOn: 'author' | 'reviewers';
  /** Who that is, by id: the author, or those asked who have not reviewed what is there now; empty where nobody is. */
  readonly personIds: readonly string[];
  /** Since when it waits on them. */
  readonly since: EpochSeconds;
  readonly isViewers: boolean;
}

/** Something that happened, or waits, on a pull request of the viewer. */
export interface DigestLine {
  readonly pullRequest: number;
  readonly at: EpochSeconds;
}

/** What concerns the viewer; each list the oldest first. */
export interface ViewerDigest {
  /** Their review is asked for, and they have not looked at what is there now. */
  readonly toReview: readonly DigestLine[];
  /** Their own, back with them: a review or a change request that nothing of theirs followed. */
  readonly toAnswer: readonly DigestLine[];
  /** Their own, approved and not merged. */
  readonly toMerge: readonly DigestLine[];
  /** Their own, waiting on others. */
  readonly waiting: readonly DigestLine[];
  /** Their own that were merged or declined since the day before. */
  readonly closed: readonly (DigestLine & { readonly state: 'MERGED' | 'DECLINED' | 'SUPERSEDED' })[];
}

export interface RemindersReport {
  readonly asOf: EpochSeconds;
  /** The 85th percentile of `time_to_merge` over 180 days; `null` below five merges: then nothing is called late. */
  readonly p85Seconds: number | null;
  /** The one that waits longest first. */
  readonly late: readonly Reminder[];
  /** `null` where Forge does not say who looks. */
  readonly digest: ViewerDigest | null;
  /** The digest tells what happened since then: 24 hours, at the beginning of the week 72. */
  readonly digestSince: EpochSeconds;
  /** Whether every open pull request is read. */
  readonly isWhole: boolean;
}
