/** Reads what a screen needs of one repository in one batch (two where it looks back two years). */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { getMany, queryEntity } from './forge-storage';
import { ENTITY, INDEX, key, type RepositoryId } from './keys';
import { parseLicence, type Licence } from './licence';
import { OPEN_BUCKET, UNDATED_BUCKET, ledgerItem, monthsBetween, readLedgers } from './ledgers';
import { storedLastEvent, storedRepository, type StoredRepository } from './repositories';
import {
  parseRepositorySettings,
  repositorySettingsItem,
  type RepositorySettings,
} from './repository-settings';
import { parseTask, taskItem, type Task } from './tasks';
import { parseSettings, SETTINGS_ITEM, type WorkspaceSettings } from './workspace-settings';

export interface RepositoryView {
  /** `null` where nothing is stored of the repository (yet, or any more). */
  readonly record: StoredRepository | null;
  /** The import of its pull requests, and its comparison with Bitbucket. */
  readonly importTask: Task | null;
  readonly reconciliation: Task | null;
  /** The reading of diffstats. */
  readonly sizes: Task | null;
  /** `null` where it never was inactive. */
  readonly licence: Licence | null;
  readonly lastEventAt: EpochSeconds | null;
  /** What admins decided, for all repositories and for this one. */
  readonly workspaceSettings: WorkspaceSettings;
  readonly repositorySettings: RepositorySettings;
  /** Every open pull request, and those closed since the asked instant. */
  readonly facts: readonly PullRequestFacts[];
}

/**
 * The repository with its pull requests that are open, or were closed at or after `since`'s month or nobody knows when.
 *
 * Half a year of 300 merges a month is one request of 12 to 15 of Forge's units of 10 KB, by the date: at most seven
 * months of some 20 KB each (test/panel-reads.test.ts).
 */
export async function readRepositoryView(
  repository: RepositoryId,
  since: EpochSeconds,
  now: EpochSeconds,
): Promise<RepositoryView> {
  return readView(repository, [OPEN_BUCKET, UNDATED_BUCKET, ...monthsBetween(since, now)]);
}

/** The repository with all its pull requests, for the export. Lists its ledgers first: one request more. */
export async function readWholeRepository(repository: RepositoryId): Promise<RepositoryView> {
  const buckets = new Set([OPEN_BUCKET, UNDATED_BUCKET]);
  const prefix = `${repository}:`;
  for await (const row of queryEntity(ENTITY.ledger, INDEX.byRepository, [repository])) {
    // A further part of a large month has the month's key and a number.
    const [bucket] = row.key.slice(prefix.length).split(':');
    if (bucket !== undefined) buckets.add(bucket);
  }
  return readView(repository, [...buckets]);
}

async function readView(repository: RepositoryId, buckets: readonly string[]): Promise<RepositoryView> {
  const keys = {
    record: key.repository(repository),
    lastEvent: key.lastEvent(repository),
    licence: key.licence(),
  };
  const tasks = {
    importTask: taskItem(repository, 'pull-requests'),
    reconciliation: taskItem(repository, 'reconciliation'),
    sizes: taskItem(repository, 'sizes'),
  };
  const settings = repositorySettingsItem(repository);
  const rows = await getMany([
    ...Object.values(keys).map((each) => ({ key: each })),
    ...Object.values(tasks),
    SETTINGS_ITEM,
    settings,
    ...buckets.map((bucket) => ledgerItem(repository, bucket)),
  ]);
  // A ledger that is not there is a month without a merge: not asked for again.
  const present = buckets.filter((bucket) => rows.has(ledgerItem(repository, bucket).key));
  const ledgers = await readLedgers(repository, present, rows);
  const record = storedRepository.safeParse(rows.get(keys.record));
  const lastEvent = storedLastEvent.safeParse(rows.get(keys.lastEvent));
  return {
    record: record.success ? record.data : null,
    importTask: parseTask(rows.get(tasks.importTask.key)),
    reconciliation: parseTask(rows.get(tasks.reconciliation.key)),
    sizes: parseTask(rows.get(tasks.sizes.key)),
    licence: parseLicence(rows.get(keys.licence)),
    lastEventAt: lastEvent.success ? lastEvent.data.at : null,
    workspaceSettings: parseSettings(rows.get(SETTINGS_ITEM.key)),
    repositorySettings: parseRepositorySettings(repository, rows.get(settings.key)),
    facts: [...ledgers.values()].flatMap((ledger) => [...ledger.facts.values()]),
  };
}
