/** How far a reconciliation is, and what earlier ones found. */
import { z } from 'zod';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Task } from '../../storage/tasks';
import { storedTrouble } from '../trouble-of';

/** The steps of a cycle, in this order. */
const STEPS = ['idle', 'log', 'list', 'refresh', 'branch', 'pipelines', 'deployments'] as const;
export type ReconciliationStep = (typeof STEPS)[number];

export const reconciliationState = z.object({
  version: z.literal(1).default(1),
  step: z.enum(STEPS),
  /** Epoch seconds: up to here the store agrees with Bitbucket. */
  watermark: z.number().int(),
  /** Up to here this cycle compares; later changes have events that may still be on their way. */
  until: z.number().int(),
  /** Bitbucket's text of the last row's `updated_on` and the rows of that instant: the next page begins there. */
  listFrom: z.string().nullable(),
  next: z.string().nullable(),
  pages: z.number().int(),
  /** Pull requests that changed since they were read. */
  stale: z.array(z.number().int()),
  /** Those of them whose refresh an event had asked for: to find them changed heals nothing. */
  asked: z.array(z.number().int()).default([]),
  /** How many of the import's doubtful ones were taken over. */
  doubtfulTaken: z.number().int(),
  /** The main branch's last commit as far as its pushes are known (12 digits). */
  head: z.string().nullable(),
  /** While its pages are followed: the commit that comes next on the main branch, and what `head` will be. */
  branchNext: z.string().nullable(),
  newHead: z.string().nullable(),
  lastAt: z.number().int().nullable(),
  /** When everything is compared again; `null`: at once, or where a version without it wrote the row. */
  dueAt: z.number().int().nullable().default(null),
  /** Only the refreshes that were left are made in this turn. */
  isOnlyLeft: z.boolean().default(false),
  /** Whether anything happened here since the watermark, as far as events and the steps so far tell. */
  hasMoved: z.boolean(),
  /** When a comparison last found that something had happened; `null` where a version without it wrote the row. */
  movedAt: z.number().int().nullable().default(null),
  /** In this cycle the activity log had nothing new. */
  isLogQuiet: z.boolean().default(false),
  /** When pushes, pipelines and deployments were last looked for where nothing else happened. */
  allAt: z.number().int(),
  healed: z.number().int(),
  /** What `healed` was when this cycle began. */
  healedBefore: z.number().int().default(0),
  requests: z.number().int(),
  /** Why a step stopped before its end. */
  notice: storedTrouble,
});

export type ReconciliationState = z.output<typeof reconciliationState>;

/** What happened before `now` is the import's; everything since is compared for the first time at `dueAt`. */
export function reconciliationBeginning(now: EpochSeconds, dueAt: EpochSeconds): ReconciliationState {
  return {
    version: 1,
    step: 'idle',
    watermark: now,
    until: now,
    listFrom: null,
    next: null,
    pages: 0,
    stale: [],
    asked: [],
    doubtfulTaken: 0,
    head: null,
    branchNext: null,
    newHead: null,
    lastAt: null,
    dueAt,
    isOnlyLeft: false,
    hasMoved: false,
    movedAt: now,
    isLogQuiet: false,
    allAt: now,
    healed: 0,
    healedBefore: 0,
    requests: 0,
    notice: null,
  };
}

/** The state in which everything is compared again from the watermark on, wherever a cycle is. */
export function reconciliationAnew(task: Task): ReconciliationState {
  const state = reconciliationState.parse(task.state);
  return {
    ...state,
    step: 'idle',
    dueAt: null,
    isOnlyLeft: false,
    pages: 0,
    listFrom: null,
    next: null,
    branchNext: null,
    newHead: null,
    // Those of a cycle that did not come to its end are taken over once more.
    doubtfulTaken: state.step === 'idle' ? state.doubtfulTaken : 0,
    allAt: 0,
  };
}

export interface ReconciliationProgress {
  readonly lastAt: EpochSeconds | null;
  readonly nextAt: EpochSeconds;
  readonly healed: number;
  readonly requests: number;
}

export function reconciliationProgress(task: Task): ReconciliationProgress {
  const { lastAt, healed, requests } = reconciliationState.parse(task.state);
  return { lastAt, nextAt: task.rank, healed, requests };
}
