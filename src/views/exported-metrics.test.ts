import { aPullRequest, HOUR, OPENED_AT, review } from '../facts/testing';
import { DEFAULT_DELIVERY_SETTINGS, type DeliverySettings } from '../metrics/delivery/delivery-settings';
import type { BitbucketScope } from '../sync/trouble';
import { exportedMetrics, type RepositoryFacts } from './exported-metrics';

const DAY = 24 * HOUR;
const WINDOW = { from: OPENED_AT - DAY, to: OPENED_AT + 10 * DAY };
const OPTIONS = { defaultBranch: 'main' };

/** Two merges a day apart; the second is a hotfix, and Ben reviewed both. */
const FACTS: RepositoryFacts = {
  pullRequests: [
    aPullRequest({ id: 1, commitAuthoredAt: [OPENED_AT], reviews: [review('approval', 2, 'ben')] }),
    aPullRequest({
      id: 2,
      branchKind: 'hotfix',
      mergedAt: OPENED_AT + 30 * HOUR,
      commitAuthoredAt: [OPENED_AT + 20 * HOUR],
      reviews: [review('comment', 21, 'ben')],
    }),
  ],
  delivery: {
    pipelines: [
      {
        number: 1,
        createdAt: OPENED_AT,
        completedAt: OPENED_AT + 300,
        durationSeconds: 240,
        queueSeconds: 60,
        result: 'SUCCESSFUL',
        trigger: 'PUSH',
        target: 'default',
        pullRequest: null,
      },
    ],
    deployments: [],
  },
  pushes: [{ at: OPENED_AT + 5 * DAY, origin: 'direct', commit: null }],
  tags: [],
};

const SETTINGS = DEFAULT_DELIVERY_SETTINGS;

const [metrics] = exportedMetrics(FACTS, [WINDOW], WINDOW.to, OPTIONS, SETTINGS);

it('has the figures of every family under their ids', () => {
  expect(metrics).toMatchObject({
    merged: { value: 2 },
    // Author and reviewer: one of two people reviews everything.
    review_load_gini: { n: 2, value: 0.5 },
    bus_factor: { unit: 'people', n: 2, value: 1 },
    // A merge is a deployment where nothing was ever deployed otherwise.
    deployment_frequency: { unit: 'per day', n: 2 },
    lead_time_for_changes: { unit: 's', n: 2, p50: 17 * HOUR },
    direct_pushes: { value: 1 },
    pipeline_duration: { n: 1, p50: 240 },
    pipeline_queue_time: { n: 1, p50: 60 },
    pipeline_success_rate: { n: 1, value: 1 },
    deployment_duration: { n: 0, p50: null },
  });
});

it('takes a hotfix and a direct push for the sign that the deployment before had failed', () => {
  expect(metrics).toMatchObject({
    change_failure_rate: { n: 2, value: 1 },
    rework_rate: { n: 2, value: 0.5 },
    // The first until the hotfix six hours later, the second until the push 90 hours later.
    time_to_restore: { n: 2, p50: 48 * HOUR },
  });
});

it('gives each window its own', () => {
  const [, empty] = exportedMetrics(
    FACTS,
    [WINDOW, { from: WINDOW.to, to: WINDOW.to + DAY }],
    WINDOW.to + DAY,
    OPTIONS,
    SETTINGS,
  );
  expect(empty).toMatchObject({
    merged: { value: 0 },
    review_load_gini: { n: 0, value: null },
    bus_factor: { n: 0, value: null },
    change_failure_rate: { n: 0, value: null },
    pipeline_duration: { n: 0, p50: null },
  });
});

it('gives no frequency of deployments that Bitbucket does not tell of', () => {
  const frequencyOf = (settings: DeliverySettings, missing: readonly BitbucketScope[]) =>
    exportedMetrics({ ...FACTS, missing }, [WINDOW], WINDOW.to, OPTIONS, settings)[0]?.deployment_frequency;
  const byPipeline: DeliverySettings = { ...SETTINGS, deploymentSource: 'pipeline' };
  expect(frequencyOf(byPipeline, [])).toMatchObject({ n: 0, value: 0 });
  expect(frequencyOf(byPipeline, ['read:pipeline:bitbucket'])).toMatchObject({ n: 0, value: null });
  // Merges stand for them where the source is automatic.
  expect(frequencyOf(SETTINGS, ['read:pipeline:bitbucket'])).toMatchObject({ n: 2 });
});
