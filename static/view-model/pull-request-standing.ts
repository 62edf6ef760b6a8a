/** Puts into words where one pull request stands among the merges of the last days. */
import type { Standing } from '../../src/metrics/pull-request-standing';
import type { BitbucketScope } from '../../src/sync/trouble';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import type { Language } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { duration, share } from './format';
import { causeText } from './trouble';

export interface StandingRow {
  readonly metric: Standing['metric'];
  readonly name: string;
  /** The duration; `null` where there is none. */
  readonly value: string | null;
  /** How it compares, or why there is no duration. */
  readonly comparison: string;
  /** From 0 to 1; `null` where there is no percentile. */
  readonly longerThan: number | null;
}

export function standingRows(report: PullRequestReport, language: Language): readonly StandingRow[] {
  return report.standing.rows.map((row) => ({
    metric: row.metric,
    name: nameOf(row, report, language),
    value: row.seconds === null ? null : valueOf(row, language),
    comparison: row.seconds === null ? whyNone(row, report, language) : compared(row, language),
    longerThan: row.longerThan,
  }));
}

/** How its whole time compares, in a sentence. */
export function standingSentence(report: PullRequestReport, language: Language): string {
  const { t } = language;
  const { rows, isWhole } = report.standing;
  const whole = rows.find(({ metric }) => metric === 'time_to_merge');
  if (whole === undefined || whole.seconds === null) return t('pullRequestPanel.standingUndated');
  const read = isWhole ? 'whole' : 'part';
  const { others: count, longerThan } = whole;
  if (longerThan === null) return t('pullRequestPanel.standingFew', { count, read, fewest: FEWEST_VALUES });
  return t(`pullRequestPanel.${SENTENCES[report.state]}`, {
    count,
    read,
    edge: edgeOf(longerThan),
    share: percentOf(longerThan, language),
  });
}

const SENTENCES = {
  OPEN: 'standingOpen',
  MERGED: 'standingMerged',
  DECLINED: 'standingClosed',
  SUPERSEDED: 'standingClosed',
} as const;

function nameOf({ metric, isRunning }: Standing, { state }: PullRequestReport, { t }: Language): string {
  if (metric === 'time_to_merge' && state !== 'MERGED') {
    return t(state === 'OPEN' ? 'pullRequestPanel.ageSoFar' : 'pullRequestPanel.timeOpen');
  }
  if (!isRunning) return t(`metricName.${metric}`);
  return t(metric === 'review_time' ? 'pullRequestPanel.reviewSoFar' : 'pullRequestPanel.waitSoFar');
}

function valueOf({ seconds, isRunning }: Standing, language: Language): string {
  const written = duration(seconds ?? 0, language);
  return isRunning ? language.t('pullRequestPanel.soFar', { duration: written }) : written;
}

function compared({ longerThan, others: count }: Standing, language: Language): string {
  const { t } = language;
  if (longerThan === null) return t('pullRequestPanel.fewOthers', { count });
  switch (edgeOf(longerThan)) {
    case 'all':
      return t('pullRequestPanel.longerThanAll', { count });
    case 'none':
      return t('pullRequestPanel.longerThanNone', { count });
    case 'some':
      return t('pullRequestPanel.longerThan', { count, share: percentOf(longerThan, language) });
  }
}

function edgeOf(longerThan: number): 'all' | 'none' | 'some' {
  if (longerThan === 1) return 'all';
  return longerThan === 0 ? 'none' : 'some';
}

/** Rounded down, so that it is true: never 100 % where one took as long. */
function percentOf(longerThan: number, language: Language): string {
  // In binary 29 % of 100 is a little less than 29.
  const percent = Math.floor(longerThan * 100 + 1e-9);
  return share(percent === 0 ? longerThan : percent / 100, language);
}

function whyNone({ metric }: Standing, report: PullRequestReport, language: Language): string {
  const { t } = language;
  const { commits, isActivityRead, missing, state, draft, closedAt } = report;
  if (metric === 'time_to_open') {
    return commits === null ? whyUnread(missing.commits, language) : t('pullRequestPanel.whyNoCoding');
  }
  if (state !== 'OPEN' && closedAt === null) return t('pullRequestPanel.whyUndated');
  if (!isActivityRead) return whyUnread(missing.activity, language);
  if (state !== 'OPEN') return t('pullRequestPanel.whyNoReview');
  return t(draft ? 'pullRequestPanel.whyDraft' : 'pullRequestPanel.whyNoReviewYet');
}

/** Where a permission is missing it will not be read by waiting. */
function whyUnread(scope: BitbucketScope | null, language: Language): string {
  if (scope === null) return language.t('pullRequestPanel.whyUnread');
  return causeText({ cause: 'missing-permission', scope }, language);
}
