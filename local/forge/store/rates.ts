/** Counts what the store is asked for in Forge's units, and refuses what is over Forge's rates where told to. */
import { StoreRefusal } from './answers';

/** Requests that an installation may make in one second. */
const REQUESTS_PER_SECOND = 1_000;
/** Read units, and write units, that an installation may use in one minute. */
const UNITS_PER_MINUTE = 4_000;
/** Bytes of one read or write unit; a request's size is rounded up. */
const UNIT_BYTES = 10 * 1024;

/** What the store was asked for since it was opened. */
export interface StoreUsage extends MinuteUsage {
  /** Requests answered with an error, rate refusals included. */
  readonly refused: number;
  /** Bytes of value JSON read. */
  readonly bytesRead: number;
  /** Bytes of value JSON written. */
  readonly bytesWritten: number;
  /** The most requests in any one second of the clock. */
  readonly peakPerSecond: number;
  /** Requests of each path of the storage service. */
  readonly requestsByPath: Readonly<Record<string, number>>;
  /** The highest count of each kind in any one minute of the clock. */
  readonly peakPerMinute: MinuteUsage;
}

/** Requests and units of 10 KB. */
export interface MinuteUsage {
  readonly requests: number;
  readonly readUnits: number;
  readonly writeUnits: number;
}

type Kind = keyof MinuteUsage;

/** Told of each read and write: its bytes of value JSON, and its units of 10 KB. */
export type UseListener = (kind: 'read' | 'write', bytes: number, units: number) => void;

/** The meter of one installation's store. Windows are whole seconds and minutes of the clock. */
export class UsageMeter {
  private readonly total: Record<Kind, number> = { requests: 0, readUnits: 0, writeUnits: 0 };
  private readonly peak: Record<Kind, number> = { requests: 0, readUnits: 0, writeUnits: 0 };
  private minute: Record<Kind, number> = { requests: 0, readUnits: 0, writeUnits: 0 };
  private minuteNumber = Number.NaN;
  private second = { number: Number.NaN, requests: 0 };
  private peakPerSecond = 0;
  private bytesRead = 0;
  private bytesWritten = 0;
  private refused = 0;
  private readonly paths = new Map<string, number>();

  constructor(
    private readonly clock: { now(): number },
    private readonly enforce: boolean,
    private readonly onUse: UseListener = () => undefined,
  ) {}

  /** Counts a request before anything else is done for it. */
  request(path: string): void {
    const number = Math.floor(this.clock.now() / 1_000);
    if (number !== this.second.number) {
      this.second = { number, requests: 0 };
    }
    this.second.requests += 1;
    this.peakPerSecond = Math.max(this.peakPerSecond, this.second.requests);
    this.paths.set(path, (this.paths.get(path) ?? 0) + 1);
    this.count('requests', 1);
    if (this.enforce && this.second.requests > REQUESTS_PER_SECOND) {
      throw rateLimitExceeded(`${REQUESTS_PER_SECOND} requests a second`);
    }
  }

  /** Counts what a request read: its bytes together, rounded up once; an empty read is one unit. */
  read(bytes: number): void {
    this.onUse('read', bytes, this.spend('readUnits', bytes));
    this.bytesRead += bytes;
  }

  /** Counts what a request writes, before it writes; a batch or transaction counts once, a delete is one unit. */
  write(bytes: number): void {
    this.onUse('write', bytes, this.spend('writeUnits', bytes));
    this.bytesWritten += bytes;
  }

  /** Counts an error answer. */
  refusal(): void {
    this.refused += 1;
  }

  /** A copy of the counts. */
  usage(): StoreUsage {
    return {
      ...this.total,
      refused: this.refused,
      bytesRead: this.bytesRead,
      bytesWritten: this.bytesWritten,
      requestsByPath: Object.fromEntries(this.paths),
      peakPerMinute: { ...this.peak },
      peakPerSecond: this.peakPerSecond,
    };
  }

  private spend(kind: 'readUnits' | 'writeUnits', bytes: number): number {
    const units = Math.max(1, Math.ceil(bytes / UNIT_BYTES));
    this.turnMinute();
    if (this.enforce && this.minute[kind] + units > UNITS_PER_MINUTE) {
      throw rateLimitExceeded(
        `${UNITS_PER_MINUTE} ${kind === 'readUnits' ? 'read' : 'write'} units a minute`,
      );
    }
    this.count(kind, units);
    return units;
  }

  private count(kind: Kind, amount: number): void {
    this.turnMinute();
    this.total[kind] += amount;
    this.minute[kind] += amount;
    this.peak[kind] = Math.max(this.peak[kind], this.minute[kind]);
  }

  private turnMinute(): void {
    const number = Math.floor(this.clock.now() / 60_000);
    if (number !== this.minuteNumber) {
      this.minuteNumber = number;
      this.minute = { requests: 0, readUnits: 0, writeUnits: 0 };
    }
  }
}

function rateLimitExceeded(limit: string): StoreRefusal {
  return new StoreRefusal(
    429,
    'RATE_LIMIT_EXCEEDED',
    `The storage rate limit of ${limit} has been exceeded.`,
  );
}
