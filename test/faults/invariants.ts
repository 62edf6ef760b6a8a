/** What must hold in the store at every moment, whatever failed. */
import { z } from 'zod';
import type { StoredRow } from '../../local/forge/store';
import { canonicalJson } from '../../src/storage/canonical-json';
import { ENTITY, LAST_EVENTS } from '../../src/storage/keys';
import { readPullRequests } from '../../src/storage/pull-requests';
import { readWholeRepository } from '../../src/storage/repository-view';
import { isKept, keptSince } from '../../src/storage/retention';
import { WORK_QUEUES } from '../../src/storage/tasks';
import { readSettings } from '../../src/storage/workspace-settings';
import type { InProcessApp, QueuedMessage } from '../in-process-app';

const DAY_SECONDS = 86_400;

/** Clocks of functions differ, so that an instant of another may lie ahead. */
const CLOCKS_DIFFER_SECONDS = 300;

/** Nothing waits longer than a quiet repository for its next comparison. */
const LONGEST_WAIT_SECONDS = DAY_SECONDS + CLOCKS_DIFFER_SECONDS;

/** A runner that saved nothing for so long is dead. */
const LONGEST_LEASE_SECONDS = 150 + CLOCKS_DIFFER_SECONDS;

/** A repository that was deleted is removed after a minute; where its message was lost, by the next comparison. */
const REMOVAL_SECONDS = LONGEST_WAIT_SECONDS + 3 * 3_600;

const versioned = z.object({ version: z.number().int() });
const ofRepository = z.object({ repository: z.string() });
const fact = z.object({ repository: z.string(), number: z.number().int() });
const task = z.object({
  repository: z.string(),
  name: z.string(),
  queue: z.enum([...WORK_QUEUES, 'idle']),
  rank: z.number().int(),
  detail: z.object({ lease: z.object({ until: z.number().int() }).nullable() }),
});
const removal = z.object({ removedAt: z.number().int() });
const request = z.object({ requestedAt: z.number().int() });

type Task = z.output<typeof task>;

/** Looks at the whole store, without a request of the app's; the ledgers are read as screens do. */
export class Invariants {
  private readonly versions = new Map<string, number>();
  private written = 0;

  constructor(
    private readonly app: InProcessApp,
    private readonly messages: { readonly pending: readonly QueuedMessage[] },
  ) {}

  /** Throws what does not hold. `now` in milliseconds; nothing is looked at where nothing was written since. */
  async check(now: number): Promise<void> {
    this.budgetIsKept();
    const { writeUnits } = this.app.app.store.usage();
    if (writeUnits === this.written) return;
    this.written = writeUnits;
    const seconds = Math.floor(now / 1_000);
    const rows = this.app.app.store.dump();
    const tasks = rowsOf(rows, ENTITY.task).map(({ value }) => task.parse(value));
    this.versionsGrow(rows);
    everyTaskIsReached(tasks, seconds);
    this.requestsAreServed(rows, tasks, seconds);
    const facts = rowsOf(rows, ENTITY.pullRequest).map(({ value }) => fact.parse(value));
    everyFactHasARecord(rows, facts, seconds);
    for (const repository of new Set(facts.map((each) => each.repository))) {
      await ledgersAreFacts(
        repository,
        facts.filter((each) => each.repository === repository).map(({ number }) => number),
        seconds,
      );
    }
  }

  /** Forgets what it saw, before the store is put back to an earlier state. */
  forget(): void {
    this.versions.clear();
    this.written = -1;
  }

  /** Of the stand-in's own counting: in no sixty minutes more requests than its limit. */
  private budgetIsKept(): void {
    const refused = this.app.bitbucket.requests.recent().filter(({ status }) => status === 429);
    mustBeNone('requests over the limit of the hour', refused);
  }

  /** A row that is guarded by its version never goes back to one that another reader may hold. */
  private versionsGrow(rows: readonly StoredRow[]): void {
    const now = new Map(
      rows.flatMap(({ entityName, key, value }) => {
        const read = entityName === null ? null : versioned.safeParse(value);
        return read?.success === true ? [[`${entityName ?? ''} ${key}`, read.data.version] as const] : [];
      }),
    );
    const fallen = [...now].filter(([key, version]) => version < (this.versions.get(key) ?? version));
    mustBeNone('versions that fell', fallen);
    this.versions.clear();
    for (const [key, version] of now) this.versions.set(key, version);
  }

  /** A refresh that was asked for has its message, or the comparison that finds it. */
  private requestsAreServed(rows: readonly StoredRow[], tasks: readonly Task[], now: number): void {
    const compared = new Set(
      tasks
        .filter(({ name, rank }) => name === 'reconciliation' && rank <= now + LONGEST_WAIT_SECONDS)
        .map(({ repository }) => repository),
    );
    const pending = new Set(
      this.messages.pending.map(({ body }) => `${String(body.repository)}:${String(body.pullRequest)}`),
    );
    const forgotten = rows.filter(({ key, value }) => {
      const [kind, repository = '', id = ''] = key.split(':');
      if (kind !== 'refresh' || !request.safeParse(value).success) return false;
      return !compared.has(repository) && !pending.has(`${repository}:${id}`);
    });
    mustBeNone(
      'refreshes that nothing serves',
      forgotten.map(({ key }) => key),
    );
  }
}

/** Each task waits in a queue, for an instant that comes, under a lease that ends. */
function everyTaskIsReached(tasks: readonly Task[], now: number): void {
  const lost = tasks.filter(
    ({ queue, rank, detail: { lease } }) =>
      queue !== 'idle' &&
      (rank > now + LONGEST_WAIT_SECONDS || (lease?.until ?? 0) > now + LONGEST_LEASE_SECONDS),
  );
  mustBeNone('tasks that nobody comes to', lost);
}

/** Where facts are, the repository's record is; of a removed one nothing is left. */
function everyFactHasARecord(
  rows: readonly StoredRow[],
  facts: readonly { readonly repository: string }[],
  now: number,
): void {
  const records = new Map(
    rows
      .filter(({ key }) => key.startsWith('repository:'))
      .map(({ key, value }) => [key.slice('repository:'.length), value]),
  );
  mustBeNone(
    'facts of an unknown repository',
    facts.filter(({ repository }) => !records.has(repository)),
  );
  for (const [repository, record] of records) {
    const removed = removal.safeParse(record);
    if (!removed.success || now - removed.data.removedAt < REMOVAL_SECONDS) continue;
    mustBeNone('rows of a removed repository', rowsOfRepository(rows, repository));
  }
}

/** Everything that is stored of a repository but its record, and what names it in a dead letter. */
function rowsOfRepository(rows: readonly StoredRow[], repository: string): readonly string[] {
  return rows
    .filter(({ entityName, key, value }) => {
      if (entityName !== null) {
        const read = ofRepository.safeParse(value);
        return read.success ? read.data.repository === repository : key.includes(repository);
      }
      return key.includes(repository) && !key.startsWith('repository:') && !key.startsWith(LAST_EVENTS);
    })
    .map(({ key }) => key);
}

/**
 * Of these pull requests, each stands in exactly one ledger, as its facts do; and no others. One that the retention no
 * longer keeps leaves its ledger first, and its own row, by which the removal finds it again, last.
 */
async function ledgersAreFacts(repository: string, ids: readonly number[], now: number): Promise<void> {
  const stored = await readPullRequests(repository, ids);
  const { facts } = await readWholeRepository(repository);
  const since = keptSince(await readSettings(), now);
  const listed = new Set(facts.map(({ id }) => id));
  const inOrder = [...stored.values()]
    .map((each) => each.facts)
    .filter((each) => listed.has(each.id) || isKept(each, since))
    .toSorted((a, b) => a.id - b.id);
  const inLedgers = facts.toSorted((a, b) => a.id - b.id);
  // The comparison that names a difference takes its time.
  if (canonicalJson(inLedgers) !== canonicalJson(inOrder)) expect(inLedgers).toEqual(inOrder);
}

/** Throws with what was found; cheaper than an assertion, since it is asked after each step. */
function mustBeNone(what: string, found: readonly unknown[]): void {
  if (found.length > 0) throw new Error(`There are ${what}: ${JSON.stringify(found.slice(0, 5))}`);
}

function rowsOf(rows: readonly StoredRow[], entity: string): readonly StoredRow[] {
  return rows.filter(({ entityName }) => entityName === entity);
}
