/** The settings of the workspace, and how whoever administers it changes them; who that is, `ACCESS` says. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { auditWrite, WORKSPACE_SCOPE } from '../storage/audit';
import { withBraces, withoutBraces, type RepositoryId } from '../storage/keys';
import { listLeftOut } from '../storage/left-out';
import { readHome, type RepositoryHome } from '../storage/repositories';
import { changeSettings, readSettings } from '../storage/workspace-settings';
import { workspaceRules } from '../sync/effective-settings';
import { applyRetention } from '../sync/retention/apply-retention';
import { auditReport } from './audit-report';
import type { WorkspacePlace } from './places';
import type {
  AuditReport,
  SettingsAnswer,
  SettingsOutcome,
  WorkspaceSettingsChange,
  WorkspaceSettingsReport,
} from './reports/settings-report';
import type { SaveTeamsAnswer, TeamChange, TeamsReport } from './reports/teams-report';
import { changeTakesPart } from './repository-settings';
import { RequestRefused } from './request-refused';
import { changedWorkspaceSettings, type RowSettingsChange } from './settings-changes';
import { allTeamsOf, saveTeams } from './teams';

type TakesPartChange = Extract<WorkspaceSettingsChange, { readonly kind: 'takes-part' }>;

export async function workspaceSettingsOf(
  { workspaceUuid }: WorkspacePlace,
  now: EpochSeconds,
): Promise<WorkspaceSettingsReport> {
  return settingsReport(await listLeftOut(workspaceUuid), now);
}

/** Applies one change. Throws RequestRefused for environments, which each repository has of its own. */
export async function changeWorkspaceSettingsOf(
  place: WorkspacePlace,
  change: WorkspaceSettingsChange,
  now: EpochSeconds,
): Promise<SettingsAnswer<WorkspaceSettingsReport>> {
  if (change.kind === 'takes-part') return changeWhoTakesPart(place, change, now);
  if (change.kind === 'figures' && change.values.productionEnvironmentIds !== undefined) {
    throw new RequestRefused(
      'bad-request',
      'Environments by their ids belong to one repository. Choose them in its settings.',
    );
  }
  const { outcome, hasChanged } = await changeRow(place, change, now);
  if (hasChanged && change.kind === 'retention') await applyRetention(place.workspaceUuid, now);
  return { outcome, report: await workspaceSettingsOf(place, now) };
}

/** The latest changes of the workspace's settings. */
export function workspaceAuditOf(_place: WorkspacePlace, now: EpochSeconds): Promise<AuditReport> {
  return auditReport(WORKSPACE_SCOPE, now);
}

/** Teams, and the people of one repository of the workspace; `null` where nothing is stored of such a repository. */
export async function workspaceTeamsOf(
  place: WorkspacePlace,
  repositoryUuid: string,
  now: EpochSeconds,
): Promise<TeamsReport | null> {
  const repository = withoutBraces(repositoryUuid);
  return (await homeIn(place, repository)) === null ? null : allTeamsOf(repository, now);
}

/** Applies one change, with the people of one repository of the workspace; `null` as above. */
export async function saveWorkspaceTeamsOf(
  place: WorkspacePlace,
  { repositoryUuid, change }: { readonly repositoryUuid: string; readonly change: TeamChange },
  now: EpochSeconds,
): Promise<SaveTeamsAnswer | null> {
  const repository = withoutBraces(repositoryUuid);
  if ((await homeIn(place, repository)) === null) return null;
  return saveTeams(repository, change, { by: place.accountId, at: now });
}

/** A repository that a payload names, if it is one of this workspace; left out or not. */
async function homeIn(
  { workspaceUuid }: WorkspacePlace,
  repository: RepositoryId,
): Promise<RepositoryHome | null> {
  const home = await readHome(repository);
  return home?.workspaceUuid === workspaceUuid ? home : null;
}

async function changeRow(
  { accountId }: WorkspacePlace,
  change: RowSettingsChange,
  now: EpochSeconds,
): Promise<{ readonly outcome: SettingsOutcome; readonly hasChanged: boolean }> {
  return changeSettings((before) => {
    const { settings, outcome, changed } = changedWorkspaceSettings(before, change, now);
    const also = changed.map((each) => auditWrite(WORKSPACE_SCOPE, { at: now, by: accountId, ...each }));
    return { detail: settings, result: { outcome, hasChanged: settings !== before }, also };
  });
}

async function changeWhoTakesPart(
  place: WorkspacePlace,
  { repositoryUuid, takesPart }: TakesPartChange,
  now: EpochSeconds,
): Promise<SettingsAnswer<WorkspaceSettingsReport>> {
  const repository = withoutBraces(repositoryUuid);
  const home = await homeIn(place, repository);
  if (home === null) return { outcome: 'unknown-repository', report: await workspaceSettingsOf(place, now) };
  await changeTakesPart(home, takesPart, place, now);
  // The list may not know of it yet.
  const others = (await listLeftOut(place.workspaceUuid)).filter((each) => each !== repository);
  const leftOut = takesPart ? others : [...others, repository];
  return { outcome: 'saved', report: await settingsReport(leftOut, now) };
}

async function settingsReport(
  leftOut: readonly RepositoryId[],
  now: EpochSeconds,
): Promise<WorkspaceSettingsReport> {
  const { figures, showReviewers, botIds, retentionDays } = await readSettings();
  return {
    asOf: now,
    figures: workspaceRules(figures),
    showReviewers,
    botIds,
    retentionDays,
    leftOut: leftOut.map(withBraces),
  };
}
