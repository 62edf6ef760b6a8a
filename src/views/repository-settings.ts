/** The settings of one repository, and how whoever administers it changes them; who that is, `ACCESS` says. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { windowEndingAt } from '../metrics/windows';
import { auditWrite } from '../storage/audit';
import { readDelivery } from '../storage/delivery-months';
import type { RepositoryId } from '../storage/keys';
import { monthsBetween } from '../storage/ledgers';
import { readHome, type RepositoryHome } from '../storage/repositories';
import { changeRepositorySettings, readRepositorySettings } from '../storage/repository-settings';
import { readSettings } from '../storage/workspace-settings';
import { effectiveRules } from '../sync/effective-settings';
import { leaveOut, takeBackIn } from '../sync/leaving-out';
import { renewSummary } from '../sync/summarise';
import { auditReport } from './audit-report';
import type { RepositoryPlace } from './places';
import type {
  AuditReport,
  RepositorySettingsChange,
  RepositorySettingsReport,
  SettingsAnswer,
  SettingsOutcome,
} from './reports/settings-report';
import { changedRepositoryRules } from './settings-changes';

/** Environments of what was deployed longer ago are not offered. */
const DAYS_OF_ENVIRONMENTS = 365;

/** `null` where nothing is stored of the repository. */
export async function repositorySettingsOf(
  { repository }: RepositoryPlace,
  now: EpochSeconds,
): Promise<RepositorySettingsReport | null> {
  const home = await readHome(repository);
  return home === null ? null : settingsReport(repository, !home.isLeftOut, now);
}

/** Applies one change; `null` where nothing is stored of the repository. */
export async function changeRepositorySettingsOf(
  place: RepositoryPlace,
  change: RepositorySettingsChange,
  now: EpochSeconds,
): Promise<SettingsAnswer<RepositorySettingsReport> | null> {
  const { repository } = place;
  const home = await readHome(repository);
  if (home === null) return null;
  if (change.kind === 'takes-part') {
    await changeTakesPart(home, change.takesPart, place, now);
    return { outcome: 'saved', report: await settingsReport(repository, change.takesPart, now) };
  }
  const outcome = await changeRules(place, change, now);
  return { outcome, report: await settingsReport(repository, !home.isLeftOut, now) };
}

/** Every change of this repository's settings, the latest first. */
export function repositoryAuditOf({ repository }: RepositoryPlace, now: EpochSeconds): Promise<AuditReport> {
  return auditReport(repository, now);
}

/** Leaves a repository out or takes it back in; nothing happens where it is so already. */
export function changeTakesPart(
  home: RepositoryHome,
  takesPart: boolean,
  { accountId }: { readonly accountId: string },
  now: EpochSeconds,
): Promise<void> {
  const decision = { by: accountId, at: now };
  return takesPart ? takeBackIn(home, decision) : leaveOut(home, decision);
}

async function changeRules(
  { repository, accountId }: RepositoryPlace,
  change: Extract<RepositorySettingsChange, { readonly kind: 'figures' }>,
  now: EpochSeconds,
): Promise<SettingsOutcome> {
  const { figures: workspace } = await readSettings();
  const { outcome, isChanged } = await changeRepositorySettings(repository, (before) => {
    const { settings, outcome, changed } = changedRepositoryRules(workspace, before.figures, change);
    const isChanged = changed.length > 0;
    return {
      detail: isChanged ? { ...before, figures: settings } : before,
      result: { outcome, isChanged },
      also: changed.map((each) => auditWrite(repository, { at: now, by: accountId, ...each })),
    };
  });
  if (isChanged) await renewSummary(repository, now);
  return outcome;
}

async function settingsReport(
  repository: RepositoryId,
  takesPart: boolean,
  now: EpochSeconds,
): Promise<RepositorySettingsReport> {
  const [workspace, own, environmentIds] = await allEnded([
    readSettings(),
    readRepositorySettings(repository),
    takesPart ? environmentsOf(repository, now) : Promise.resolve([]),
  ]);
  return { asOf: now, figures: effectiveRules(workspace.figures, own.figures), environmentIds, takesPart };
}

async function environmentsOf(repository: RepositoryId, now: EpochSeconds): Promise<readonly string[]> {
  const { from } = windowEndingAt(now, DAYS_OF_ENVIRONMENTS);
  const { deployments } = await readDelivery(repository, monthsBetween(from, now));
  return [...new Set(deployments.flatMap(({ environmentId }) => environmentId ?? []))].sort();
}
