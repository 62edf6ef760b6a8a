/** How far the reading of sizes is. */
import { z } from 'zod';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Task } from '../../storage/tasks';
import { stateOf, type TaskProgress } from '../task-progress';

export const sizesState = z.object({
  version: z.literal(1).default(1),
  startedAt: z.number().int(),
  /** Pull requests whose diffstat is still to be read, the latest first; `null` until they were looked up. */
  left: z.array(z.number().int()).nullable(),
  total: z.number().int(),
  /** Read and not yet part of the facts: these are written together, since each write repeats a whole ledger. */
  read: z.array(
    z.object({
      id: z.number().int(),
      linesAdded: z.number().int(),
      linesRemoved: z.number().int(),
      filesChanged: z.number().int(),
    }),
  ),
  requests: z.number().int(),
  /** Whether any diffstat was answered, and how many were refused before the first that was. */
  isAnswered: z.boolean().default(false),
  refusals: z.number().int().default(0),
});

export type SizesState = z.output<typeof sizesState>;

export function sizesBeginning(now: EpochSeconds): SizesState {
  return {
    version: 1,
    startedAt: now,
    left: null,
    total: 0,
    read: [],
    requests: 0,
    isAnswered: false,
    refusals: 0,
  };
}

export function sizesProgress(task: Task): TaskProgress {
  const { left, total, requests } = sizesState.parse(task.state);
  return {
    ...stateOf(task, { isComplete: task.queue === 'idle', hasBegun: left !== null, notice: null }),
    done: left === null ? 0 : total - left.length,
    expected: left === null ? null : total,
    requests,
  };
}
