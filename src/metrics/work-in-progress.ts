/** Open pull requests at an instant: their phase, on whom they wait, and which wait too long (METRICS 5). */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { percentile } from './distribution';
import { DEFAULT_FIGURE_SETTINGS } from './figure-settings';
import { PHASES, type OpenPullRequest, type Phase, type WorkInProgress } from './figures';
import { clockOf, counted, mergedIn, type FigureOptions } from './population';
import { windowEndingAt } from './windows';
import type { ElapsedTime } from './working-time';

const DAYS_OF_COMPARISON = 180;

/** Below this number of merges no percentile is drawn (METRICS 2). */
const FEWEST_MERGES = 5;

export interface WorkInProgressOptions extends FigureOptions {
  /**
   * Seconds of the calendar without activity after which a pull request is stale; the setting's default where not said.
   * Not by the options' clock: a week of office hours is four weeks and more.
   */
  readonly staleAfterSeconds?: number;
}

/**
 * The open pull requests at `now`, oldest first, beside the 85th percentile of `time_to_merge` over the 180 days before
 * (METRICS 5). Their ages count from opening, drafts' too, and like idle time and the percentile by the options' clock.
 */
export function workInProgress(
  facts: readonly PullRequestFacts[],
  now: EpochSeconds,
  options: WorkInProgressOptions,
): WorkInProgress {
  const staleAfter = options.staleAfterSeconds ?? DEFAULT_FIGURE_SETTINGS.staleAfterSeconds;
  const elapsed = clockOf(options);
  const recent = mergedIn(facts, windowEndingAt(now, DAYS_OF_COMPARISON), options)
    .map((each) => elapsed(each.openedAt, each.mergedAt))
    .sort((a, b) => a - b);
  const p85 = recent.length < FEWEST_MERGES ? null : percentile(recent, 0.85);
  const pullRequests = counted(facts, options)
    .filter((each) => each.state === 'OPEN' && each.openedAt <= now)
    .map((each) => openPullRequest(each, now, { elapsed, staleAfter, p85 }))
    .sort((a, b) => a.openedAt - b.openedAt || a.id - b.id);
  const inPhase = (phase: Phase): number => pullRequests.filter((each) => each.phase === phase).length;
  return {
    byPhase: Object.fromEntries(PHASES.map((phase) => [phase, inPhase(phase)])) as Record<Phase, number>,
    stale: pullRequests.filter((each) => each.stale).length,
    staleAfterSeconds: staleAfter,
    overP85: pullRequests.filter((each) => each.overP85).length,
    p85Seconds: p85 === null ? null : Math.round(p85),
    pullRequests,
  };
}

/** What ages and idle times are measured by, and compared with. */
interface Measures {
  readonly elapsed: ElapsedTime;
  readonly staleAfter: number;
  readonly p85: number | null;
}

function openPullRequest(
  facts: PullRequestFacts,
  now: EpochSeconds,
  { elapsed, staleAfter, p85 }: Measures,
): OpenPullRequest {
  const ageSeconds = elapsed(facts.openedAt, now);
  const lastActivityAt = facts.lastActivityAt ?? facts.openedAt;
  return {
    id: facts.id,
    phase: phaseOf(facts),
    activityRead: facts.coverage.activity,
    openedAt: facts.openedAt,
    ageSeconds,
    waitingOn: waitingOn(facts),
    reviews: facts.reviews.length,
    comments: facts.commentCount,
    idleSeconds: Math.max(0, elapsed(lastActivityAt, now)),
    lines:
      facts.linesAdded === null || facts.linesRemoved === null ? null : facts.linesAdded + facts.linesRemoved,
    stale: facts.coverage.activity && now - lastActivityAt >= staleAfter,
    overP85: p85 !== null && ageSeconds > p85,
  };
}

function phaseOf(facts: PullRequestFacts): Phase {
  if (facts.draft) return 'draft';
  if (facts.reviews.length === 0) return 'open';
  return facts.reviews.some((review) => review.kind === 'approval') ? 'approved' : 'reviewed';
}

/**
 * Whoever did not act last: the author after a review, an approval among them, that nothing of the author's followed,
 * else reviewers. A draft waits on its author.
 */
function waitingOn(facts: PullRequestFacts): 'author' | 'reviewers' {
  if (facts.draft) return 'author';
  const lastReviewAt = facts.reviews.at(-1)?.at;
  if (lastReviewAt === undefined) return 'reviewers';
  return lastReviewAt > (facts.lastAuthorActivityAt ?? facts.openedAt) ? 'author' : 'reviewers';
}
