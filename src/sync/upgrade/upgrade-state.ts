/** How far the rewriting of what earlier releases stored is: small enough to be saved after each step. */
import { z } from 'zod';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { STORE_VERSION, UNMARKED_VERSION } from '../../storage/store-version';
import { UPGRADE_STEPS } from './upgrade-steps';

export const upgradeState = z.object({
  /** The version that every row has already, and the one to which they are brought. */
  from: z.number().int(),
  to: z.number().int(),
  /** So many of the steps that lie between them are done; in the next, what comes up to this key is. */
  stepsDone: z.number().int(),
  after: z.string().nullable(),
  rewritten: z.number().int(),
  /** Left as they are: damaged. */
  unreadable: z.number().int(),
  /** Epoch seconds; `null` while rows are left. */
  endedAt: z.number().int().nullable(),
});

export type UpgradeState = z.output<typeof upgradeState>;

/** Nothing is rewritten yet of a store whose rows all have version `from`. */
export function upgradeBeginning(from = UNMARKED_VERSION): UpgradeState {
  return {
    from,
    to: STORE_VERSION,
    stepsDone: 0,
    after: null,
    rewritten: 0,
    unreadable: 0,
    endedAt: null,
  };
}

/** The state that has the rows of an earlier release rewritten; `null` where this release's are what is aimed at. */
export function upgradeAfter(state: unknown): UpgradeState | null {
  const stored = upgradeState.safeParse(state);
  // Where it cannot be read, nothing tells what is done.
  if (!stored.success) return upgradeBeginning();
  const { from, to, endedAt } = stored.data;
  if (to >= STORE_VERSION) return null;
  // What was not finished is still to do.
  return upgradeBeginning(endedAt === null ? from : to);
}

/** The steps from one version to another, in their order. */
export function stepsOf({ from, to }: UpgradeState): typeof UPGRADE_STEPS {
  return UPGRADE_STEPS.filter(({ version }) => version > from && version <= to);
}

/** For the screens: the version that is aimed at, and how much of the store has it. */
export interface UpgradeProgress {
  readonly version: number;
  /** From 0 to 1. */
  readonly done: number;
  readonly rewritten: number;
  readonly endedAt: EpochSeconds | null;
}

/** Hexadecimal digits that place a key: rows are spread evenly over them, since keys begin with a uuid. */
const DIGITS = 4;

export function upgradeProgress(raw: unknown): UpgradeProgress {
  const state = upgradeState.parse(raw);
  const { to, stepsDone, after, rewritten, endedAt } = state;
  const steps = stepsOf(state).length;
  const place = Number.parseInt(after?.slice(0, DIGITS) ?? '0', 16) / 16 ** DIGITS;
  const done = endedAt !== null || steps === 0 ? 1 : (stepsDone + (Number.isNaN(place) ? 0 : place)) / steps;
  return { version: to, done: Math.min(1, done), rewritten, endedAt };
}
