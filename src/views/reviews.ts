/** What the tab Reviews shows: how review is shared, who reviews how much and whom, and what waits for whom. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { distributionOf } from '../metrics/distribution';
import type { Distribution } from '../metrics/figures';
import { clockOf, mergedIn } from '../metrics/population';
import { activityEvidence, repositoryActivity } from '../metrics/repository-activity';
import { reviewConcentration } from '../metrics/review-concentration';
import {
  reviewEvidence,
  reviewLoadOf,
  type ReviewedPullRequest,
  type ReviewerEvidence,
  type ReviewEvidence,
} from '../metrics/review-load';
import { reviewNetwork } from '../metrics/review-network';
import type { RepositoryId } from '../storage/keys';
import { importProgress } from '../sync/import/import-progress';
import { peopleOf, reviewersIn } from './people';
import type {
  PersonalReviews,
  PersonsLoad,
  ResponseTimes,
  ReviewerExplanation,
  ReviewHealth,
  ReviewsReport,
  WaitingLine,
} from './reports/reviews-report';
import { RequestRefused } from './request-refused';
import { reviewMatrix } from './review-matrix';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';

/** More open reviews than these the screen counts, but does not list. */
const MOST_WAITING_LISTED = 200;

/** Below this number there is no summary: the values themselves are told (METRICS 2). */
const FEWEST_VALUES = 5;

/** What the report is made from, beside the present. */
export interface ReviewsSource extends Pick<Selection, 'window' | 'previousWindow' | 'facts' | 'options'> {
  /** Whatever happened since then is read; `null` while nothing is. */
  readonly readSince: EpochSeconds | null;
  /** Whether the workspace's admin lets figures of single people be shown. */
  readonly showReviewers: boolean;
}

/** `null` where nothing is stored of the repository. */
export async function reviewsOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<ReviewsReport | null> {
  const source = await readSource(repository, query, now);
  return source === null ? null : reviewsReport(source, now);
}

/**
 * What stands behind one person's row; `null` where nothing is stored of the repository. Throws RequestRefused where
 * figures of single people are switched off, and for whoever has no row in this repository and window.
 */
export async function explainReviewer(
  repository: RepositoryId,
  query: ViewQuery,
  personId: string,
  now: EpochSeconds,
): Promise<ReviewerExplanation | null> {
  const source = await readSource(repository, query, now);
  if (source === null) return null;
  if (!source.showReviewers) {
    throw new RequestRefused(
      'not-allowed',
      'An administrator of this workspace has switched figures of single people off.',
    );
  }
  const { facts, window, options } = source;
  const { reviewers } = reviewEvidence(facts, window, now, options);
  const person = reviewers.find(({ reviewerId }) => reviewerId === personId);
  if (person === undefined) {
    throw new RequestRefused(
      'bad-request',
      'This person reviewed nothing in this window, and no review waits for them. Choose another.',
    );
  }
  const { reviewed, waiting } = person;
  return { asOf: now, window, load: loadOf(person), reviewed, waiting };
}

/** Pure: the same facts give the same report. */
export function reviewsReport(source: ReviewsSource, now: EpochSeconds): ReviewsReport {
  const { facts, window, previousWindow, options, readSince, showReviewers } = source;
  const evidence = reviewEvidence(facts, window, now, options);
  const { activeAuthors, activeReviewers } = repositoryActivity(
    activityEvidence(facts, null, window, options),
  );
  const isComparable = readSince !== null && readSince <= previousWindow.from;
  return {
    asOf: now,
    window,
    readSince,
    merged: mergedIn(facts, window, options).length - evidence.leftOut.merged,
    health: healthOf(evidence),
    previousHealth: isComparable ? healthOf(reviewEvidence(facts, previousWindow, now, options)) : null,
    activeAuthors,
    activeReviewers,
    unattributed: evidence.unattributed,
    leftOut: evidence.leftOut,
    personal: showReviewers ? personalReviews(evidence, source, now) : null,
  };
}

async function readSource(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<ReviewsSource | null> {
  const selection = await select(repository, query, now);
  if (selection === null) return null;
  const { importTask, workspaceSettings } = selection.view;
  const readSince = importTask === null ? null : importProgress(importTask).readSince;
  return { ...selection, readSince, showReviewers: workspaceSettings.showReviewers };
}

function healthOf(evidence: ReviewEvidence): ReviewHealth {
  const reviewers = evidence.reviewers.filter(({ reviewed }) => reviewed.length > 0).length;
  return { ...reviewConcentration(evidence), reviewers };
}

function personalReviews(
  evidence: ReviewEvidence,
  { facts, options }: ReviewsSource,
  now: EpochSeconds,
): PersonalReviews {
  const { reviewers } = evidence;
  const elapsed = clockOf(options);
  const responses = reviewers.flatMap(({ reviewed }) => secondsOf(reviewed));
  const matrix = reviewMatrix(reviewNetwork(evidence));
  const authors = new Map(facts.map(({ id, authorId }) => [id, authorId]));
  const waiting = reviewers
    .flatMap((person) =>
      person.waiting.map(({ id, start }): WaitingLine => ({
        pullRequest: id,
        authorId: authors.get(id) ?? null,
        reviewerId: person.reviewerId,
        start,
        waitedSeconds: elapsed(start.at, now),
      })),
    )
    .sort((a, b) => a.start.at - b.start.at || a.pullRequest - b.pullRequest);
  const listed = waiting.slice(0, MOST_WAITING_LISTED);
  return {
    timeToRespond: responseTimes(distributionOf(responses, 's'), responses),
    loads: reviewers.map(loadOf),
    matrix,
    waiting: listed,
    waitingInAll: waiting.length,
    people: namedPeople(facts, [
      ...reviewers.map(({ reviewerId }) => reviewerId),
      ...matrix.authorIds,
      ...listed.flatMap(({ authorId }) => authorId ?? []),
    ]),
  };
}

/** Only those who are shown. */
function namedPeople(
  facts: readonly PullRequestFacts[],
  shown: readonly string[],
): PersonalReviews['people'] {
  const shownIds = new Set(shown);
  return peopleOf(facts, (each) =>
    // A bot that the viewer switched in has a name too.
    [...(each.authorId === null ? [] : [each.authorId]), ...reviewersIn(each)].filter((personId) =>
      shownIds.has(personId),
    ),
  );
}

function loadOf(person: ReviewerEvidence): PersonsLoad {
  const { timeToRespond, ...load } = reviewLoadOf(person);
  const starts = person.waiting.map(({ start }) => start.at);
  return {
    ...load,
    timeToRespond: responseTimes(timeToRespond, secondsOf(person.reviewed)),
    waitingSince: starts.length === 0 ? null : Math.min(...starts),
  };
}

function responseTimes(figure: Distribution, seconds: readonly number[]): ResponseTimes {
  const isFew = seconds.length < FEWEST_VALUES;
  return { figure, values: isFew ? seconds.toSorted((a, b) => a - b) : null };
}

function secondsOf(reviewed: readonly ReviewedPullRequest[]): readonly number[] {
  return reviewed.flatMap(({ responses }) => responses.map(({ seconds }) => seconds));
}
