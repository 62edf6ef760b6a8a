/** Every metric's name, what it means, and whether less or more of it is good. */
import type { MetricId, Phase, Stage } from '../src/metrics/figures';
import type { Wish } from './view-model/change';

export interface MetricText {
  readonly name: string;
  readonly meaning: string;
  readonly wish: Wish;
}

export const METRIC_TEXTS: Readonly<Record<MetricId, MetricText>> = {
  time_to_open: {
    name: 'Coding time',
    meaning: 'From the first commit to the opening of the pull request (commit date).',
    wish: 'less',
  },
  time_to_first_review: {
    name: 'Time to first review',
    meaning: 'From the opening to the first comment or verdict by somebody else.',
    wish: 'less',
  },
  time_to_first_inline_or_verdict: {
    name: 'Time to first inline comment or verdict',
    meaning: 'As Pulse counts it: conversation comments do not count.',
    wish: 'less',
  },
  time_to_approve: {
    name: 'Time to approve',
    meaning: 'From the opening to the first approval before the merge.',
    wish: 'less',
  },
  review_time: { name: 'Review time', meaning: 'From the first review to the merge.', wish: 'less' },
  approval_spread: { name: 'Approval spread', meaning: 'From the first approval to the last.', wish: 'less' },
  merge_wait: { name: 'Merge wait', meaning: 'From the last approval to the merge.', wish: 'less' },
  time_to_merge: { name: 'Time to merge', meaning: 'From the opening to the merge.', wish: 'less' },
  cycle_time: {
    name: 'Cycle time',
    meaning: 'From the first commit, or the opening if that came first, to the merge.',
    wish: 'less',
  },
  size_lines: { name: 'Size in lines', meaning: 'Lines added and removed.', wish: 'less' },
  size_files: { name: 'Size in files', meaning: 'Files changed.', wish: 'less' },
  review_comments: {
    name: 'Review comments',
    meaning: 'Comments by others than the author, up to the merge.',
    wish: 'none',
  },
  revisions: { name: 'Revisions', meaning: 'Updates of the source after the first review.', wish: 'none' },
  reviewers: { name: 'Reviewers', meaning: 'People who reviewed it.', wish: 'none' },
  rework_cycles: {
    name: 'Rework cycles',
    meaning: 'Batches of updates between reviews, before the first approval.',
    wish: 'less',
  },
  merge_rate: { name: 'Merge rate', meaning: 'Merged, of all that were closed in the window.', wish: 'none' },
  unreviewed_merge_rate: {
    name: 'Merged without a review',
    meaning: 'Nobody but the author looked before the merge.',
    wish: 'less',
  },
  unapproved_merge_rate: {
    name: 'Merged without an approval',
    meaning: 'Nobody but the author approved before the merge.',
    wish: 'less',
  },
  self_merge_rate: {
    name: 'Merged by the author',
    meaning: 'The author pressed the merge button.',
    wish: 'none',
  },
  changes_requested_rate: {
    name: 'Changes requested',
    meaning: 'A reviewer asked for changes at least once.',
    wish: 'none',
  },
  rework_after_review_rate: {
    name: 'Reworked after review',
    meaning: 'The source changed after the first review.',
    wish: 'none',
  },
  stale_approval_rate: {
    name: 'Stale approval',
    meaning: 'The source changed between the last approval and the merge.',
    wish: 'less',
  },
  opened: { name: 'Opened', meaning: 'Pull requests opened in the window.', wish: 'none' },
  merged: { name: 'Merged', meaning: 'Pull requests merged in the window.', wish: 'none' },
  declined: { name: 'Declined', meaning: 'Pull requests declined in the window.', wish: 'none' },
};

export const STAGE_TEXTS: Readonly<Record<Stage, MetricText>> = {
  coding: { name: 'Coding', meaning: 'first commit to opening', wish: 'less' },
  pickup: { name: 'Pickup', meaning: 'opening to first review', wish: 'less' },
  review: {
    name: 'Review',
    meaning: 'first review to last approval, or to the merge without one',
    wish: 'less',
  },
  merge_wait: { name: 'Waiting to merge', meaning: 'last approval to merge', wish: 'less' },
  unreviewed: { name: 'Unreviewed', meaning: 'opening to merge where nobody else reviewed', wish: 'less' },
};

export const PHASE_TEXTS: Readonly<Record<Phase, string>> = {
  draft: 'Draft',
  open: 'Waiting for a first review',
  reviewed: 'Reviewed, not approved',
  approved: 'Approved, not merged',
};

export const INSTANT_TEXTS = {
  firstCommitAt: 'First commit',
  openedAt: 'Opened',
  firstReviewAt: 'First review',
  firstInlineOrVerdictAt: 'First inline comment or verdict',
  firstApprovedAt: 'First approval',
  lastApprovedAt: 'Last approval',
  mergedAt: 'Merged',
  closedAt: 'Closed',
} as const;

/** The groups of the full table, in the order of a pull request's life. */
export const METRIC_GROUPS: readonly (readonly [string, readonly MetricId[]])[] = [
  ['Flow', ['opened', 'merged', 'declined', 'merge_rate']],
  [
    'Time',
    [
      'cycle_time',
      'time_to_merge',
      'time_to_open',
      'time_to_first_review',
      'time_to_first_inline_or_verdict',
      'time_to_approve',
      'review_time',
      'approval_spread',
      'merge_wait',
    ],
  ],
  [
    'Review',
    [
      'unreviewed_merge_rate',
      'unapproved_merge_rate',
      'self_merge_rate',
      'stale_approval_rate',
      'changes_requested_rate',
      'rework_after_review_rate',
      'rework_cycles',
      'revisions',
      'reviewers',
      'review_comments',
    ],
  ],
  ['Size', ['size_lines', 'size_files']],
];
