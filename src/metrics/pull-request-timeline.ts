/** The way of one pull request so far: the stages it went through, and the instants between them, closed or not. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { closingOf } from './closing';
import { STAGES, type ExplainedInstant, type Stage } from './figures';
import type { MergedFacts } from './population';
import {
  closed,
  firstApproval,
  firstCommit,
  firstReview,
  lastApproval,
  opened,
} from './pull-request-instants';
import { stageSpans } from './stages';
import { calendarTime, type ElapsedTime } from './working-time';

export interface TimelineStage {
  /**
   * As in the stages of a merge, but that nobody reviewed an open one is its pickup so far; `undivided`: from the opening
   * on, while the activity that divides it is not read.
   */
  readonly stage: Stage | 'undivided';
  readonly from: EpochSeconds;
  /** Of a stage that is running the present. */
  readonly to: EpochSeconds;
  readonly seconds: number;
  readonly isRunning: boolean;
}

export interface Timeline {
  /** Each begins where the one before ends; without those that are not known. */
  readonly stages: readonly TimelineStage[];
  /** Those that are known, in the order of a pull request's life. */
  readonly instants: readonly ExplainedInstant[];
}

/**
 * The stages up to the closing, or up to `now` while it is open; together they take as long as the cycle time of a merge
 * does. Nothing after the opening is known of one whose closing nothing dates, and no coding until commits are read.
 */
export function pullRequestTimeline(
  facts: PullRequestFacts,
  now: EpochSeconds,
  elapsed: ElapsedTime = calendarTime,
): Timeline {
  const instants = [
    firstCommit(facts),
    opened(facts),
    firstReview(facts),
    firstApproval(facts),
    lastApproval(facts),
    closed(facts),
  ];
  return {
    stages: stagesUpTo(endOf(facts, now), facts, elapsed),
    instants: instants.filter((each) => each !== null),
  };
}

/** Until when its durations run: its closing, or the present; `null` where nothing dates the closing. */
export function endOf(facts: PullRequestFacts, now: EpochSeconds): EpochSeconds | null {
  return facts.state === 'OPEN' ? now : closingOf(facts);
}

/** The pull request as if it were merged at an instant: what its durations would be then. */
export function asMergedAt(facts: PullRequestFacts, mergedAt: EpochSeconds): MergedFacts {
  return { ...facts, mergedAt };
}

function stagesUpTo(
  end: EpochSeconds | null,
  facts: PullRequestFacts,
  elapsed: ElapsedTime,
): readonly TimelineStage[] {
  const { coverage, state } = facts;
  const spans = stageSpans({
    ...asMergedAt(facts, end ?? facts.openedAt),
    // Each answer tells a part of them: what the other would add is left out here, not all of them.
    coverage: { ...coverage, activity: true, commits: true },
    reviews: coverage.activity ? facts.reviews : [],
  });
  const stages = STAGES.flatMap((stage): readonly TimelineStage[] => {
    const span = spans?.[stage];
    if (span === undefined || (end === null && stage !== 'coding')) return [];
    const seconds = Math.max(0, elapsed(span.from.at, span.to.at));
    return [{ stage: nameOf(stage, facts), from: span.from.at, to: span.to.at, seconds, isRunning: false }];
  });
  return stages.map((each, place) =>
    state === 'OPEN' && place === stages.length - 1 ? { ...each, isRunning: true } : each,
  );
}

function nameOf(stage: Stage, { coverage, state }: PullRequestFacts): TimelineStage['stage'] {
  if (stage !== 'unreviewed') return stage;
  if (!coverage.activity) return 'undivided';
  return state === 'OPEN' ? 'pickup' : 'unreviewed';
}
