/** Divides the cycle time of merged pull requests into its stages (METRICS 3). */
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from './distribution';
import { STAGES, type Stage, type StageFigures, type Window } from './figures';
import { mergedIn, type FigureOptions, type MergedFacts } from './population';

/**
 * The stages one pull request went through, in seconds; they sum to its cycle time exactly. Without a review: coding
 * and unreviewed; without an approval review runs to the merge. `null` until activity and commits are read.
 */
export function stagesOf(facts: MergedFacts): Readonly<Partial<Record<Stage, number>>> | null {
  if (!facts.coverage.activity || !facts.coverage.commits) return null;
  const { openedAt, mergedAt, reviews } = facts;
  const firstCommitAt = facts.commitAuthoredAt[0];
  const coding = firstCommitAt === undefined ? {} : { coding: Math.max(0, openedAt - firstCommitAt) };
  const firstReviewAt = reviews[0]?.at;
  if (firstReviewAt === undefined) return { ...coding, unreviewed: mergedAt - openedAt };
  const pickup = firstReviewAt - openedAt;
  const approvedAt = reviews.findLast((review) => review.kind === 'approval')?.at;
  if (approvedAt === undefined) return { ...coding, pickup, review: mergedAt - firstReviewAt };
  return { ...coding, pickup, review: approvedAt - firstReviewAt, merge_wait: mergedAt - approvedAt };
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
  const divided = mergedIn(facts, window, options).flatMap((each) => stagesOf(each) ?? []);
  const perStage = STAGES.map((stage) => {
    const durations = divided.flatMap((stages) => stages[stage] ?? []);
    const total = durations.reduce((sum, seconds) => sum + seconds, 0);
    return { stage, duration: distributionOf(durations, 's'), total };
  });
  const all = perStage.reduce((sum, { total }) => sum + total, 0);
  return perStage.map((each) => ({ ...each, share: all === 0 ? null : each.total / all }));
}
