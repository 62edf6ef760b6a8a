/** What the Custom UI may ask the resolver and what it gets: imported by both sides, so that they cannot drift. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type {
  Explanation,
  HistogramBar,
  MetricId,
  PullRequestFigures,
  StageFigures,
  WeekFigures,
  Window,
  WorkInProgress,
} from '../metrics/figures';

export const WINDOW_DAYS = [30, 90, 180, 365] as const;
export type WindowDays = (typeof WINDOW_DAYS)[number];

/** Every resolver function answers this: data, or a cause with a sentence for the reader. */
export type Answer<T> =
  | { readonly ok: true; readonly data: T }
  | { readonly ok: false; readonly cause: FailureCause; readonly message: string };

/** `bad-request`: the payload does not fit; `no-repository`: the context names none; `unavailable`: storage or Bitbucket failed, try again. */
export type FailureCause = 'bad-request' | 'no-repository' | 'unavailable';

/** How far the import of this repository has come; `waiting` until its first page is read. */
export type ImportState = 'waiting' | 'importing' | 'complete' | 'failed';

export interface Completeness {
  readonly state: ImportState;
  /** Pull requests stored, and how many Bitbucket says there are (`null` until it said). */
  readonly pullRequests: number;
  readonly expected: number | null;
  /** Of the window's merged pull requests: how many, and for how many each answer is read. */
  readonly inWindow: {
    readonly merged: number;
    readonly withActivity: number;
    readonly withCommits: number;
    readonly withDiffstat: number;
  };
  /** Seconds until the import is complete at its present pace; `null` when complete or not yet known. */
  readonly remainingSeconds: number | null;
  /** A sentence for the reader when `state` is `failed`. */
  readonly reason: string | null;
  readonly lastEventAt: EpochSeconds | null;
}

export interface RepositoryOverview {
  readonly asOf: EpochSeconds;
  readonly repository: { readonly uuid: string; readonly defaultBranch: string | null };
  readonly completeness: Completeness;
  readonly window: Window & { readonly days: WindowDays };
  readonly previousWindow: Window;
  readonly figures: PullRequestFigures;
  readonly previousFigures: PullRequestFigures;
  readonly weeks: readonly WeekFigures[];
  readonly timeToMergeBars: readonly HistogramBar[];
  readonly stages: readonly StageFigures[];
  readonly workInProgress: WorkInProgress;
  /** Pull requests of bots in the window, which no figure counts. */
  readonly botsLeftOut: number;
}

/** Resolver functions: name -> payload and data. The repository always comes from Forge's context. */
export interface ResolverFunctions {
  readonly overview: { readonly payload: { readonly days: WindowDays }; readonly data: RepositoryOverview };
  readonly explain: {
    readonly payload: { readonly days: WindowDays; readonly metric: MetricId };
    readonly data: Explanation;
  };
}

export type ResolverFunction = keyof ResolverFunctions;
