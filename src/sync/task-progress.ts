/** What the screens show of every task. */
import type { Task } from '../storage/tasks';
import { asTrouble, type Trouble } from './trouble';

export interface TaskProgress {
  readonly state: 'waiting' | 'importing' | 'complete' | 'failed';
  readonly done: number;
  /** `null` until Bitbucket said how many there are. */
  readonly expected: number | null;
  readonly requests: number;
  /** Why it is held up, or why not all could be read; `null` where neither. */
  readonly trouble: Trouble | null;
}

/** A passing fault is nobody's concern; one that lasts is shown. */
const FAILURES_SHOWN = 3;

/** `notice`: what could not be read of that which was. */
export function stateOf(
  task: Task,
  { isComplete, hasBegun, notice }: { isComplete: boolean; hasBegun: boolean; notice: Trouble | null },
): Pick<TaskProgress, 'state' | 'trouble'> {
  if (isComplete) return { state: 'complete', trouble: notice };
  const trouble = asTrouble(task.trouble);
  // A refusal does not pass by itself: it is shown at once. One right after the installation is still waited for.
  const isLasting = task.failures >= FAILURES_SHOWN && trouble?.cause !== 'permission-awaited';
  if (isLasting || trouble?.cause === 'missing-permission') return { state: 'failed', trouble };
  const isAwaited = trouble?.cause === 'permission-awaited';
  return { state: hasBegun ? 'importing' : 'waiting', trouble: isAwaited ? trouble : notice };
}
