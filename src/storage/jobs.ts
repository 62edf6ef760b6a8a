/** Work on the whole workspace, most of which comes again at its time: each job's place, and the lease that keeps a second run away. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { CONNECTION_ITEM, parseConnection, type Connection } from './connection';
import { StorageConflict } from './errors';
import {
  createEntity,
  getEntity,
  getMany,
  transact,
  type ItemKey,
  type TransactionSet,
} from './forge-storage';
import { JOB_ENTITY, key } from './keys';

export const JOB_NAMES = ['upgrade', 'personal-data', 'retention'] as const;
export type JobName = (typeof JOB_NAMES)[number];

const storedJob = z.object({
  version: z.number().int(),
  detail: z.object({
    schema: z.literal(1),
    dueAt: z.number().int(),
    lease: z.object({ holder: z.string(), until: z.number().int() }).nullable(),
    /** Failures in a row. */
    failures: z.number().int(),
    /** When a run last worked on it: 0 where none did, or a version without it wrote the row; `null` once it is restarted. */
    workedAt: z.number().int().nullable().default(0),
    /** The job's own, read by whoever works on it. */
    state: z.unknown(),
  }),
});

type StoredJob = z.output<typeof storedJob>;

/** A job as it is stored; `dueAt` and `workedAt` in epoch seconds. */
export interface Job {
  readonly dueAt: EpochSeconds;
  readonly workedAt: EpochSeconds | null;
  readonly failures: number;
  readonly state: unknown;
}

/** A step takes seconds; a run that saved nothing for this long was killed. */
const LEASE_SECONDS = 150;

const MOST_ATTEMPTS = 8;

/** Of a job that does not come again by itself. */
export const NEVER_DUE: EpochSeconds = 2 ** 31 - 1;

/** Every job, and whether anything is collected: in one request. Throws NewerStore. */
export async function readJobs(): Promise<{
  readonly connection: Connection;
  readonly jobs: ReadonlyMap<JobName, Job>;
}> {
  const rows = await getMany([...JOB_NAMES.map(itemOf), CONNECTION_ITEM]);
  const jobs = new Map<JobName, Job>();
  for (const name of JOB_NAMES) {
    const row = rows.get(key.job(name));
    if (row !== undefined) jobs.set(name, storedJob.parse(row).detail);
  }
  return { connection: parseConnection(rows.get(CONNECTION_ITEM.key)), jobs };
}

/** Creates a job unless it exists. */
export async function createJob(name: JobName, dueAt: EpochSeconds, state: object): Promise<void> {
  const detail = { schema: 1, dueAt, lease: null, failures: 0, workedAt: 0, state };
  await createEntity(JOB_ENTITY, key.job(name), { version: 0, detail });
}

/** Puts a job back to its beginning, whoever works on it: that run's next save fails. Creates it where there is none. */
export async function restartJob(name: JobName, dueAt: EpochSeconds, state: object): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await createJob(name, dueAt, state);
    const { version } = storedJob.parse(await getEntity(JOB_ENTITY, key.job(name)));
    try {
      await transact([
        jobWrite(name, version, { schema: 1, dueAt, lease: null, failures: 0, workedAt: null, state }),
      ]);
      return;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Takes a job for this run; `null` where it is not due, does not exist, or another run has it. */
export async function leaseJob(name: JobName, holder: string, now: EpochSeconds): Promise<JobLease | null> {
  const raw = await getEntity(JOB_ENTITY, key.job(name));
  if (raw === undefined) return null;
  const stored = storedJob.parse(raw);
  const { dueAt, lease } = stored.detail;
  if (dueAt > now || (lease !== null && lease.holder !== holder && lease.until > now)) return null;
  const taken = new JobLease(name, stored, holder);
  try {
    await taken.takeOver(now);
    return taken;
  } catch (error) {
    if (error instanceof StorageConflict) return null;
    throw error;
  }
}

/** What a save changes beside the state. */
export interface JobSave {
  readonly state: object;
  readonly now: EpochSeconds;
  /** When it comes next; absent: it goes on. */
  readonly dueAt?: EpochSeconds;
  /** Failures in a row by now; absent: none. */
  readonly failures?: number;
  /** Lets the next run have it. */
  readonly release?: boolean;
  readonly also?: readonly TransactionSet[];
}

/** A job that this run may work on. Every save is guarded by the last one, so a second run's would fail. */
export class JobLease {
  private version: number;

  constructor(
    readonly name: JobName,
    private readonly stored: StoredJob,
    private readonly holder: string,
  ) {
    this.version = stored.version;
  }

  /** As it was when it was taken. */
  get job(): Job {
    return this.stored.detail;
  }

  /** Marks the job as this run's. Throws StorageConflict where another one was faster. */
  takeOver(now: EpochSeconds): Promise<void> {
    return this.write({ ...this.stored.detail, workedAt: now, lease: this.leaseAt(now) }, []);
  }

  /** Saves how far the job is, together with `also`: all or nothing. Throws StorageConflict as above. */
  save({ state, now, dueAt, failures = 0, release, also = [] }: JobSave): Promise<void> {
    const lease = release === true ? null : this.leaseAt(now);
    const place = { dueAt: dueAt ?? this.job.dueAt, workedAt: now, lease, failures };
    const detail = { schema: 1 as const, ...place, state };
    return this.write(detail, also);
  }

  private leaseAt(now: EpochSeconds): NonNullable<StoredJob['detail']['lease']> {
    return { holder: this.holder, until: now + LEASE_SECONDS };
  }

  private async write(detail: StoredJob['detail'], also: readonly TransactionSet[]): Promise<void> {
    await transact([jobWrite(this.name, this.version, detail), ...also]);
    this.version += 1;
  }
}

function jobWrite(name: JobName, version: number, detail: StoredJob['detail']): TransactionSet {
  return { ...itemOf(name), value: { version: version + 1, detail }, ifVersion: version };
}

function itemOf(name: JobName): ItemKey {
  return { key: key.job(name), entityName: JOB_ENTITY };
}
