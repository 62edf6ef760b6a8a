/** Every figure of a recorded repository, reckoned again from what its explanation lists. */
import path from 'node:path';
import { openRecording } from '../../local/bitbucket/recorded-workspace';
import { textOf } from '../../local/bitbucket/values';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { branchLifetime, mergedByBranchKind, mergedByTargetBranch } from '../../src/metrics/branch-strategy';
import { cumulativeFlow, flowIn, openWorkAt } from '../../src/metrics/cumulative-flow';
import type { DefaultBranchPush } from '../../src/metrics/delivery/delivery-facts';
import { DEFAULT_DELIVERY_SETTINGS } from '../../src/metrics/delivery/delivery-settings';
import { definitionsTable, explainDefinition } from '../../src/metrics/definitions/other-definitions';
import { distributionOf } from '../../src/metrics/distribution';
import { explainAny } from '../../src/metrics/explained/explain-any';
import { FIGURE_IDS, type FigureId } from '../../src/metrics/explained/figure-explanation';
import { recompute } from '../../src/metrics/explained/recompute';
import { PHASES, STAGES, type Window } from '../../src/metrics/figures';
import { calibrationOf, judgedForecasts } from '../../src/metrics/forecast/calibration';
import { chancesFrom, explainForecast, mergeForecasts } from '../../src/metrics/forecast/merge-chance';
import { pullRequestFigures } from '../../src/metrics/pull-request-figures';
import { reviewEvidence, reviewLoadOf } from '../../src/metrics/review-load';
import { explainStage, stageFigures } from '../../src/metrics/stages';
import { windowEndingAt } from '../../src/metrics/windows';
import { calendarTime, MONDAY_TO_FRIDAY, withoutWeekends, workingTime } from '../../src/metrics/working-time';
import { readWholeDelivery } from '../../src/storage/delivery-months';
import { withoutBraces } from '../../src/storage/keys';
import { readMainPushes } from '../../src/storage/pushes';
import { readWholeRepository } from '../../src/storage/repository-view';
import { exportedMetrics } from '../../src/views/exported-metrics';
import { startInProcessApp } from '../in-process-app';
import { describeWithSharedData } from '../shared-data';

const RECORDING = 'bitbucket-archive/osrf__drcsim';
const PULL_REQUESTS = 544;
/** In the middle of the recorded years: some of what is known is still open, and some of what is open was merged later. */
const NOW = Date.UTC(2014, 5, 1) / 1000;
const TIMEOUT = 300_000;

/** What the recording tells nothing of: diffstats, pushes, pipelines and deployments; and nothing there was a remedy. */
const WITHOUT_VALUES: readonly FigureId[] = [
  'size_lines',
  'size_files',
  'time_to_restore',
  'direct_pushes',
  'hotfix_pushes',
  'pipeline_duration',
  'pipeline_success_rate',
  'pipeline_queue_time',
  'deployment_duration',
];

const CLOCKS = {
  calendar: calendarTime,
  weekdays: withoutWeekends('America/Los_Angeles'),
  'office hours': workingTime({
    timeZone: 'America/Los_Angeles',
    weekdays: MONDAY_TO_FRIDAY,
    startMinute: 9 * 60,
    endMinute: 17 * 60,
  }),
};

describeWithSharedData('the explanations of a recorded repository', (data) => {
  let pullRequests: readonly PullRequestFacts[] = [];
  let pushes: readonly DefaultBranchPush[] = [];
  let delivery: Awaited<ReturnType<typeof readWholeDelivery>> = { pipelines: [], deployments: [] };
  let defaultBranch: string | null = null;
  const windows: readonly Window[] = [90, 365].map((days) => windowEndingAt(NOW, days));

  beforeAll(async () => {
    const source = openRecording(path.join(data, RECORDING));
    const uuid = withoutBraces(textOf(source.repositories()[0]?.repository() ?? {}, 'uuid') ?? '');
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2016, 6, 1));
    const app = await startInProcessApp(source);
    try {
      await app.install();
      await app.drain();
      const { record, facts } = await readWholeRepository(uuid);
      defaultBranch = record?.defaultBranch ?? null;
      pullRequests = facts;
      pushes = await readMainPushes(uuid);
      delivery = await readWholeDelivery(uuid);
    } finally {
      await app.close();
      clock.mockRestore();
    }
  }, TIMEOUT);

  it('are of all that was recorded', () => {
    expect(pullRequests).toHaveLength(PULL_REQUESTS);
    expect(defaultBranch).not.toBeNull();
  });

  describe.each(Object.entries(CLOCKS))('by the %s', (_, elapsed) => {
    it.each(FIGURE_IDS)('%s is given again by its items', (figureId) => {
      const options = { defaultBranch, elapsed };
      const exported = exportedMetrics(
        { pullRequests, delivery, pushes, tags: [] },
        windows,
        NOW,
        options,
        DEFAULT_DELIVERY_SETTINGS,
      );
      let items = 0;
      for (const [place, window] of windows.entries()) {
        const explanation = explainAny(
          figureId,
          { pullRequests, ...delivery, pushes, tags: [] },
          window,
          NOW,
          options,
          DEFAULT_DELIVERY_SETTINGS,
        );
        expect(explanation.figure).toEqual(exported[place]?.[figureId]);
        expect(recompute(explanation)).toEqual(explanation.figure);
        items += explanation.items.length;
      }
      expect(items > 0).toBe(!WITHOUT_VALUES.includes(figureId));
    });

    it('every stage is given again by its pull requests', () => {
      const options = { defaultBranch, elapsed };
      for (const window of windows) {
        const explained = STAGES.map((stage) => explainStage(stage, pullRequests, window, options));
        const sums = explained.map((each) => each.pullRequests.reduce((sum, { value }) => sum + value, 0));
        const all = sums.reduce((sum, each) => sum + each, 0);
        const figures = stageFigures(pullRequests, window, options);
        expect(figures.map(({ total, share }) => [total, share])).toEqual(
          sums.map((sum) => [sum, sum / all]),
        );
        expect(figures.map(({ duration }) => duration)).toEqual(
          explained.map((each) =>
            distributionOf(
              each.pullRequests.map(({ value }) => value),
              's',
            ),
          ),
        );
      }
    });

    it('every reviewer’s load is given again by the reviews listed', () => {
      for (const window of windows) {
        const { reviewers } = reviewEvidence(pullRequests, window, NOW, { defaultBranch, elapsed });
        expect(reviewers.length).toBeGreaterThan(3);
        for (const reviewer of reviewers) {
          const { timeToRespond, ...counts } = reviewLoadOf(reviewer);
          const reviews = reviewer.reviewed.flatMap((each) => each.reviews);
          const ofKind = (kind: string): number => reviews.filter((each) => each.kind === kind).length;
          expect(counts).toEqual({
            reviewerId: reviewer.reviewerId,
            pullRequestsReviewed: new Set(reviewer.reviewed.map(({ id }) => id)).size,
            approvals: ofKind('approval'),
            changesRequested: ofKind('changes_requested'),
            comments: ofKind('comment'),
            openReviewsWaiting: reviewer.waiting.length,
          });
          const seconds = reviewer.reviewed.flatMap(({ responses }) =>
            responses.map(({ start, reviewedAt }) => elapsed(start.at, reviewedAt)),
          );
          expect(timeToRespond).toEqual(distributionOf(seconds, 's'));
        }
      }
    });

    it('the lifetime of branches is given again by its pull requests', () => {
      for (const window of windows) {
        const { figure, pullRequests: listed } = branchLifetime(pullRequests, window, {
          defaultBranch,
          elapsed,
        });
        const seconds = listed.map(({ instants: [from, to] }) => elapsed(Number(from?.at), Number(to?.at)));
        expect(figure).toEqual(distributionOf(seconds, 's'));
        expect(figure.n).toBeGreaterThan(5);
      }
    });
  });

  it('shares of branches and kinds are given again by their pull requests', () => {
    for (const window of windows) {
      const options = { defaultBranch };
      const { merged } = pullRequestFigures(pullRequests, window, options);
      const shares = [
        ...mergedByTargetBranch(pullRequests, window, options),
        ...mergedByBranchKind(pullRequests, window, options),
      ];
      for (const { share, merged: own, pullRequests: listed } of shares) {
        expect([own, share]).toEqual([listed.length, listed.length / merged.value]);
      }
    }
  });

  it('every day of the cumulative flow is given again by what was open, came and went', () => {
    const options = { defaultBranch };
    const window = windowEndingAt(NOW, 90);
    for (const { at, byPhase, opened, closed } of cumulativeFlow(pullRequests, window, options).days) {
      const open = openWorkAt(pullRequests, at, options);
      expect(PHASES.map((phase) => open.filter((each) => each.phase === phase).length)).toEqual(
        PHASES.map((phase) => byPhase[phase]),
      );
      const flow = flowIn(pullRequests, { from: window.from, to: at }, options);
      expect([flow.opened.length, flow.closed.length]).toEqual([opened, closed]);
    }
  });

  it('every chance is given again by the moments compared, and the calibration by the forecasts judged', () => {
    const options = { defaultBranch };
    const forecasts = mergeForecasts(pullRequests, NOW, options).pullRequests ?? [];
    expect(forecasts.length).toBeGreaterThan(0);
    for (const { id, chances } of forecasts) {
      expect(chancesFrom(explainForecast(id, pullRequests, NOW, options))).toEqual(chances);
    }
    const { forecasts: judged, judged: moments, of } = judgedForecasts(pullRequests, NOW, options);
    expect(moments).toBe(of);
    for (const { days, n, brierScore } of calibrationOf(judged)) {
      const own = judged.filter((each) => each.days === days);
      const squares = own.map(({ chance, merged }) => (chance - Number(merged)) ** 2);
      expect(n).toBeGreaterThan(20);
      expect([n, brierScore]).toEqual([
        own.length,
        squares.reduce((sum, square) => sum + square, 0) / squares.length,
      ]);
    }
  });

  it('every tool’s figure is given again by its values', () => {
    const options = { defaultBranch };
    for (const window of windows) {
      for (const { metric, columns } of definitionsTable(pullRequests, window, options)) {
        for (const { tool, figure } of columns) {
          const values = explainDefinition(metric, tool, pullRequests, window, options);
          const seconds = values.map(({ value }) => value);
          expect({ metric, tool, figure }).toEqual({ metric, tool, figure: distributionOf(seconds, 's') });
        }
      }
    }
  });
});
