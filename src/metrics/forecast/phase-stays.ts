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

/**
 * Every phase that people's pull requests had entered by `at`, as it was known then: facts keep their instants, so what
 * came later (openings, reviews, merges, declines) is left out, and a pull request closed since counts as open. Three
 * things cannot be rebuilt, since no instant is kept of them, and are as they are today: an approval withdrawn since was
 * never seen, a comment deleted since was never made, a person's account that became a bot's always was one.
 *
 * Left out, because their phases are not known: pull requests whose activity was not read, those closed nobody knows
 * when, and those that are drafts or were closed as drafts, which nobody could merge.
 */
export function phaseStays(
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: FigureOptions,
): readonly PhaseStay[] {
  return knownAt(facts, at, options).flatMap((each) => staysOf(each, at));
}

/** The pull requests that `phaseStays` tells of, in the order given. */
export function knownAt(
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: FigureOptions,
): readonly PullRequestFacts[] {
  return counted(facts, options).filter((each) => each.openedAt <= at && hasKnownPhases(each));
}

/** What the stays of an instant tell in numbers. */
export interface Census {
  /** Those that were in some phase, by id. */
  readonly openIds: readonly number[];
  /** How many had been merged. */
  readonly merged: number;
}

/** Counted without building the stays. */
export function censusAt(
  facts: readonly PullRequestFacts[],
  at: EpochSeconds,
  options: FigureOptions,
): Census {
  const known = knownAt(facts, at, options);
  return {
    openIds: known
      .filter(({ closedAt }) => closedAt === null || closedAt > at)
      .map(({ id }) => id)
      .sort((a, b) => a - b),
    merged: known.filter(({ mergedAt }) => mergedAt !== null && mergedAt <= at).length,
  };
}

function hasKnownPhases({ coverage, draft, state, closedAt }: PullRequestFacts): boolean {
  return coverage.activity && !draft && (state === 'OPEN' || closedAt !== null);
}

function staysOf(facts: PullRequestFacts, at: EpochSeconds): readonly PhaseStay[] {
  const known = (instant: EpochSeconds | null | undefined): EpochSeconds | null =>
    instant === undefined || instant === null || instant > at ? null : instant;
  const reviewedAt = known(facts.reviews[0]?.at);
  const approvedAt = known(facts.reviews.find(({ kind }) => kind === 'approval')?.at);
  const mergedAt = known(facts.mergedAt);
  const turns: readonly (readonly [TimedPhase, EpochSeconds | null])[] = [
    ['open', facts.openedAt],
    // A first review that approves leads from open to approved at once.
    ['reviewed', reviewedAt === approvedAt ? null : reviewedAt],
    ['approved', approvedAt],
  ];
  const entered = turns.flatMap(([phase, from]) => (from === null ? [] : [{ phase, from }]));
  return entered.map(({ phase, from }, place) => ({
    id: facts.id,
    phase,
    from,
    to: entered[place + 1]?.from ?? known(facts.closedAt),
    mergedAt,
  }));
}
