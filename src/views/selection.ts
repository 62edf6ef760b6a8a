/** Reads what a screen asks for: the repository's facts, narrowed by the reader's query, with the options of its figures. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { filterFacts, type TeamMembership } from '../metrics/filters';
import type { Window } from '../metrics/figures';
import { isShown } from '../metrics/teams';
import { precedingWindow } from '../metrics/windows';
import type { WorkInProgressOptions } from '../metrics/work-in-progress';
import { withoutWeekends, workingTime, MONDAY_TO_FRIDAY, type ElapsedTime } from '../metrics/working-time';
import type { RepositoryId } from '../storage/keys';
import type { WorkspaceSettings } from '../storage/workspace-settings';
import { readFigureView, type FigureView } from '../sync/figure-view';
import { RequestRefused } from './request-refused';
import type { Clock, ReportedWindow, ViewQuery } from './view-query';
import { windowOf } from './windows-of-query';

/** What the figures of one screen are made from. */
export interface Selection {
  readonly window: ReportedWindow;
  readonly previousWindow: Window;
  readonly view: FigureView;
  /** The facts that pass the query's filters, of all the time that was read; bots are the options' matter. */
  readonly facts: readonly PullRequestFacts[];
  readonly options: WorkInProgressOptions;
}

/**
 * `since` gives how far back a screen looks, if further than the preceding window. `null` where nothing is stored of
 * the repository. Throws RequestRefused for a team, or for reviewers, that may not be shown.
 */
export async function select(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
  since: (window: Window, previousWindow: Window) => EpochSeconds = (_, previous) => previous.from,
): Promise<Selection | null> {
  const window = windowOf(query, now);
  const previousWindow = precedingWindow(window);
  const earliest = Math.min(since(window, previousWindow), previousWindow.from);
  const view = await readFigureView(repository, earliest, now);
  const team = teamAllowed(query, view.workspaceSettings, window);
  if (view.record === null && view.importTask === null) return null;
  const { targetBranches, branchKinds, authorIds, reviewerIds, drafts, bots } = query;
  return {
    window,
    previousWindow,
    view,
    facts: filterFacts(view.facts, {
      ...(targetBranches === undefined ? {} : { targetBranches }),
      ...(branchKinds === undefined ? {} : { branchKinds }),
      ...(authorIds === undefined ? {} : { authorIds }),
      ...(reviewerIds === undefined ? {} : { reviewerIds }),
      ...(team === undefined ? {} : { team }),
      ...(drafts === undefined ? {} : { drafts }),
      // Without a word on bots the figures leave them out by themselves, and say how many.
      ...(bots === undefined ? {} : { bots }),
    }),
    options: {
      defaultBranch: view.record?.defaultBranch ?? null,
      includeBots: bots === 'with' || bots === 'only',
      staleAfterSeconds: view.settings.staleAfterSeconds,
      ...(query.clock === undefined ? {} : { elapsed: elapsedBy(query.clock) }),
    },
  };
}

function elapsedBy(clock: Clock): ElapsedTime {
  return clock.kind === 'weekdays'
    ? withoutWeekends(clock.timeZone)
    : workingTime({ ...clock, weekdays: MONDAY_TO_FRIDAY });
}

/** The team of the query, where it names one; refuses what the settings do not let anybody see. */
function teamAllowed(
  { teamId, reviewerIds }: ViewQuery,
  settings: WorkspaceSettings,
  window: Window,
): readonly TeamMembership[] | undefined {
  if (reviewerIds !== undefined && !settings.showReviewers) {
    throw new RequestRefused(
      'people-hidden',
      'The workspace’s admin switched figures of single reviewers off. Take the filter away.',
    );
  }
  return teamId === undefined ? undefined : membersOf(settings, teamId, window);
}

function membersOf({ teams }: WorkspaceSettings, teamId: string, window: Window): readonly TeamMembership[] {
  const team = teams.find(({ id }) => id === teamId);
  if (team === undefined) {
    throw new RequestRefused('bad-request', 'This team does not exist (any more). Choose another.');
  }
  if (!isShown(team.members, window)) {
    throw new RequestRefused(
      'team-too-small',
      'Fewer than two people belonged to this team in the window: its figures would be one person’s.',
    );
  }
  return team.members;
}
