/** How the connection with Bitbucket is, over the whole workspace, for those who administer it. */
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { readConnection } from '../storage/connection';
import { countDeadLetters } from '../storage/inbox';
import { readJobs, type Job } from '../storage/jobs';
import { inactiveSince, readLicence } from '../storage/licence';
import { readPersonalDataReport, type PersonalDataReport } from '../storage/personal-data';
import { readDiscovery } from '../storage/repositories';
import { readPermissionCheck, type PermissionCheck } from '../storage/workspace-counts';
import { workspaceConnection, type WorkspaceConnection } from '../sync/connection';
import { checkPermissions } from '../sync/permissions';
import { upgradeProgress } from '../sync/upgrade/upgrade-state';
import type { WorkspacePlace } from './places';
import {
  SCOPES,
  type ConnectionReason,
  type ConnectionReport,
  type ConnectionState,
  type Scope,
  type ScopeState,
} from './reports/connection-report';

/**
 * From the store alone; what is counted over all repositories is as of `countedAt`. For the workspace's administrators,
 * which the resolver proves.
 */
export async function connectionOf(_place: WorkspacePlace, now: EpochSeconds): Promise<ConnectionReport> {
  const { connection, jobs } = await readJobs();
  const { state } = connection;
  // Nothing may be counted then: what is kept of it would be left in a store that is being emptied.
  if (state !== 'connected') return unconnected(state, now);
  const [counted, deadLetters, licence, check, personalData, discovery] = await allEnded([
    workspaceConnection(now),
    countDeadLetters(),
    readLicence(),
    readPermissionCheck(),
    readPersonalDataReport(),
    readDiscovery(),
  ]);
  const scopes = scopesOf(check, personalData, now);
  const reasons = reasonsOf(counted, {
    deadLetters,
    inactiveSince: inactiveSince(licence),
    scopes,
  });
  const isImporting = discovery === null || counted.complete < counted.repositories;
  return {
    asOf: now,
    countedAt: counted.countedAt,
    state: reasons.length > 0 ? 'degraded' : isImporting ? 'importing' : 'connected',
    reasons,
    repositories: counted.repositories,
    recentComplete: counted.recentComplete,
    complete: counted.complete,
    remainingSeconds: counted.remainingSeconds,
    requestsThisHour: counted.requestsThisHour,
    requestsPerHour: counted.requestsPerHour,
    lastEventAt: counted.lastEventAt,
    lastReconciledAt: counted.lastReconciledAt,
    refusedEvents: counted.refusedEvents,
    deadLetters,
    rewritten: rewrittenOf(jobs.get('upgrade')),
    scopes,
  };
}

/** The same after asking Bitbucket, as the app, which permissions it grants; at most every five minutes. */
export async function checkPermissionsOf(
  place: WorkspacePlace,
  now: EpochSeconds,
): Promise<ConnectionReport> {
  const { state } = await readConnection();
  if (state === 'connected') await checkPermissions(place.workspaceUuid, now);
  return connectionOf(place, now);
}

/** The gravest first: what stops everything, what stops a part, what passes. */
function reasonsOf(
  { troubles, pausedUntil }: WorkspaceConnection,
  {
    deadLetters,
    inactiveSince: since,
    scopes,
  }: {
    readonly deadLetters: number;
    readonly inactiveSince: EpochSeconds | null;
    readonly scopes: readonly ScopeState[];
  },
): readonly ConnectionReason[] {
  // Right after the installation it is not known to be missing.
  const isAwaited = (scope: Scope): boolean =>
    troubles.some(({ trouble }) => trouble.cause === 'permission-awaited' && trouble.scope === scope);
  return [
    ...(since === null ? [] : [{ kind: 'licence-inactive', since } as const]),
    ...scopes
      .filter(({ scope, granted }) => granted === 'missing' && !isAwaited(scope))
      .map(({ scope }) => ({ kind: 'missing-scope', scope }) as const),
    ...troubles.map((each) => ({ kind: 'trouble', ...each }) as const),
    ...(pausedUntil === null ? [] : [{ kind: 'rate-limited', until: pausedUntil } as const]),
    ...(deadLetters === 0 ? [] : [{ kind: 'dead-letters', count: deadLetters } as const]),
  ];
}

function scopesOf(
  check: PermissionCheck | null,
  personalData: PersonalDataReport | null,
  now: EpochSeconds,
): readonly ScopeState[] {
  return SCOPES.map((scope) => {
    // Without it nothing of this could have been read.
    if (scope === 'storage:app') return { scope, granted: 'granted', checkedAt: now };
    if (scope === 'report:personal-data') return { scope, ...reportingOf(personalData) };
    const verdict = check?.verdicts[scope];
    if (verdict === undefined) return { scope, granted: 'unknown', checkedAt: null };
    return { scope, granted: verdict.isGranted ? 'granted' : 'missing', checkedAt: verdict.at };
  });
}

/** As the last weekly report found it, which is all that needs this permission. */
function reportingOf(report: PersonalDataReport | null): Omit<ScopeState, 'scope'> {
  if (report?.outcome === 'refused') return { granted: 'missing', checkedAt: report.at };
  const doneAt = report?.doneAt ?? null;
  return { granted: doneAt === null ? 'unknown' : 'granted', checkedAt: doneAt };
}

function rewrittenOf(job: Job | undefined): number | null {
  if (job === undefined) return null;
  const { done, endedAt } = upgradeProgress(job.state);
  return endedAt === null ? done : null;
}

/** Nothing is collected, so nothing is known. */
function unconnected(
  state: Extract<ConnectionState, 'erasing' | 'disconnected'>,
  now: EpochSeconds,
): ConnectionReport {
  return {
    asOf: now,
    countedAt: now,
    state,
    reasons: [],
    repositories: 0,
    recentComplete: 0,
    complete: 0,
    remainingSeconds: null,
    requestsThisHour: 0,
    requestsPerHour: 0,
    lastEventAt: null,
    lastReconciledAt: null,
    refusedEvents: 0,
    deadLetters: 0,
    rewritten: null,
    scopes: scopesOf(null, null, now),
  };
}
