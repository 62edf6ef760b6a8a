/** What the screen shows of a recount: how far it is, and every difference that it found and repaired. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Window } from '../../metrics/figures';
import type { RecountBeginning } from '../../sync/recount/begin-recount';
import type { RecountedValue } from '../../sync/recount/recount-state';
import type { Trouble } from '../../sync/trouble';
import type { ImportState } from '../contract';

export interface RecountAnswer {
  readonly outcome: Exclude<RecountBeginning, 'unknown'>;
}

export interface ReportedDifference {
  readonly pullRequest: number;
  /** The fact's name (METRICS 1); `id` where only one of the readings has the pull request at all. */
  readonly fact: string;
  readonly before: RecountedValue;
  readonly after: RecountedValue;
}

export interface RecountReport {
  readonly asOf: EpochSeconds;
  /** The latest; `null` where there has been none. */
  readonly recount: {
    readonly state: ImportState;
    /** Why it is held up; `null` where it is not. */
    readonly trouble: Trouble | null;
    readonly window: Window;
    readonly startedAt: EpochSeconds;
    /** When it ended, or how far it had come. */
    readonly updatedAt: EpochSeconds;
    /** Pull requests read, and how many there are; `null` while that is looked for. */
    readonly done: number;
    readonly expected: number | null;
    readonly remainingSeconds: number | null;
    readonly requests: number;
    /** In all; `differences` lists the first of them. */
    readonly found: number;
    readonly differences: readonly ReportedDifference[];
    /** Pull requests of which more is known than before, and such that Bitbucket no longer has. */
    readonly completed: number;
    readonly gone: number;
  } | null;
}
