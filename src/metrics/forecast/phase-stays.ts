/** The phases that pull requests went through, as far as was known at an instant: the history that forecasts look at. */
import type { EpochSeconds, PullRequestFacts } from '../../facts/pull-request-facts';
import type { Phase } from '../figures';
import { counted, type FigureOptions } from '../population';

/** Phases that have instants; when a draft ceased to be one is not recorded. */
export type TimedPhase = Exclude<Phase, 'draft'>;

/** One phase of one pull request. */
export interface PhaseStay {
  readonly id: number;
  readonly phase: TimedPhase;
  readonly from: EpochSeconds;
  /** When the next phase began or the pull request was closed; `null` where it still was in this phase. */
  readonly to: EpochSeconds | null;
  /** When the pull request was merged, in whatever phase; `null` where it was not. */
  readonly mergedAt: EpochSeconds | null;
}

/** The instants that the phases of one pull request lie between, whenever they came; `null` where none has. */
export interface PhaseInstants {
  readonly id: number;
  readonly openedAt: EpochSeconds;
  /** `null` also where the first review approved: it leads from open to approved at once. */
  readonly reviewedAt: EpochSeconds | null;
  readonly approvedAt: EpochSeconds | null;
  readonly closedAt: EpochSeconds | null;
  readonly mergedAt: EpochSeconds | null;
}

/**
 * The instants of people's pull requests, by id: a back-test looks at them at many moments, and so finds them once.
 *
 * Left out, because their phases are not known: pull requests whose activity was not read, those closed nobody knows
 * when, and those that are drafts or were closed as drafts, which nobody could merge.
 */
export function phaseInstants(
  facts: readonly PullRequestFacts[],
  options: FigureOptions,
): readonly PhaseInstants[] {
  return counted(facts, options)
    .filter(hasKnownPhases)
    .map(instantsOf)
    .sort((a, b) => a.id - b.id);
}

/** Those that had been opened by `at`, in the order given. */
export function knownAt(instants: readonly PhaseInstants[], at: EpochSeconds): readonly PhaseInstants[] {
  return instants.filter(({ openedAt }) => openedAt <= at);
}

/**
 * Every phase that pull requests had entered by `at`, as it was known then: facts keep their instants, so what came
 * later (openings, reviews, merges, declines) is left out, and a pull request closed since counts as open. Three things
 * cannot be rebuilt, since no instant is kept of them, and are as they are today: an approval withdrawn since was never
 * seen, a comment deleted since was never made, a person's account that became a bot's always was one.
 */
export function phaseStays(instants: readonly PhaseInstants[], at: EpochSeconds): readonly PhaseStay[] {
  const stays: PhaseStay[] = [];
  for (const each of knownAt(instants, at)) addStays(stays, each, at);
  return stays;
}

/** What the stays of an instant tell in numbers. */
export interface Census {
  /** Those that were in some phase, by id. */
  readonly openIds: readonly number[];
  /** How many had been merged. */
  readonly merged: number;
}

/** Counted without building the stays; `instants` are by id. */
export function censusAt(instants: readonly PhaseInstants[], at: EpochSeconds): Census {
  const openIds: number[] = [];
  let merged = 0;
  for (const { id, openedAt, closedAt, mergedAt } of instants) {
    if (openedAt > at) continue;
    if (closedAt === null || closedAt > at) openIds.push(id);
    if (mergedAt !== null && mergedAt <= at) merged += 1;
  }
  return { openIds, merged };
}

function hasKnownPhases({ coverage, draft, state, closedAt }: PullRequestFacts): boolean {
  return coverage.activity && !draft && (state === 'OPEN' || closedAt !== null);
}

function instantsOf({ id, openedAt, reviews, closedAt, mergedAt }: PullRequestFacts): PhaseInstants {
  const firstReviewAt = reviews[0]?.at ?? null;
  const approvedAt = reviews.find(({ kind }) => kind === 'approval')?.at ?? null;
  const reviewedAt = firstReviewAt === approvedAt ? null : firstReviewAt;
  return { id, openedAt, reviewedAt, approvedAt, closedAt, mergedAt };
}

/** Adds the stays to the others, without lists in between: a calibration has a million of them. */
function addStays(stays: PhaseStay[], instants: PhaseInstants, at: EpochSeconds): void {
  const known = (instant: EpochSeconds | null): EpochSeconds | null =>
    instant === null || instant > at ? null : instant;
  const { id, openedAt } = instants;
  const reviewedAt = known(instants.reviewedAt);
  const approvedAt = known(instants.approvedAt);
  const closedAt = known(instants.closedAt);
  const mergedAt = known(instants.mergedAt);
  stays.push({ id, phase: 'open', from: openedAt, to: reviewedAt ?? approvedAt ?? closedAt, mergedAt });
  if (reviewedAt !== null) {
    stays.push({ id, phase: 'reviewed', from: reviewedAt, to: approvedAt ?? closedAt, mergedAt });
  }
  if (approvedAt !== null) stays.push({ id, phase: 'approved', from: approvedAt, to: closedAt, mergedAt });
}
