/** Applies one change to the teams: memberships get dates, so that no change touches what came before it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { canonicalJson } from '../storage/canonical-json';
import {
  MOST_MEMBERSHIPS,
  MOST_TEAMS,
  type Team,
  type WorkspaceSettings,
} from '../storage/workspace-settings';
import type { TeamChange, TeamChangeOutcome } from './reports/teams-report';

/** What a change is made with. */
export interface ChangeCircumstances {
  readonly now: EpochSeconds;
  /** The id of a team that is created. */
  readonly newId: string;
  /** Who can be chosen: what is no person's id is not stored. */
  readonly knownIds: ReadonlySet<string>;
}

type Member = Team['members'][number];

/** The settings after the change, and what came of it; the very same settings where nothing did. */
export function changeTeams(
  settings: WorkspaceSettings,
  change: TeamChange,
  circumstances: ChangeCircumstances,
): { readonly detail: WorkspaceSettings; readonly result: TeamChangeOutcome } {
  const problem = problemOf(settings, change, circumstances);
  if (problem !== null) return { detail: settings, result: problem };
  const detail =
    change.kind === 'show-reviewers'
      ? { ...settings, showReviewers: change.showReviewers }
      : { ...settings, teams: teamsAfter(settings.teams, change, circumstances) };
  if (canonicalJson(detail) === canonicalJson(settings)) return { detail: settings, result: 'saved' };
  // Who leaves is still a membership, so only joining makes more of them.
  return countMemberships(detail) > Math.max(MOST_MEMBERSHIPS, countMemberships(settings))
    ? { detail: settings, result: 'too-many-memberships' }
    : { detail, result: 'saved' };
}

function problemOf(
  { teams }: WorkspaceSettings,
  change: TeamChange,
  { knownIds }: ChangeCircumstances,
): TeamChangeOutcome | null {
  if ('teamId' in change && !teams.some(({ id }) => id === change.teamId)) return 'unknown-team';
  if (change.kind === 'create' && teams.length >= MOST_TEAMS) return 'too-many-teams';
  if ('name' in change) {
    const others = teams.filter(({ id }) => !('teamId' in change && id === change.teamId));
    if (others.some(({ name }) => folded(name) === folded(change.name))) return 'name-taken';
  }
  const isUnknown = 'personIds' in change && change.personIds.some((personId) => !knownIds.has(personId));
  return isUnknown ? 'unknown-person' : null;
}

function teamsAfter(
  teams: readonly Team[],
  change: Exclude<TeamChange, { kind: 'show-reviewers' }>,
  { now, newId }: ChangeCircumstances,
): Team[] {
  switch (change.kind) {
    case 'create': {
      const from = change.since === 'always' ? null : now;
      return [...teams, { id: newId, name: change.name, members: joined([], change.personIds, from) }];
    }
    case 'remove':
      return teams.filter(({ id }) => id !== change.teamId);
    case 'rename':
      return replaced(teams, change.teamId, (team) => ({ ...team, name: change.name }));
    case 'add-members':
      return replaced(teams, change.teamId, (team) => ({
        ...team,
        members: joined(team.members, change.personIds, now),
      }));
    case 'remove-member':
      return replaced(teams, change.teamId, (team) => ({
        ...team,
        members: left(team.members, change.personId, now),
      }));
  }
}

function replaced(teams: readonly Team[], teamId: string, change: (team: Team) => Team): Team[] {
  return teams.map((team) => (team.id === teamId ? change(team) : team));
}

/** Whoever belongs to the team already goes on as before. */
function joined(members: readonly Member[], personIds: readonly string[], from: number | null): Member[] {
  const present = new Set(members.filter(isPresent).map(({ personId }) => personId));
  const coming = [...new Set(personIds)].filter((personId) => !present.has(personId));
  return [...members, ...coming.map((personId) => ({ personId, from, to: null }))];
}

/** The membership ends now; one that began this very second never was. */
function left(members: readonly Member[], leaver: string, now: EpochSeconds): Member[] {
  return members.flatMap((member) => {
    if (member.personId !== leaver || !isPresent(member)) return [member];
    return member.from !== null && member.from >= now ? [] : [{ ...member, to: now }];
  });
}

function isPresent({ to }: Member): boolean {
  return to === null;
}

function countMemberships({ teams }: WorkspaceSettings): number {
  return teams.reduce((sum, { members }) => sum + members.length, 0);
}

/** Names that a reader would take for the same are the same. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
