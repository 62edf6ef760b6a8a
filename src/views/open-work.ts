/** What the tab Work in progress shows: what is open now and on whom it waits, the flow of the window, and the forecasts. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { OpenPullRequest } from '../metrics/figures';
import type { FigureOptions } from '../metrics/population';
import { waitingOf } from '../metrics/pull-request-waiting';
import { windowEndingAt } from '../metrics/windows';
import { workInProgress } from '../metrics/work-in-progress';
import type { RepositoryId } from '../storage/keys';
import { shownFlow } from './open-work-flow';
import { FORECAST_DAYS, forecasts, historyOf, readStateOf } from './open-work-history';
import type { OpenWorkReport, ReportedOpenPullRequest } from './reports/open-work-report';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';

/** Work in progress compares with the time to merge of the last 180 days (METRICS 5). */
const DAYS_COMPARED = 180;

/** `null` where nothing is stored of the repository. */
export async function openWorkOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<OpenWorkReport | null> {
  const selection = await select(repository, query, now, () => windowEndingAt(now, FORECAST_DAYS).from);
  if (selection === null) return null;
  const { view } = selection;
  const { showReviewers } = view.workspaceSettings;
  return openWorkReport({ ...selection, repositoryFacts: view.facts }, now, readStateOf(view), showReviewers);
}

export interface OpenWorkSelection extends Pick<Selection, 'window' | 'facts' | 'options'> {
  /** Of the whole repository, whatever the reader filters by. */
  readonly repositoryFacts: readonly PullRequestFacts[];
}

export function openWorkReport(
  { window, facts, options, repositoryFacts }: OpenWorkSelection,
  now: EpochSeconds,
  completeness: OpenWorkReport['completeness'],
  showReviewers: boolean,
): OpenWorkReport {
  const { pullRequests, ...work } = workInProgress(facts, now, options);
  const history = historyOf(repositoryFacts, now, completeness.readSince);
  const { forecastOf, summary } = forecasts(history, now, options);
  const { flow, leftOut } = shownFlow(facts, window, options);
  const byId = new Map(facts.map((each) => [each.id, each]));
  return {
    asOf: now,
    window,
    completeness,
    ...work,
    daysCompared: DAYS_COMPARED,
    showsReviewers: showReviewers,
    pullRequests: pullRequests.map((open) => ({
      ...knownOf(open),
      ...waitOf(byId.get(open.id), now, options, showReviewers),
      forecast: forecastOf(open),
    })),
    history: summary,
    flow,
    leftOut: { openBots: openBots(facts, options), undated: leftOut },
  };
}

type Wait = Pick<ReportedOpenPullRequest, 'waitingOn' | 'waitingSince' | 'waitingFor'>;

function knownOf(open: OpenPullRequest): Omit<ReportedOpenPullRequest, keyof Wait | 'forecast'> {
  const { id, phase, activityRead, openedAt, ageSeconds, lines, stale, overP85 } = open;
  return {
    id,
    phase,
    activityRead,
    openedAt,
    ageSeconds,
    lines,
    stale,
    overP85,
    reviews: activityRead ? open.reviews : null,
    comments: activityRead ? open.comments : null,
    idleSeconds: activityRead ? open.idleSeconds : null,
  };
}

/** A workspace that shows no figures of single reviewers does not show which of them is waited for either. */
export function waitOf(
  facts: PullRequestFacts | undefined,
  now: EpochSeconds,
  options: FigureOptions,
  showReviewers: boolean,
): Wait {
  const waiting = facts === undefined ? null : waitingOf(facts, now, options);
  const on = waiting?.on ?? null;
  if (waiting === null || on === null) return { waitingOn: null, waitingSince: null, waitingFor: [] };
  const { since, people } = waiting;
  return {
    waitingOn: on,
    waitingSince: since,
    waitingFor:
      on === 'author' || showReviewers
        ? people.map((each) => ({ personId: each.personId, since: each.since }))
        : [],
  };
}

function openBots(facts: readonly PullRequestFacts[], { includeBots }: FigureOptions): number {
  return includeBots === true
    ? 0
    : facts.filter(({ state, authorIsBot }) => state === 'OPEN' && authorIsBot).length;
}
