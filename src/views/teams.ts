/** The workspace's teams as one repository's viewer sees them, and how whoever administers the workspace changes them. */
import { randomUUID } from 'node:crypto';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { livedIn } from '../metrics/closing';
import { FEWEST_MEMBERS } from '../metrics/teams';
import { windowEndingAt } from '../metrics/windows';
import { auditWrite, WORKSPACE_SCOPE, type AuditEntry, type Decision } from '../storage/audit';
import type { RepositoryId } from '../storage/keys';
import { changeSettings, type Team, type WorkspaceSettings } from '../storage/workspace-settings';
import { administersWorkspace } from '../sync/administration';
import { readFigureView } from '../sync/figure-view';
import { authorIn, peopleOf, reviewersIn } from './people';
import type { PersonChoice } from './reports/filter-choices';
import type { SaveTeamsAnswer, TeamChange, TeamReport, TeamsReport } from './reports/teams-report';
import { changeTeams } from './team-changes';
import { viewerMay } from './viewer-may';

/** Who wrote or reviewed nothing for longer is not offered as a member. */
const DAYS_OF_CHOICES = 365;

/** The workspace of a repository, and the people of its last year. */
interface Known {
  readonly workspaceUuid: string;
  readonly settings: WorkspaceSettings;
  readonly people: readonly PersonChoice[];
}

/** `null` where nothing is stored of the repository. */
export async function teamsOf(repository: RepositoryId, now: EpochSeconds): Promise<TeamsReport | null> {
  const known = await readKnown(repository, now);
  if (known === null) return null;
  return teamsReport(
    known.settings,
    known.people,
    await viewerMay(() => administersWorkspace(known.workspaceUuid)),
    now,
  );
}

/**
 * Applies one change, decided by an administrator of the workspace (`ACCESS`); `null` where nothing is stored of the
 * repository, whose people can be chosen. The list of changes keeps which team was changed and how, not its name.
 */
export async function saveTeams(
  repository: RepositoryId,
  change: TeamChange,
  { by, at }: Decision,
): Promise<SaveTeamsAnswer | null> {
  const known = await readKnown(repository, at);
  if (known === null) return null;
  const circumstances = {
    now: at,
    newId: randomUUID(),
    knownIds: new Set(known.people.map(({ personId }) => personId)),
  };
  const { settings, outcome } = await changeSettings((before) => {
    const { detail, result } = changeTeams(before, change, circumstances);
    const entry = { at, by, ...changeEntry(before, change, circumstances.newId) };
    return {
      detail,
      result: { settings: detail, outcome: result },
      also: [auditWrite(WORKSPACE_SCOPE, entry)],
    };
  });
  return { outcome, report: teamsReport(settings, known.people, true, at) };
}

/** The same for an administrator of the workspace, who is told of every member. */
export async function allTeamsOf(repository: RepositoryId, now: EpochSeconds): Promise<TeamsReport | null> {
  const known = await readKnown(repository, now);
  return known === null ? null : teamsReport(known.settings, known.people, true, now);
}

/** What the list of changes keeps: ids, kinds and how many. */
function changeEntry(
  { showReviewers }: WorkspaceSettings,
  change: TeamChange,
  newId: string,
): Pick<AuditEntry, 'what' | 'before' | 'after'> {
  if (change.kind === 'show-reviewers') {
    return { what: 'showReviewers', before: showReviewers, after: change.showReviewers };
  }
  const teamId = change.kind === 'create' ? newId : change.teamId;
  const people = 'personIds' in change ? { people: change.personIds.length } : {};
  return { what: 'teams', before: null, after: { kind: change.kind, teamId, ...people } };
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
  const { record, facts, workspaceSettings } = await readFigureView(repository, lastYear.from, now);
  if (record === null) return null;
  const lately = facts.filter((each) => livedIn(each, lastYear));
  return {
    workspaceUuid: record.workspaceUuid,
    settings: workspaceSettings,
    people: peopleOf(lately, (each) => [...authorIn(each), ...reviewersIn(each)]),
  };
}
