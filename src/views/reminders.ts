/** What waits longer than usual in a repository, and what concerns the viewer: on the page only, no message is sent. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { counted, type FigureOptions } from '../metrics/population';
import { remindersAmong, type Reminder } from '../metrics/pull-request-waiting';
import { digestSince, viewerDigest } from '../metrics/viewer-digest';
import { windowEndingAt } from '../metrics/windows';
import { waitOf } from './open-work';
import { readStateOf } from './open-work-history';
import type { RepositoryPlace } from './places';
import { DAYS_OF_COMPARISON } from './pull-request-sources';
import type { LatePullRequest, RemindersReport } from './reports/reminders-report';
import { select } from './selection';

/** In which zone it is Monday, where the screen does not say. */
const DEFAULT_TIME_ZONE = 'UTC';

/** `null` where nothing is stored of the repository. By no filters: what waits, waits whatever the reader looks at. */
export async function remindersOf(
  { repository, accountId }: RepositoryPlace,
  timeZone: string | undefined,
  now: EpochSeconds,
): Promise<RemindersReport | null> {
  const since = windowEndingAt(now, DAYS_OF_COMPARISON).from;
  const selection = await select(repository, { window: 30 }, now, () => since);
  if (selection === null) return null;
  const { view, facts, options } = selection;
  return remindersReport(
    {
      facts,
      options,
      completeness: readStateOf(view),
      viewerId: accountId,
      timeZone: timeZone ?? DEFAULT_TIME_ZONE,
      showsReviewers: view.workspaceSettings.showReviewers,
    },
    now,
  );
}

export interface RemindersSources extends Pick<RemindersReport, 'completeness' | 'showsReviewers'> {
  readonly facts: readonly PullRequestFacts[];
  readonly options: FigureOptions;
  readonly viewerId: string;
  readonly timeZone: string;
}

export function remindersReport(sources: RemindersSources, now: EpochSeconds): RemindersReport {
  const { facts, options, completeness, viewerId, timeZone, showsReviewers } = sources;
  const open = counted(facts, options).filter(({ state }) => state === 'OPEN');
  const { p85, byId } = remindersAmong(open, facts, now, options);
  const since = digestSince(now, timeZone);
  return {
    asOf: now,
    completeness,
    daysCompared: DAYS_OF_COMPARISON,
    p85,
    late: open
      .flatMap((each) => latePullRequest(each, byId.get(each.id), sources, now))
      .toSorted((a, b) => a.openedAt - b.openedAt || a.id - b.id),
    showsReviewers,
    digest: viewerDigest(facts, viewerId, since, now, options),
    digestSince: since,
  };
}

/** None where it is not late. */
function latePullRequest(
  facts: PullRequestFacts,
  reminder: Reminder | undefined,
  { options, viewerId, showsReviewers }: RemindersSources,
  now: EpochSeconds,
): readonly LatePullRequest[] {
  if (reminder?.isLate !== true) return [];
  const { id, openedAt } = facts;
  const { age, firstReview } = reminder;
  const { waitingFor } = waitOf(facts, now, options, true);
  return [
    {
      id,
      openedAt,
      age,
      firstReview,
      ...waitOf(facts, now, options, showsReviewers),
      isViewers: waitingFor.some(({ personId }) => personId === viewerId),
    },
  ];
}
