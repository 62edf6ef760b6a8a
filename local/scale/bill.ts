/** What Forge bills for a month, by its published prices (forge-limits.md 5; prices of 2026-08-12, in US dollars). */
import type { Totals } from './accounts';

/** What is billed, each in its unit. */
export interface BilledUse {
  readonly gigabyteSeconds: number;
  readonly gigabytesRead: number;
  readonly gigabytesWritten: number;
  readonly gigabytesLogged: number;
}

interface Price {
  readonly name: string;
  readonly unit: string;
  /** Free in a month, for the app with all its installations. */
  readonly free: number;
  /** Dollars a unit beyond that. */
  readonly price: number;
}

/** Forge's prices; storage at rest, front ends and queues cost nothing. */
export const PRICES: Readonly<Record<keyof BilledUse, Price>> = {
  gigabyteSeconds: { name: 'functions', unit: 'GB-s', free: 200_000, price: 0.000025 },
  gigabytesRead: { name: 'storage read', unit: 'GB', free: 0.1, price: 0.055 },
  gigabytesWritten: { name: 'storage written', unit: 'GB', free: 0.1, price: 1.09 },
  gigabytesLogged: { name: 'logs', unit: 'GB', free: 1, price: 1.005 },
};

/** The capabilities in the order in which they are shown. */
export const BILLED = ['gigabyteSeconds', 'gigabytesRead', 'gigabytesWritten', 'gigabytesLogged'] as const;

/** One line of a bill. */
export interface BillLine {
  readonly capability: keyof BilledUse;
  readonly used: number;
  /** Dollars without the free allowance. */
  readonly full: number;
  /** Dollars where this is the app's only installation. */
  readonly due: number;
}

/** A bill and its sums in dollars. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly full: number;
  readonly due: number;
  /** So many times this use are free in a month, and what ends it. */
  readonly freeWorkspaces: { readonly count: number; readonly endedBy: keyof BilledUse };
}

/** Forge's gigabyte has 2^30 bytes. */
const GIGABYTE = 2 ** 30;

/** Forge bills an empty read as 1 KB. */
const EMPTY_READ_BYTES = 1_024;

/** What is billed of what was counted. */
export function billedUse(totals: Totals): BilledUse {
  return {
    gigabyteSeconds: totals.gigabyteSeconds,
    gigabytesRead: (totals.bytesRead + totals.emptyReads * EMPTY_READ_BYTES) / GIGABYTE,
    gigabytesWritten: totals.bytesWritten / GIGABYTE,
    gigabytesLogged: totals.logBytes / GIGABYTE,
  };
}

/** The bill of one month with this use. */
export function monthlyBill(use: BilledUse): Bill {
  const lines = BILLED.map((capability): BillLine => {
    const { free, price } = PRICES[capability];
    const used = use[capability];
    return { capability, used, full: used * price, due: Math.max(0, used - free) * price };
  });
  const sum = (part: 'full' | 'due'): number => lines.reduce((total, line) => total + line[part], 0);
  const [scarcest] = BILLED.map((capability) => ({
    endedBy: capability,
    count: use[capability] === 0 ? Number.POSITIVE_INFINITY : PRICES[capability].free / use[capability],
  })).sort((a, b) => a.count - b.count);
  return {
    lines,
    full: sum('full'),
    due: sum('due'),
    freeWorkspaces: scarcest ?? { count: Number.POSITIVE_INFINITY, endedBy: 'gigabyteSeconds' },
  };
}
