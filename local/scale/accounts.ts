/** The books of a simulation: what was used, by day and by what it was used for. */

/** What is counted. Bytes read are those of values; Forge bills an empty read as 1 KB. */
export const COUNTED = [
  'invocations',
  'runMilliseconds',
  'gigabyteSeconds',
  'cpuMilliseconds',
  'bitbucketRequests',
  'bitbucketRefusals',
  'storageRequests',
  'readUnits',
  'writeUnits',
  'bytesRead',
  'emptyReads',
  'bytesWritten',
  'pushes',
  'pushedEvents',
  'logLines',
  'logBytes',
] as const;

/** So much of each. */
export type Totals = Record<(typeof COUNTED)[number], number>;

/** What a piece of work was for, for example `live refresh-pull-request` or `work pull-requests history`. */
export type Purpose = string;

const DAY_MILLISECONDS = 86_400_000;

/** Nothing of anything. */
export function noTotals(): Totals {
  return {
    invocations: 0,
    runMilliseconds: 0,
    gigabyteSeconds: 0,
    cpuMilliseconds: 0,
    bitbucketRequests: 0,
    bitbucketRefusals: 0,
    storageRequests: 0,
    readUnits: 0,
    writeUnits: 0,
    bytesRead: 0,
    emptyReads: 0,
    bytesWritten: 0,
    pushes: 0,
    pushedEvents: 0,
    logLines: 0,
    logBytes: 0,
  };
}

/** Adds `more`, `times` over, to `sum`, which is changed. */
export function addTotals(sum: Totals, more: Totals, times = 1): Totals {
  for (const name of COUNTED) sum[name] += more[name] * times;
  return sum;
}

/** Everything that one installation used. */
export class Accounts {
  private readonly days: Map<Purpose, Totals>[] = [];

  constructor(private readonly startsAt: number) {}

  /** The account to charge for a purpose at an instant. */
  of(purpose: Purpose, now: number): Totals {
    const day = Math.floor((now - this.startsAt) / DAY_MILLISECONDS);
    const accounts = (this.days[day] ??= new Map<Purpose, Totals>());
    const known = accounts.get(purpose);
    if (known !== undefined) return known;
    const opened = noTotals();
    accounts.set(purpose, opened);
    return opened;
  }

  /** The sums by purpose of the days from `first` up to, not including, `end`; day 0 is the first. */
  byPurpose(first = 0, end = Number.POSITIVE_INFINITY): ReadonlyMap<Purpose, Totals> {
    const sums = new Map<Purpose, Totals>();
    this.days.slice(first, end).forEach((accounts) => {
      for (const [purpose, totals] of accounts) {
        sums.set(purpose, addTotals(sums.get(purpose) ?? noTotals(), totals));
      }
    });
    return sums;
  }

  /** Everything in the days from `first` up to, not including, `end`, of the purposes that `isMeant` names. */
  sum(
    isMeant: (purpose: Purpose) => boolean = () => true,
    first = 0,
    end = Number.POSITIVE_INFINITY,
  ): Totals {
    const sum = noTotals();
    for (const [purpose, totals] of this.byPurpose(first, end)) {
      if (isMeant(purpose)) addTotals(sum, totals);
    }
    return sum;
  }
}
