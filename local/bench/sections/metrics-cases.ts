/** What the benchmark measures: all that one answer of the resolver computes, and the larger parts of it. */
import type { EpochSeconds } from '../../../src/facts/pull-request-facts';
import { headlineChanges } from '../../../src/metrics/change/headline-changes';
import { cumulativeFlow } from '../../../src/metrics/cumulative-flow';
import { DEFAULT_DELIVERY_SETTINGS } from '../../../src/metrics/delivery/delivery-settings';
import { deliveryFigures } from '../../../src/metrics/delivery/delivery-figures';
import { definitionsTable } from '../../../src/metrics/definitions/other-definitions';
import { explainAny } from '../../../src/metrics/explained/explain-any';
import type { Window } from '../../../src/metrics/figures';
import { calibrationOf, judgedForecasts } from '../../../src/metrics/forecast/calibration';
import { mergeForecasts } from '../../../src/metrics/forecast/merge-chance';
import { environmentFigures } from '../../../src/metrics/pipelines/environment-figures';
import { pipelineFigures } from '../../../src/metrics/pipelines/pipeline-figures';
import { pipelineTrend } from '../../../src/metrics/pipelines/pipeline-trend';
import type { FigureOptions } from '../../../src/metrics/population';
import { pullRequestFigures } from '../../../src/metrics/pull-request-figures';
import { reviewConcentration } from '../../../src/metrics/review-concentration';
import { reviewEvidence, reviewLoadOf } from '../../../src/metrics/review-load';
import { reviewNetwork } from '../../../src/metrics/review-network';
import { stageFigures } from '../../../src/metrics/stages';
import { timeToMergeBars } from '../../../src/metrics/time-to-merge-histogram';
import { weeklyTrend } from '../../../src/metrics/weekly-trend';
import { precedingWindow } from '../../../src/metrics/windows';
import { workInProgress } from '../../../src/metrics/work-in-progress';
import { MONDAY_TO_FRIDAY, workingTime } from '../../../src/metrics/working-time';
import type { GeneratedFacts } from '../generated-facts';

/** What every case gets. */
export interface Setting {
  readonly facts: GeneratedFacts;
  readonly window: Window;
  readonly now: EpochSeconds;
}

export interface BenchCase {
  readonly name: string;
  readonly compute: (setting: Setting) => unknown;
}

const OPTIONS: FigureOptions = { defaultBranch: 'main' };

/** Made anew for each answer, as the resolver does: the offsets of the zone are looked up within the measured time. */
function officeHours(): FigureOptions {
  const hours = { timeZone: 'Europe/Berlin', weekdays: MONDAY_TO_FRIDAY, startMinute: 540, endMinute: 1_020 };
  return { ...OPTIONS, elapsed: workingTime(hours) };
}

function overview({ facts: { pullRequests }, window, now }: Setting, options: FigureOptions): unknown {
  return [
    pullRequestFigures(pullRequests, window, options),
    pullRequestFigures(pullRequests, precedingWindow(window), options),
    headlineChanges(pullRequests, window, options),
    weeklyTrend(pullRequests, window, options),
    timeToMergeBars(pullRequests, window, options),
    stageFigures(pullRequests, window, options),
    workInProgress(pullRequests, now, options),
  ];
}

function delivery({ facts, window, now }: Setting, deploymentSource: 'pipeline' | 'merge'): unknown {
  const settings = { ...DEFAULT_DELIVERY_SETTINGS, deploymentSource };
  return deliveryFigures(facts, [window, precedingWindow(window)], now, settings, OPTIONS);
}

export const CASES: readonly BenchCase[] = [
  { name: 'overview', compute: (setting) => overview(setting, OPTIONS) },
  { name: 'overview by office hours', compute: (setting) => overview(setting, officeHours()) },
  {
    name: '  figures of one window',
    compute: ({ facts, window }) => pullRequestFigures(facts.pullRequests, window, OPTIONS),
  },
  {
    name: '  headline changes',
    compute: ({ facts, window }) => headlineChanges(facts.pullRequests, window, OPTIONS),
  },
  {
    name: 'reviews: loads, concentration, network',
    compute: ({ facts, window, now }) => {
      const evidence = reviewEvidence(facts.pullRequests, window, now, OPTIONS);
      return [evidence.reviewers.map(reviewLoadOf), reviewConcentration(evidence), reviewNetwork(evidence)];
    },
  },
  {
    name: 'open work: cumulative flow',
    compute: ({ facts, window }) => cumulativeFlow(facts.pullRequests, window, OPTIONS),
  },
  { name: 'delivery, by deployments', compute: (setting) => delivery(setting, 'pipeline') },
  { name: 'delivery, by merges', compute: (setting) => delivery(setting, 'merge') },
  {
    name: 'pipelines and environments',
    compute: ({ facts: { pipelines, deployments }, window }) => [
      pipelineFigures(pipelines, window),
      pipelineTrend(pipelines, window),
      environmentFigures(deployments, window),
    ],
  },
  {
    name: 'definitions side by side',
    compute: ({ facts, window }) => definitionsTable(facts.pullRequests, window, OPTIONS),
  },
  {
    name: 'explanation of cycle time',
    compute: ({ facts, window, now }) =>
      explainAny('cycle_time', facts, window, now, OPTIONS, DEFAULT_DELIVERY_SETTINGS),
  },
  {
    name: 'forecasts',
    compute: ({ facts, now }) => mergeForecasts(facts.pullRequests, now, OPTIONS),
  },
  {
    name: 'calibration of forecasts',
    compute: ({ facts, now }) => {
      const { forecasts, judged, of } = judgedForecasts(facts.pullRequests, now, OPTIONS);
      return [calibrationOf(forecasts), judged, of];
    },
  },
];
