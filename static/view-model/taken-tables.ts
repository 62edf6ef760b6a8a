/** The tables that a reader takes away: the figures of a tab, and pull requests, a row each. */
import { toIso } from '../../src/facts/instant';
import {
  DELIVERY_FIGURES,
  FIGURE_IDS,
  PIPELINE_FIGURES,
  REVIEW_FIGURES,
  type FigureId,
} from '../../src/metrics/explained/figure-explanation';
import { METRIC_IDS, PHASES } from '../../src/metrics/figures';
import type { ExportedPullRequest, ExportedView } from '../../src/views/reports/export-report';
import type { OpenWorkReport } from '../../src/views/reports/open-work-report';
import type { Language } from '../shared/language';
import type { Cell } from './csv';
import { isDistribution } from './format';
import { staleDays } from './open-work';
import type { Tab } from './page-address';

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Tabs whose figures are those of a window; work in progress is of an instant. */
export type WindowTab = Exclude<Tab, 'openWork'>;

/** The tab Data tells how complete all of them are. */
const FIGURES_OF_TAB: Readonly<Record<WindowTab, readonly FigureId[]>> = {
  overview: METRIC_IDS,
  pullRequests: METRIC_IDS,
  delivery: DELIVERY_FIGURES,
  reviews: REVIEW_FIGURES,
  pipelines: PIPELINE_FIGURES,
  data: FIGURE_IDS,
};

/** A tab's figures over the window; names in the reader's language, ids and units as METRICS has them. */
export function figuresTable(tab: WindowTab, { metrics, from, to }: ExportedView, language: Language): Table {
  const { t } = language;
  const rows = FIGURES_OF_TAB[tab].map((id): readonly Cell[] => {
    const figure = metrics[id];
    const values = isDistribution(figure)
      ? [null, figure.mean, figure.p50, figure.p75, figure.p90, figure.p95]
      : [figure.value, null, null, null, null, null];
    return [id, t(`metricName.${id}`), figure.unit, figure.n, ...values, from, to];
  });
  return { columns: figureColumns(language), rows };
}

/** Open pull requests by phase and those that wait long, at the report's instant, in the columns of the other figures. */
export function openWorkTable(report: OpenWorkReport, language: Language): Table {
  const { t } = language;
  const at = toIso(report.asOf);
  const row = (id: string, name: string, value: number): readonly Cell[] => [
    ...[id, name, 'count', report.pullRequests.length, value],
    ...[null, null, null, null, null, at, at],
  ];
  return {
    columns: figureColumns(language),
    rows: [
      ...PHASES.map((phase) =>
        row(`wip_${phase}`, t('takeAway.openInPhase', { phase: t(`phase.${phase}`) }), report.byPhase[phase]),
      ),
      row('wip_stale', t('takeAway.openStale', { days: staleDays(report) }), report.stale),
      row('wip_over_p85', t('takeAway.openOverP85', { days: report.daysCompared }), report.overP85),
    ],
  };
}

function figureColumns({ t }: Language): readonly string[] {
  return [
    t('takeAway.figureId'),
    t('column.figure'),
    t('takeAway.unit'),
    t('takeAway.count'),
    t('column.value'),
    t('column.mean'),
    t('column.median'),
    t('column.percentile75'),
    t('takeAway.percentile90'),
    t('column.percentile95'),
    t('takeAway.from'),
    t('takeAway.to'),
  ];
}

/** The facts of METRICS 9, in the order of the export. */
const FACTS = [
  'id',
  'state',
  'draft',
  'authorId',
  'authorIsBot',
  'targetBranch',
  'targetsDefault',
  'branchKind',
  'fromFork',
  'openedAt',
  'mergedAt',
  'mergedAtSource',
  'closedAt',
  'closedById',
  'firstCommitAt',
  'firstReviewAt',
  'firstApprovedAt',
  'lastApprovedAt',
  'reviewerIds',
  'approverIds',
  'commentCount',
  'reviewCommentCount',
  'withdrawnApprovals',
  'staleApproval',
  'selfApproved',
  'selfMerged',
  'revisions',
  'commits',
  'linesAdded',
  'linesRemoved',
  'filesChanged',
  'lastActivityAt',
] as const satisfies readonly (keyof ExportedPullRequest)[];

/** A row each; the columns have the names that the export gives them, in every language. */
export function pullRequestsTable(pullRequests: readonly ExportedPullRequest[]): Table {
  return {
    columns: FACTS,
    rows: pullRequests.map((each) => FACTS.map((fact) => cellOf(each[fact]))),
  };
}

/** Several ids stand in one cell, with spaces between them. */
function cellOf(value: ExportedPullRequest[keyof ExportedPullRequest]): Cell {
  return typeof value === 'object' && value !== null ? value.join(' ') : value;
}

/** What a downloaded file is called: what it holds, and the days of its window. */
export function fileName(holds: string, from: string, to: string, ending: 'csv' | 'json'): string {
  return `throughline-${holds}-${from.slice(0, 10)}-${to.slice(0, 10)}.${ending}`;
}
