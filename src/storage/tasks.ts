/** Work that goes on in steps: each task's place, the queue it waits in, and the lease that keeps a second runner away. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { StorageConflict } from './errors';
import {
  createEntity,
  getEntity,
  getMany,
  queryEntity,
  queryLowest,
  transact,
  type TransactionSet,
} from './forge-storage';
import { ENTITY, INDEX, key, type RepositoryId } from './keys';

/** What is done for each repository, independently of each other. */
export const TASK_NAMES = [
  'pull-requests',
  'deployments',
  'pipelines',
  'sizes',
  'reconciliation',
  'recount',
] as const;
export type TaskName = (typeof TASK_NAMES)[number];

/**
 * Queues in the order in which they are served; what is in `idle` waits for nobody. What happens today comes before what
 * happened: reconciliation has a share of the requests of its own, so it leaves the others theirs.
 */
export const WORK_QUEUES = ['reconciliation', 'open', 'recent', 'history', 'sizes'] as const;
export type WorkQueue = (typeof WORK_QUEUES)[number];
export type Queue = WorkQueue | 'idle';

const keptTrouble = z.object({ cause: z.string(), scope: z.string().nullable() });

const storedTask = z.object({
  repository: z.string(),
  name: z.enum(TASK_NAMES),
  queue: z.enum([...WORK_QUEUES, 'idle']),
  rank: z.number().int(),
  version: z.number().int(),
  detail: z.object({
    lease: z.object({ holder: z.string(), until: z.number().int() }).nullable(),
    /** The rank it has when nothing holds it up. */
    usualRank: z.number().int(),
    /** Failures in a row, and the cause of the last in a sentence. */
    failures: z.number().int(),
    reason: z.string().nullable(),
    /** The same for the screens; `null` where a version without it wrote the row. */
    trouble: keptTrouble.nullable().default(null),
    /** The task's own, read by whoever works on it. */
    state: z.unknown(),
  }),
});

type StoredTask = z.output<typeof storedTask>;

/** Why a task is held up: a cause, and the permission that is missing. */
export type KeptTrouble = z.output<typeof keptTrouble>;

/** A task as it is stored; `state` belongs to whoever works on it. */
export interface Task {
  readonly repository: RepositoryId;
  readonly name: TaskName;
  readonly queue: Queue;
  /** Lower comes first; a positive one is also the instant before which it does not come (epoch seconds). */
  readonly rank: number;
  readonly failures: number;
  /** The cause of the last failure in a sentence, for the log and dead letters. */
  readonly reason: string | null;
  readonly trouble: KeptTrouble | null;
  readonly state: unknown;
}

/** Where a task goes on, and when. */
export interface Place {
  readonly queue: Queue;
  readonly rank: number;
}

/** A task that nothing holds up. */
export const NO_FAILURE = { failures: 0, reason: null, trouble: null } as const;

/** A runner saves every few seconds. */
const MOST_ATTEMPTS = 8;

/** A step takes seconds; a runner that saved nothing for this long was killed. */
const LEASE_SECONDS = 150;

/** Creates a task unless it exists; tells whether it did not. */
export function createTask(
  repository: RepositoryId,
  name: TaskName,
  { queue, rank }: Place,
  state: object,
): Promise<boolean> {
  const detail = { lease: null, usualRank: rank, ...NO_FAILURE, state };
  return createEntity(ENTITY.task, key.task(repository, name), {
    repository,
    name,
    queue,
    rank,
    version: 0,
    detail,
  });
}

/** Puts a task back to its beginning, whoever works on it; that runner's next save fails. Creates it where there is none. */
export async function restartTask(
  repository: RepositoryId,
  name: TaskName,
  { queue, rank }: Place,
  state: object,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const raw = await getEntity(ENTITY.task, key.task(repository, name));
    if (raw === undefined) {
      if (await createTask(repository, name, { queue, rank }, state)) return;
      continue;
    }
    const { version } = storedTask.parse(raw);
    const detail = { lease: null, usualRank: rank, ...NO_FAILURE, state };
    const value = { repository, name, queue, rank, version: version + 1, detail };
    try {
      await transact([
        { key: key.task(repository, name), entityName: ENTITY.task, value, ifVersion: version },
      ]);
      return;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/**
 * Changes the state of a task that nobody works on, in its place; nothing where there is none, or where the change gives
 * back `null`. Throws StorageConflict only where others kept writing first.
 */
export async function changeTaskState(
  repository: RepositoryId,
  name: TaskName,
  change: (state: unknown) => object | null,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const raw = await getEntity(ENTITY.task, key.task(repository, name));
    if (raw === undefined) return;
    const stored = storedTask.parse(raw);
    const state = change(stored.detail.state);
    if (state === null) return;
    const value = { ...stored, version: stored.version + 1, detail: { ...stored.detail, state } };
    try {
      await transact([
        { key: key.task(repository, name), entityName: ENTITY.task, value, ifVersion: stored.version },
      ]);
      return;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/**
 * Has a task come no later than an instant. Nothing changes where it comes earlier, or where somebody works on it: whoever
 * does says when it comes again. Tells whether there is such a task. Throws StorageConflict only where others kept
 * writing first.
 */
export async function advanceTask(
  repository: RepositoryId,
  name: TaskName,
  at: EpochSeconds,
  now: EpochSeconds,
): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const raw = await getEntity(ENTITY.task, key.task(repository, name));
    if (raw === undefined) return false;
    const stored = storedTask.parse(raw);
    const { lease } = stored.detail;
    if (stored.rank <= at || (lease !== null && lease.until > now)) return true;
    const value = { ...stored, version: stored.version + 1, rank: at };
    try {
      await transact([
        { key: key.task(repository, name), entityName: ENTITY.task, value, ifVersion: stored.version },
      ]);
      return true;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

export async function readTask(repository: RepositoryId, name: TaskName): Promise<Task | null> {
  const stored = await getEntity(ENTITY.task, key.task(repository, name));
  return stored === undefined ? null : taskOf(storedTask.parse(stored));
}

/** The key under which a task is read together with other things. */
export function taskItem(repository: RepositoryId, name: TaskName): { key: string; entityName: string } {
  return { key: key.task(repository, name), entityName: ENTITY.task };
}

/** A row that was read with `taskItem`; `null` where there was none. */
export function parseTask(row: unknown): Task | null {
  return row === undefined ? null : taskOf(storedTask.parse(row));
}

/** Every task of a repository in one request; those that do not exist are absent. */
export async function readTasks(repository: RepositoryId): Promise<ReadonlyMap<TaskName, Task>> {
  const rows = await getMany(TASK_NAMES.map((name) => taskItem(repository, name)));
  const tasks = [...rows.values()].map((row) => taskOf(storedTask.parse(row)));
  return new Map(tasks.map((task) => [task.name, task]));
}

const taskName = z.object({ repository: z.string(), name: z.enum(TASK_NAMES) });

/** One page of a query. */
const MOST_LOOKED_AT = 100;

/** Tasks of a queue that may be worked on, the most urgent first. Eventually consistent: `lease` decides. */
export async function dueTasks(
  queue: WorkQueue,
  now: EpochSeconds,
  limit: number,
): Promise<readonly Pick<Task, 'repository' | 'name'>[]> {
  const rows = await queryLowest(ENTITY.task, INDEX.byQueue, [queue], now, limit);
  const readable = rows.flatMap(({ value }) => {
    const named = taskName.safeParse(value);
    return named.success ? [named.data] : [];
  });
  // One of a name that only another version knows must not stand before all others for ever.
  if (readable.length === rows.length || limit >= MOST_LOOKED_AT) return readable;
  return dueTasks(queue, now, MOST_LOOKED_AT);
}

/** Every task that waits in a queue and can be read. Eventually consistent. */
export async function* tasksIn(queue: Queue): AsyncGenerator<Task> {
  for await (const { value } of queryEntity(ENTITY.task, INDEX.byQueue, [queue])) {
    const stored = storedTask.safeParse(value);
    if (stored.success) yield taskOf(stored.data);
  }
}

/**
 * Takes a task for this runner; `taken` where another runner has it, `null` where it is elsewhere by now, not due, or its
 * row cannot be read.
 */
export async function leaseTask(
  repository: RepositoryId,
  name: TaskName,
  queue: WorkQueue,
  holder: string,
  now: EpochSeconds,
): Promise<Lease | 'taken' | null> {
  const raw = await getEntity(ENTITY.task, key.task(repository, name));
  const parsed = storedTask.safeParse(raw);
  if (!parsed.success) return null;
  const stored = parsed.data;
  if (stored.queue !== queue || stored.rank > now) return null;
  const { lease } = stored.detail;
  if (lease !== null && lease.holder !== holder && lease.until > now) return 'taken';
  const taken = new Lease(stored, holder);
  try {
    await taken.takeOver(now);
    return taken;
  } catch (error) {
    if (error instanceof StorageConflict) return 'taken';
    throw error;
  }
}

/** What a save changes beside the state; whatever is not named goes back to its usual value. */
export interface Save {
  readonly state: unknown;
  readonly queue: Queue;
  readonly now: EpochSeconds;
  /** For a task that comes again at its time; absent: the rank it was created with. */
  readonly rank?: number;
  /** The task is held up: how often in a row by now, and why. */
  readonly heldUp?: { readonly failures: number; readonly reason: string; readonly trouble: KeptTrouble };
  /** Lets the next runner have it at once. */
  readonly release?: boolean;
  readonly also?: readonly TransactionSet[];
}

/** A task that this runner may work on. Every save is guarded by the last one, so a second runner's would fail. */
export class Lease {
  private version: number;

  constructor(
    private readonly stored: StoredTask,
    private readonly holder: string,
  ) {
    this.version = stored.version;
  }

  get repository(): RepositoryId {
    return this.stored.repository;
  }

  get name(): TaskName {
    return this.stored.name;
  }

  /** State and failures at the time of taking. */
  get task(): Task {
    return taskOf(this.stored);
  }

  /** Marks the task as this runner's. Throws StorageConflict where another one was faster. */
  takeOver(now: EpochSeconds): Promise<void> {
    const { queue, rank, detail } = this.stored;
    const lease = { holder: this.holder, until: now + LEASE_SECONDS };
    return this.write({ queue, rank, detail: { ...detail, lease } }, []);
  }

  /** Saves how far the task is, together with `also`: all or nothing. Throws StorageConflict as above. */
  save({ state, queue, now, rank, heldUp, release, also = [] }: Save): Promise<void> {
    const { usualRank } = this.stored.detail;
    const lease = release ? null : { holder: this.holder, until: now + LEASE_SECONDS };
    const { failures, reason, trouble } = heldUp ?? NO_FAILURE;
    const detail = { lease, usualRank, failures, reason, trouble, state };
    return this.write({ queue, rank: rank ?? usualRank, detail }, also);
  }

  private async write(
    row: Pick<StoredTask, 'queue' | 'rank' | 'detail'>,
    also: readonly TransactionSet[],
  ): Promise<void> {
    const { repository, name } = this.stored;
    await transact([
      {
        key: key.task(repository, name),
        entityName: ENTITY.task,
        value: { repository, name, version: this.version + 1, ...row },
        ifVersion: this.version,
      },
      ...also,
    ]);
    this.version += 1;
  }
}

function taskOf({ repository, name, queue, rank, detail }: StoredTask): Task {
  const { failures, reason, trouble, state } = detail;
  return { repository, name, queue, rank, failures, reason, trouble, state };
}
