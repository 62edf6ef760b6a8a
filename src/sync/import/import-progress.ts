/** Says how far the import of a repository's pull requests is, for the screens. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Task } from '../../storage/tasks';
import { stateOf, type TaskProgress } from '../task-progress';
import { SCOPE_OF_OWN_ANSWERS } from '../trouble-of';
import type { BitbucketScope } from '../trouble';
import { importNotice, importState, refusedAnswer } from './import-state';

export interface ImportProgress extends TaskProgress {
  readonly isRecentComplete: boolean;
  readonly readSince: EpochSeconds | null;
  readonly startedAt: EpochSeconds;
  readonly updatedAt: EpochSeconds;
  /** The permission without which single pull requests do not tell it; `null` where they do. */
  readonly refused: Readonly<Record<'activity' | 'commits', BitbucketScope | null>>;
}

export function importProgress(task: Task): ImportProgress {
  const state = importState.parse(task.state);
  const { phase, expected, finished, requests, startedAt, updatedAt } = state;
  const isComplete = phase === 'complete';
  return {
    ...stateOf(task, { isComplete, hasBegun: requests > 0, notice: importNotice(state) }),
    isRecentComplete: phase === 'history' || isComplete,
    done: finished,
    expected: isComplete ? finished : expected,
    readSince: state.readSince,
    startedAt,
    updatedAt,
    requests,
    refused: {
      activity: refusedAnswer(state, 'activity') === null ? null : SCOPE_OF_OWN_ANSWERS,
      commits: refusedAnswer(state, 'commits') === null ? null : SCOPE_OF_OWN_ANSWERS,
    },
  };
}
