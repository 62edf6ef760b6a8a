/** Reports of delivery and pipelines that hold nothing, for tests to fill. */
import type { DeliveryMetrics, PipelineMetrics } from '../../src/views/reports/export-report';
import type { DeliveryRules } from '../../src/views/reports/delivery-rules';
import type { DeliveryReport } from '../../src/views/reports/delivery-report';
import type { PipelinesReport } from '../../src/views/reports/pipelines-report';

export const NO_TIME = { unit: 's', n: 0, mean: null, p50: null, p75: null, p90: null, p95: null } as const;
export const NO_SHARE = { unit: 'ratio', n: 0, value: null } as const;
const NO_COUNT = { unit: 'count', n: 0, value: 0 } as const;

const WINDOW = { from: 0, to: 90 * 86_400, days: 90 };

const NO_DELIVERY: DeliveryMetrics = {
  deployment_frequency: { unit: 'per day', n: 0, value: null },
  lead_time_for_changes: NO_TIME,
  change_failure_rate: NO_SHARE,
  time_to_restore: NO_TIME,
  rework_rate: NO_SHARE,
  direct_pushes: NO_COUNT,
  hotfix_pushes: NO_COUNT,
};

const NO_PIPELINES: PipelineMetrics = {
  pipeline_duration: NO_TIME,
  pipeline_success_rate: NO_SHARE,
  pipeline_queue_time: NO_TIME,
  deployment_duration: NO_TIME,
};

/** Merges stand for deployments, by the defaults. */
export const MERGE_RULES: DeliveryRules = {
  source: 'merge',
  isSourceChosen: false,
  tagPattern: null,
  tagsSince: null,
  environmentTypes: ['PRODUCTION'],
  furtherEnvironments: 0,
  isPushRepair: true,
  failureWindowSeconds: 86_400,
  failureScope: 'window',
};

export const NO_DELIVERIES: DeliveryReport = {
  asOf: WINDOW.to,
  window: WINDOW,
  rules: MERGE_RULES,
  missing: [],
  readSince: 0,
  isWhole: true,
  figures: NO_DELIVERY,
  previousFigures: NO_DELIVERY,
  shares: { day: NO_SHARE, week: NO_SHARE, month: NO_SHARE, 'half-year': NO_SHARE },
  bands: {
    deployment_frequency: null,
    lead_time_for_changes: null,
    change_failure_rate: null,
    time_to_restore: null,
  },
  bandYear: 2024,
  openFailures: 0,
  failureCauses: { 'pull-request': 0, 'direct-push': 0, 'failed-deployment': 0, rollback: 0 },
  weeks: [],
  calendar: [],
};

export const NO_RUNS: PipelinesReport = {
  asOf: WINDOW.to,
  window: WINDOW,
  parts: [],
  missing: [],
  figures: NO_PIPELINES,
  previousFigures: NO_PIPELINES,
  stopped: 0,
  expired: 0,
  weeks: [],
  byTarget: [],
  byTrigger: [],
  environments: [],
  activity: { activeAuthors: 0, activeReviewers: 0, pushes: 0, commits: 0, pushesWithoutCommits: 0 },
  pushesSince: null,
};
