/** What was measured on real pull requests, after which the demo is shaped. */
import type { Spread } from './random';

/** Hours from opening to merge of 6,162 merged pull requests in 43 Bitbucket repositories recorded in 2020. */
export const HOURS_TO_MERGE: Spread = { median: 47, p95: 1028 };

/** Hours to the first review by somebody else, in the same recordings. */
export const HOURS_TO_FIRST_REVIEW: Spread = { median: 6.7, p95: 364 };

/** Share of pull requests that were declined, in the same recordings (830 of 6,996). */
export const DECLINED = 0.12;

/** Share of merges that nobody but the author had reviewed, in the same recordings (359 of 6,162). */
export const UNREVIEWED = 0.06;

/** Share of merges that their author had approved, in the same recordings (329 of 6,996 pull requests). */
export const SELF_APPROVED = 0.047;

/** Shares of merges with comments, and with approvals, given after the merge, in the same recordings (521, 169). */
export const COMMENTED_AFTER_MERGE = 0.085;
export const APPROVED_AFTER_MERGE = 0.027;

/** Share of merged pull requests without a merge commit in the answer, in the same recordings (27 of 6,162). */
export const WITHOUT_MERGE_COMMIT = 0.0045;

/** Share of pull requests whose fork was deleted, in the same recordings (62 of 6,996). */
export const FORK_GONE = 0.009;

/** Own commits at the merge: quartiles 2, 3 and 6 over 3,296 merges of the 30 repositories at hand; a part of them is pushed later. */
export const FIRST_COMMITS: Spread = { median: 1.9, p95: 10 };

/** Hours from the first commit to the opening where there are several: quartiles 0.02, 0.07, 1.25 and p95 622 over the same merges. */
export const HOURS_OF_CODING: Spread = { median: 1.5, p95: 300 };

/** Share of the same merges to which nothing was pushed after opening; where something was, the median is 2 and the p95 14. */
export const NEVER_PUSHED_AGAIN = 0.46;
export const PUSHES: Spread = { median: 1.8, p95: 14 };

/** Share of the same merges without a comment; where there are some, the median is 4 and the p95 28. */
export const UNCOMMENTED = 0.36;
export const COMMENTS: Spread = { median: 4, p95: 28 };

/** Hours from the last approval to the merge of the same merges. */
export const HOURS_OF_MERGE_WAIT: Spread = { median: 0.44, p95: 149 };

/** Shares of the same approved merges whose source changed after the last approval, and of all that their author merged. */
export const STALE_APPROVAL = 0.11;
export const MERGED_BY_AUTHOR = 0.65;

/** Shares among 20,016 recorded comments of the same 30 repositories: on a line of the diff, replies, deleted ones. */
export const INLINE = 0.52;
export const REPLY = 0.5;
export const DELETED = 0.008;
