/** Says how far the import of a repository's pull requests is, for the screens. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Task } from '../../storage/tasks';
import { stateOf, type TaskProgress } from '../task-progress';
import { importState } from './import-state';

export interface ImportProgress extends TaskProgress {
  readonly isRecentComplete: boolean;
  readonly readSince: EpochSeconds | null;
  readonly startedAt: EpochSeconds;
  readonly updatedAt: EpochSeconds;
}

export function importProgress(task: Task): ImportProgress {
  const state = importState.parse(task.state);
  const { phase, expected, finished, requests, startedAt, updatedAt } = state;
  const isComplete = phase === 'complete';
  return {
    ...stateOf(task, { isComplete, hasBegun: requests > 0, notice: state.notice }),
    isRecentComplete: phase === 'history' || isComplete,
    done: finished,
    expected: isComplete ? finished : expected,
    readSince: state.readSince,
    startedAt,
    updatedAt,
    requests,
  };
}
