/** Divides the cycle time of merged pull requests into its stages (METRICS 3). */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import {
  STAGES,
  type ExplainedDurations,
  type ExplainedPullRequest,
  type Stage,
  type StageFigures,
  type Window,
} from './figures';
import { clockOf, mergedIn, type FigureOptions, type MergedFacts } from './population';
import {
  begun,
  firstCommit,
  firstReview,
  lastApproval,
  lengthOf,
  merged,
  opened,
  type Span,
} from './pull-request-instants';
import type { ElapsedTime } from './working-time';

/**
 * The stages one pull request went through, each beginning where the one before ends. Without a review: coding and
 * unreviewed; without an approval review runs to the merge; coding is of length 0 where the first commit came after the
 * opening. `null` until activity and commits are read.
 */
export function stageSpans(facts: MergedFacts): Readonly<Partial<Record<Stage, Span>>> | null {
  if (!facts.coverage.activity || !facts.coverage.commits) return null;
  const coding = firstCommit(facts) === null ? {} : { coding: { from: begun(facts), to: opened(facts) } };
  const reviewed = firstReview(facts);
  if (reviewed === null) return { ...coding, unreviewed: { from: opened(facts), to: merged(facts) } };
  const pickup = { from: opened(facts), to: reviewed };
  const approved = lastApproval(facts);
  if (approved === null) return { ...coding, pickup, review: { from: reviewed, to: merged(facts) } };
  return {
    ...coding,
    pickup,
    review: { from: reviewed, to: approved },
    merge_wait: { from: approved, to: merged(facts) },
  };
}

/** Their lengths in seconds by a clock: they sum to the cycle time by the same clock exactly. */
export function stagesOf(
  facts: MergedFacts,
  elapsed: ElapsedTime,
): Readonly<Partial<Record<Stage, number>>> | null {
  const spans = stageSpans(facts);
  if (spans === null) return null;
  const lengths: Partial<Record<Stage, number>> = {};
  for (const stage of STAGES) {
    const span = spans[stage];
    if (span !== undefined) lengths[stage] = lengthOf(span, elapsed);
  }
  return lengths;
}

/**
 * Each stage, in the order of `STAGES`, over the pull requests merged in the window that went through it; those whose
 * activity or commits were not read are left out of all of them.
 */
export function stageFigures(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly StageFigures[] {
  const elapsed = clockOf(options);
  const divided = mergedIn(facts, window, options).flatMap((each) => stagesOf(each, elapsed) ?? []);
  const perStage = STAGES.map((stage) => {
    const durations = divided.flatMap((stages) => stages[stage] ?? []);
    const total = durations.reduce((sum, seconds) => sum + seconds, 0);
    return { stage, duration: distributionOf(durations, 's'), total };
  });
  const all = perStage.reduce((sum, { total }) => sum + total, 0);
  return perStage.map((each) => ({ ...each, share: all === 0 ? null : each.total / all }));
}

/** What stands behind one stage: its duration, and with all stages' values their totals and shares. */
export function explainStage(
  stage: Stage,
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): ExplainedDurations {
  const elapsed = clockOf(options);
  const population = mergedIn(facts, window, options);
  const pullRequests = population
    .flatMap((each): readonly ExplainedPullRequest[] => {
      const span = stageSpans(each)?.[stage];
      if (span === undefined) return [];
      return [{ id: each.id, value: lengthOf(span, elapsed), instants: [span.from, span.to] }];
    })
    .sort((a, b) => b.value - a.value || b.id - a.id);
  return {
    figure: distributionOf(
      pullRequests.map(({ value }) => value),
      's',
    ),
    pullRequests,
    leftOut: population.length - pullRequests.length,
  };
}
