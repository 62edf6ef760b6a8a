/** How far the import of a repository's pipelines, or of its deployments, is. */
import { z } from 'zod';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Task } from '../../storage/tasks';
import { RECENT_SECONDS } from '../import/import-state';
import { stateOf, type TaskProgress } from '../task-progress';

export const deliveryState = z.object({
  /** Absent where a release without it wrote the row. */
  version: z.literal(1).default(1),
  phase: z.enum(['recent', 'history', 'complete']),
  startedAt: z.number().int(),
  updatedAt: z.number().int(),
  since: z.number().int(),
  next: z.string().nullable(),
  done: z.number().int(),
  expected: z.number().int().nullable(),
  requests: z.number().int(),
});

export type DeliveryState = z.output<typeof deliveryState>;

export function deliveryBeginning(now: EpochSeconds): DeliveryState {
  return {
    version: 1,
    phase: 'recent',
    startedAt: now,
    updatedAt: now,
    since: now - RECENT_SECONDS,
    next: null,
    done: 0,
    expected: null,
    requests: 0,
  };
}

export function deliveryProgress(task: Task): TaskProgress {
  const { phase, done, expected, requests } = deliveryState.parse(task.state);
  const isComplete = phase === 'complete';
  return {
    ...stateOf(task, { isComplete, hasBegun: requests > 0, notice: null }),
    done,
    expected: isComplete ? done : expected,
    requests,
  };
}
