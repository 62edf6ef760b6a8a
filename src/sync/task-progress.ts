/** What the screens show of every task. */
import type { Task } from '../storage/tasks';

export interface TaskProgress {
  readonly state: 'waiting' | 'importing' | 'complete' | 'failed';
  readonly done: number;
  /** `null` until Bitbucket said how many there are. */
  readonly expected: number | null;
  readonly requests: number;
  /** Why it is held up, or what could not be read, in a sentence. */
  readonly reason: string | null;
}

/** A passing fault is nobody's concern; one that lasts is shown. */
const FAILURES_SHOWN = 3;

export function stateOf(
  task: Task,
  { isComplete, hasBegun, notice }: { isComplete: boolean; hasBegun: boolean; notice: string | null },
): Pick<TaskProgress, 'state' | 'reason'> {
  if (isComplete) return { state: 'complete', reason: notice };
  if (task.failures >= FAILURES_SHOWN) return { state: 'failed', reason: task.reason };
  return { state: hasBegun ? 'importing' : 'waiting', reason: notice };
}
