/** What a definition of a metric is, whoever made it: a rule in words and the values it gives pull requests. */
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { DeliveryInstant } from '../delivery/explained';
import type { ExplainedInstant, Window } from '../figures';
import { mergedIn, type FigureOptions, type MergedFacts } from '../population';
import type { Span } from '../pull-request-instants';

export const DEFINED_METRICS = [
  'time_to_open',
  'time_to_first_review',
  'time_to_approve',
  'review_time',
  'time_to_merge',
  'cycle_time',
  'lead_time_for_changes',
] as const;
/** Metrics that more than one tool knows, under our names. */
export type DefinedMetric = (typeof DEFINED_METRICS)[number];

/** An instant behind a value; other tools look at some that Throughline's own metrics do not. */
export type DefinedInstant =
  | ExplainedInstant
  | DeliveryInstant
  | { readonly name: 'firstCommentAt'; readonly at: EpochSeconds; readonly source: 'activity' };

/** What one pull request, or one commit of it, contributes. */
export interface DefinedValue {
  readonly id: number;
  /** Seconds. */
  readonly value: number;
  /** Ascending. */
  readonly instants: readonly DefinedInstant[];
}

export interface Definition {
  /** For the reader: what is measured, and where the tool's rule could not be followed. */
  readonly rule: string;
  /** Where the tool says so. */
  readonly source: string;
  /** The statistic that the tool shows first. */
  readonly headline: 'mean' | 'p50';
  readonly valuesIn: (
    facts: readonly PullRequestFacts[],
    window: Window,
    options: FigureOptions,
  ) => readonly DefinedValue[];
}

/** The metrics that a tool defines. */
export type Definitions = Readonly<Partial<Record<DefinedMetric, Definition>>>;

/** What a rule finds of one pull request; `null` where it has no value. */
type Found = DefinedValue | readonly DefinedValue[] | null;

/** The values of the pull requests merged in the window, each by itself. */
export function ofMerged(find: (facts: MergedFacts) => Found): Definition['valuesIn'] {
  return (facts, window, options) => mergedIn(facts, window, options).flatMap((each) => find(each) ?? []);
}

/** As `ofMerged`, of those merged into the default branch: the deployments, where a merge counts as one. */
export function ofMergedToDefault(find: (facts: MergedFacts) => Found): Definition['valuesIn'] {
  return (facts, window, options) =>
    mergedIn(facts, window, options)
      .filter((each) => each.targetBranch === options.defaultBranch)
      .flatMap((each) => find(each) ?? []);
}

/** The time from one instant to another, on the calendar; `null` where either is not known. */
export function between(
  { id }: PullRequestFacts,
  from: DefinedInstant | null,
  to: DefinedInstant | null,
): DefinedValue | null {
  return from && to && { id, value: to.at - from.at, instants: [from, to] };
}

/** The time of one of Throughline's own spans. */
export function ofSpan(facts: PullRequestFacts, span: Span | null): DefinedValue | null {
  return span && between(facts, span.from, span.to);
}

/** The first comment by another, on a line or on the whole; `null` also where the activity, which tells, was not read. */
export function firstComment({ reviews }: PullRequestFacts): DefinedInstant | null {
  const comment = reviews.find(({ kind }) => kind === 'comment');
  return comment === undefined ? null : { name: 'firstCommentAt', at: comment.at, source: 'activity' };
}
