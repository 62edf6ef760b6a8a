/** What of the metrics is no text: whether less or more of each is good, and how the full table groups them. */
import type { MetricId } from '../src/metrics/figures';
import type { Wish } from './view-model/change';

export const METRIC_WISHES: Readonly<Record<MetricId, Wish>> = {
  time_to_open: 'less',
  time_to_first_review: 'less',
  time_to_first_inline_or_verdict: 'less',
  time_to_approve: 'less',
  review_time: 'less',
  approval_spread: 'less',
  merge_wait: 'less',
  time_to_merge: 'less',
  cycle_time: 'less',
  size_lines: 'less',
  size_files: 'less',
  review_comments: 'none',
  revisions: 'none',
  reviewers: 'none',
  rework_cycles: 'less',
  merge_rate: 'none',
  unreviewed_merge_rate: 'less',
  unapproved_merge_rate: 'less',
  self_merge_rate: 'none',
  changes_requested_rate: 'none',
  rework_after_review_rate: 'none',
  stale_approval_rate: 'less',
  opened: 'none',
  merged: 'none',
  declined: 'none',
};

/** The groups of the full table, in the order of a pull request's life. */
export const METRIC_GROUPS = [
  ['flow', ['opened', 'merged', 'declined', 'merge_rate']],
  [
    'time',
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
    'review',
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
  ['size', ['size_lines', 'size_files']],
] as const satisfies readonly (readonly [string, readonly MetricId[]])[];
