/** How far a recount is, and what it found. */
import { z } from 'zod';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Window } from '../../metrics/figures';
import type { RecountDifference, RecountedFact } from '../../metrics/recount';
import type { Task } from '../../storage/tasks';
import { stateOf, type TaskProgress } from '../task-progress';

/** More differences than these are counted, but not listed: a task's row must stay below Forge's 240 KiB. */
export const MOST_LISTED = 1_000;

/** A fact's value; of a list, such as of reviews, only how many entries it has. */
const recountedValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.object({ entries: z.number().int() }),
]);

export type RecountedValue = z.output<typeof recountedValue>;

const difference = z.object({
  pullRequest: z.number().int(),
  fact: z.string(),
  before: recountedValue,
  after: recountedValue,
});

export const recountState = z.object({
  /** Absent where a release without it wrote the row. */
  version: z.literal(1).default(1),
  startedAt: z.number().int(),
  updatedAt: z.number().int(),
  window: z.object({ from: z.number().int(), to: z.number().int() }),
  /** `list`: which pull requests there are; `read`: each of them by itself. */
  step: z.enum(['list', 'read']),
  /** Bitbucket's text of the last row's `updated_on`, from which the next page of the list is asked for. */
  listFrom: z.string().nullable(),
  next: z.string().nullable(),
  /** Still to be read, and how many there were. */
  left: z.array(z.number().int()),
  total: z.number().int(),
  /** Its differences are counted, its repair may not be stored yet: it is read again, and not counted twice. */
  repairing: z.number().int().nullable(),
  /** In the order of finding, and how many there are in all. */
  differences: z.array(difference),
  found: z.number().int(),
  /** Pull requests of which an answer was read that had not been before: nothing differs, more is known. */
  completed: z.number().int(),
  /** Those that Bitbucket no longer has; the store keeps what it knew. */
  gone: z.number().int(),
  requests: z.number().int(),
});

export type RecountState = z.output<typeof recountState>;

/** `known` are the pull requests of the window that the store has. */
export function recountBeginning(window: Window, known: readonly number[], now: EpochSeconds): RecountState {
  return {
    version: 1,
    startedAt: now,
    updatedAt: now,
    window: { from: window.from, to: window.to },
    step: 'list',
    listFrom: null,
    next: null,
    left: [...known],
    total: known.length,
    repairing: null,
    differences: [],
    found: 0,
    completed: 0,
    gone: 0,
    requests: 0,
  };
}

/** What is stored of a difference: ids, instants, counts and states. */
export function storedDifference({ pullRequest, fact, before, after }: RecountDifference): {
  pullRequest: number;
  fact: RecountedFact;
  before: RecountedValue;
  after: RecountedValue;
} {
  return { pullRequest, fact, before: plain(before), after: plain(after) };
}

function plain(value: RecountDifference['before']): RecountedValue {
  return typeof value === 'object' && value !== null ? { entries: value.length } : value;
}

/** How far it is, as of every task; and what it found. */
export function recountProgress(
  task: Task,
): TaskProgress &
  Pick<RecountState, 'startedAt' | 'updatedAt' | 'window'> & { readonly result: RecountState } {
  const result = recountState.parse(task.state);
  const { left, total, step, requests, startedAt, updatedAt, window } = result;
  return {
    ...stateOf(task, { isComplete: task.queue === 'idle', hasBegun: requests > 0, notice: null }),
    done: total - left.length,
    // While the list is read, more may come.
    expected: step === 'list' ? null : total,
    requests,
    startedAt,
    updatedAt,
    window,
    result,
  };
}
