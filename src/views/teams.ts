/** The workspace's teams as one repository's viewer sees them, and how whoever administers the workspace changes them. */
import { randomUUID } from 'node:crypto';
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { livedIn } from '../metrics/closing';
import { FEWEST_MEMBERS } from '../metrics/teams';
import { windowEndingAt } from '../metrics/windows';
import type { RepositoryId } from '../storage/keys';
import { readRepositoryView } from '../storage/repository-view';
import {
  changeSettings,
  readSettings,
  type Team,
  type WorkspaceSettings,
} from '../storage/workspace-settings';
import { administersWorkspace } from '../sync/administration';
import { authorIn, peopleOf, reviewersIn } from './people';
import type { PersonChoice } from './reports/filter-choices';
import type { SaveTeamsAnswer, TeamChange, TeamReport, TeamsReport } from './reports/teams-report';
import { RequestRefused } from './request-refused';
import { changeTeams } from './team-changes';
import { viewerMay } from './viewer-may';

/** Who wrote or reviewed nothing for longer is not offered as a member. */
const DAYS_OF_CHOICES = 365;

/** The workspace of a repository, and the people of its last year. */
interface Known {
  readonly workspaceUuid: string;
  readonly people: readonly PersonChoice[];
}

/** `null` where nothing is stored of the repository. */
export async function teamsOf(repository: RepositoryId, now: EpochSeconds): Promise<TeamsReport | null> {
  const [known, settings] = await allEnded([readKnown(repository, now), readSettings()]);
  if (known === null) return null;
  return teamsReport(
    settings,
    known.people,
    await viewerMay(() => administersWorkspace(known.workspaceUuid)),
    now,
  );
}

/**
 * Applies one change; `null` where nothing is stored of the repository. Throws RequestRefused for a viewer who does not
 * administer the workspace, and BitbucketError where Bitbucket does not say who they are.
 */
export async function saveTeams(
  repository: RepositoryId,
  change: TeamChange,
  now: EpochSeconds,
): Promise<SaveTeamsAnswer | null> {
  const known = await readKnown(repository, now);
  if (known === null) return null;
  if (!(await administersWorkspace(known.workspaceUuid))) {
    throw new RequestRefused(
      'not-allowed',
      'Only who administers every repository of the workspace can change its teams. Ask such an administrator.',
    );
  }
  const circumstances = {
    now,
    newId: randomUUID(),
    knownIds: new Set(known.people.map(({ personId }) => personId)),
  };
  const { settings, outcome } = await changeSettings((before) => {
    const { detail, result } = changeTeams(before, change, circumstances);
    return { detail, result: { settings: detail, outcome: result } };
  });
  return { outcome, report: teamsReport(settings, known.people, true, now) };
}

/** What the section shows of these settings to a viewer of a repository with these people. */
export function teamsReport(
  { teams, showReviewers }: WorkspaceSettings,
  people: readonly PersonChoice[],
  mayChangeTeams: boolean | null,
  now: EpochSeconds,
): TeamsReport {
  const knownIds = new Set(people.map(({ personId }) => personId));
  return {
    asOf: now,
    mayChange: mayChangeTeams,
    showReviewers,
    teams: teams.map((team) => teamReport(team, mayChangeTeams === true ? null : knownIds)),
    people,
  };
}

/** Only `tellable` people are named by their ids; everybody where it is `null`. */
function teamReport({ id, name, members }: Team, tellable: ReadonlySet<string> | null): TeamReport {
  const told = members.filter(({ personId }) => tellable?.has(personId) ?? true);
  const people = members.filter(isPresent).length;
  return {
    teamId: id,
    name,
    members: told,
    membersElsewhere: people - told.filter(isPresent).length,
    people,
    isShown: people >= FEWEST_MEMBERS,
  };
}

function isPresent({ to }: Team['members'][number]): boolean {
  return to === null;
}

async function readKnown(repository: RepositoryId, now: EpochSeconds): Promise<Known | null> {
  const lastYear = windowEndingAt(now, DAYS_OF_CHOICES);
  const { record, facts } = await readRepositoryView(repository, lastYear.from, now);
  if (record === null) return null;
  const lately = facts.filter((each) => livedIn(each, lastYear));
  return {
    workspaceUuid: record.workspaceUuid,
    people: peopleOf(lately, (each) => [...authorIn(each), ...reviewersIn(each)]),
  };
}
