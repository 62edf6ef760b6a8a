/** What the tab Work in progress shows: open pull requests, how they came and went, what becomes of them, and why. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { FlowDay, Life, OpenWork } from '../../metrics/cumulative-flow';
import type { OpenPullRequest, Phase } from '../../metrics/figures';
import type { Calibration } from '../../metrics/forecast/calibration';
import type { ComparedMoment, MergeChance } from '../../metrics/forecast/merge-chance';
import type { TimedPhase } from '../../metrics/forecast/phase-stays';
import type { PullRequestWaiting } from '../../metrics/pull-request-waiting';
import type { Completeness } from '../contract';
import type { ReportedWindow } from '../view-query';

/**
 * Why nothing is forecast of a pull request: it is a draft; its activity is not read; too few merges are known; it is
 * older than the history that forecasts look at; too few others ever waited so long in its phase.
 */
export type NoForecast = 'draft' | 'activity-unread' | 'few-merges' | 'older-than-history' | 'nothing-alike';

export type OpenForecast =
  | { readonly kind: 'none'; readonly why: NoForecast }
  | {
      readonly kind: 'chances';
      /** In the phase, on the calendar. */
      readonly waitedSeconds: number;
      readonly compared: number;
      /** For 1, 3 and 7 days; `null` where none of the compared was observed for so long. */
      readonly chances: readonly MergeChance[];
    };

/** One open pull request; what its unread activity would tell is `null`. */
export interface ReportedOpenPullRequest extends Pick<
  OpenPullRequest,
  'id' | 'phase' | 'activityRead' | 'openedAt' | 'ageSeconds' | 'lines' | 'stale' | 'overP85'
> {
  readonly waitingOn: PullRequestWaiting['on'];
  readonly waitingSince: EpochSeconds | null;
  /** Whom it waits on, the longest waited for first; none where nobody is asked, or reviewers are not shown. */
  readonly waitingFor: readonly { readonly personId: string; readonly since: EpochSeconds }[];
  readonly reviews: number | null;
  readonly comments: number | null;
  readonly idleSeconds: number | null;
  readonly forecast: OpenForecast;
}

/** What every forecast is made from: all of the repository's pull requests, whatever the reader filters by. */
export interface ForecastHistory {
  /** Pull requests opened since then; `null` while nothing is read whole. */
  readonly from: EpochSeconds | null;
  /** Whether that is as far back as forecasts look. */
  readonly isWhole: boolean;
  readonly pastMerges: number;
  /** Below so many nothing is forecast. */
  readonly fewestMerges: number;
}

export interface ReportedFlow {
  /** Open when the window began: on each day this + `opened` - `closed` are open. */
  readonly openAtStart: number;
  /** Every day of the window, or every so many of a long one; the last always. */
  readonly days: readonly FlowDay[];
  readonly daysApart: number;
}

export interface OpenWorkReport {
  readonly asOf: EpochSeconds;
  readonly window: ReportedWindow;
  readonly completeness: Pick<Completeness, 'state' | 'readSince'>;
  readonly byPhase: Readonly<Record<Phase, number>>;
  readonly stale: number;
  /** Seconds of the calendar without activity after which one is stale. */
  readonly staleAfterSeconds: number;
  readonly overP85: number;
  /** 85th percentile of `time_to_merge` over the last `daysCompared`; `null` below 5 merges. */
  readonly p85Seconds: number | null;
  readonly daysCompared: number;
  /** False where the workspace's admin switched figures of single reviewers off. */
  readonly showsReviewers: boolean;
  /** Oldest first. */
  readonly pullRequests: readonly ReportedOpenPullRequest[];
  readonly history: ForecastHistory;
  readonly flow: ReportedFlow;
  readonly leftOut: {
    /** Open pull requests of bots. */
    readonly openBots: number;
    /** Closed at an instant that nothing tells, so that they are nowhere in the flow. */
    readonly undated: number;
  };
}

/** What stands behind one day of the flow. */
export interface OpenWorkAtReport {
  readonly day: EpochSeconds;
  /** The instant of the state: the end of the day, or of the window. */
  readonly at: EpochSeconds;
  /** Open then, by id. */
  readonly open: readonly OpenWork[];
  /** What came and went since the shown day before, or the window's beginning; by id. */
  readonly since: EpochSeconds;
  readonly opened: readonly Life[];
  readonly closed: readonly Life[];
}

/** Another pull request that had waited as long in the same phase. */
export interface ComparedPullRequest extends Pick<ComparedMoment, 'id' | 'until' | 'merged'> {
  /** When it had waited for half to twice as long: each counts. */
  readonly moments: readonly EpochSeconds[];
}

/** How the moments stand to one horizon. */
export interface ForecastHorizon extends MergeChance {
  /** Moments followed by the merge within the days. */
  readonly merged: number;
  /** Moments that lie less than the days back, without a merge since: nobody knows yet. */
  readonly undecided: number;
}

/** What the chances of one open pull request were made from. */
export interface ForecastExplanation {
  readonly asOf: EpochSeconds;
  readonly pullRequest: number;
  readonly phase: TimedPhase;
  readonly waitedSeconds: number;
  readonly historyFrom: EpochSeconds;
  readonly moments: number;
  readonly horizons: readonly ForecastHorizon[];
  /** By id. */
  readonly compared: readonly ComparedPullRequest[];
}

/** The forecasts that were judged of one pull request at one instant of the past. */
export interface JudgedMoment {
  readonly at: EpochSeconds;
  readonly id: number;
  readonly phase: TimedPhase;
  /** `null` where it was not merged until today. */
  readonly mergedAt: EpochSeconds | null;
  readonly chances: readonly MergeChance[];
}

/** How often past forecasts came true. */
export interface CalibrationReport {
  readonly asOf: EpochSeconds;
  /** The forecasts looked at pull requests opened since then; `null` while nothing is read whole. */
  readonly historyFrom: EpochSeconds | null;
  /** For 1, 3 and 7 days. */
  readonly calibrations: readonly Calibration[];
  /** What the calibrations are made of, the latest first. */
  readonly moments: readonly JudgedMoment[];
  /** At so many moments a forecast was judged, of so many at which one could be. */
  readonly judged: number;
  readonly of: number;
  readonly fewestMerges: number;
}
