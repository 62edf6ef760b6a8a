import { aPullRequest } from '../../src/facts/testing';
import { DEFAULT_DELIVERY_SETTINGS } from '../../src/metrics/delivery/delivery-settings';
import { DELIVERY_FIGURES, FIGURE_IDS } from '../../src/metrics/explained/figure-explanation';
import { METRIC_IDS, type Window } from '../../src/metrics/figures';
import { pullRequestFigures } from '../../src/metrics/pull-request-figures';
import { windowEndingAt } from '../../src/metrics/windows';
import type { ExportedPullRequest, ExportedView } from '../../src/views/reports/export-report';
import { exportedMetrics } from '../../src/views/exported-metrics';
import { pullRequestsPart } from '../../src/views/export-repository';
import { TABS } from './page-address';
import { english, german, TO } from './testing';
import { figuresTable, fileName, pullRequestsTable } from './taken-tables';

const HOUR = 3_600;
const WINDOW: Window = windowEndingAt(TO, 90);
const FACTS = [4, 8, 12, 16, 20].map((hours, index) =>
  aPullRequest({
    id: index + 1,
    openedAt: TO - 100 * HOUR,
    mergedAt: TO - (100 - hours) * HOUR,
    closedAt: TO - (100 - hours) * HOUR,
  }),
);

function aView(): ExportedView {
  const known = { pullRequests: FACTS, delivery: { deployments: [], pipelines: [] }, pushes: [], tags: [] };
  const [metrics] = exportedMetrics(
    known,
    [WINDOW],
    TO,
    { defaultBranch: 'main' },
    DEFAULT_DELIVERY_SETTINGS,
  );
  if (metrics === undefined) throw new Error('One window has figures.');
  return { query: { window: 90 }, from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z', metrics };
}

const idsOf = (rows: readonly (readonly unknown[])[]): readonly unknown[] => rows.map(([id]) => id);

it('has the figures of the tab, each with its unit, values and window', () => {
  const { columns, rows } = figuresTable('overview', aView(), english);
  expect(idsOf(rows)).toEqual(METRIC_IDS);
  expect(rows.every((row) => row.length === columns.length)).toBe(true);
  const timeToMerge = rows.find(([id]) => id === 'time_to_merge') ?? [];
  const { mean, p50, p75, p90, p95 } = pullRequestFigures(FACTS, WINDOW, {
    defaultBranch: 'main',
  }).time_to_merge;
  expect(p50).toBe(12 * HOUR);
  expect(timeToMerge).toEqual([
    ...['time_to_merge', 'Time to merge', 's', 5, null],
    ...[mean, p50, p75, p90, p95, '2026-08-23T00:00:00Z', '2026-11-21T00:00:00Z'],
  ]);
  expect(rows.find(([id]) => id === 'merged')?.slice(2, 6)).toEqual(['count', 5, 5, null]);
});

it('names figures in the reader’s language', () => {
  const names = (language: typeof english) =>
    figuresTable('delivery', aView(), language).rows.map(([, name]) => name);
  expect(names(german)).not.toEqual(names(english));
  expect(idsOf(figuresTable('delivery', aView(), german).rows)).toEqual(DELIVERY_FIGURES);
});

it('has figures for every tab of a window, and all of them for the tab that tells how complete they are', () => {
  for (const tab of TABS) {
    if (tab !== 'openWork') expect(figuresTable(tab, aView(), english).rows.length).toBeGreaterThan(1);
  }
  expect(idsOf(figuresTable('data', aView(), english).rows)).toEqual(FIGURE_IDS);
});

it('has a row for each pull request, with every fact of the export', () => {
  const { pullRequests } = pullRequestsPart(FACTS, 0, { defaultBranch: 'main', showReviewers: true });
  const two: readonly ExportedPullRequest[] = pullRequests
    .slice(0, 2)
    .map((each) => ({ ...each, reviewerIds: ['account-ann', 'account-ben'], linesAdded: null }));
  const { columns, rows } = pullRequestsTable(two);
  expect([...columns].sort()).toEqual(Object.keys(two[0] ?? {}).sort());
  const at = (column: string): unknown => rows[0]?.[columns.indexOf(column)];
  expect([at('id'), at('reviewerIds'), at('linesAdded'), at('openedAt')]).toEqual([
    1,
    'account-ann account-ben',
    null,
    two[0]?.openedAt,
  ]);
  expect(rows).toHaveLength(2);
});

it('calls a file by what it holds and its days', () => {
  expect(fileName('figures-reviews', '2026-08-23T10:00:00Z', '2026-11-21T10:00:00Z', 'csv')).toBe(
    'throughline-figures-reviews-2026-08-23-2026-11-21.csv',
  );
});
