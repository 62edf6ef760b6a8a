/** The rows of the workspace's list: what is known of each repository, which are shown, and in which order. */
import { precedingWindow, windowEndingAt } from '../../src/metrics/windows';
import type { WorkspaceReport, WorkspaceRepository } from '../../src/views/reports/workspace-report';
import { FEWEST_VALUES } from './fewest-values';
import { coverageOf, type WindowCoverage } from './window-coverage';

export const WORKSPACE_COLUMNS = [
  'repository',
  'merged',
  'trend',
  'time_to_merge',
  'time_to_first_review',
  'unreviewed_merge_rate',
  'open',
  'openOverP85',
  'data',
] as const;
export type WorkspaceColumn = (typeof WORKSPACE_COLUMNS)[number];

type Summary = NonNullable<WorkspaceRepository['summary']>;

export interface WorkspaceRow {
  readonly uuid: string;
  readonly name: string;
  /** `null` where nothing is known but the name. */
  readonly summary: Summary | null;
  /** How much of the summary's window is read; where nothing is, no figure of it is shown. */
  readonly coverage: WindowCoverage['kind'];
  /** Since when everything that happened is read, as far as the window goes. */
  readonly readSince: number;
  /** Whether the window before is read whole too. */
  readonly isComparable: boolean;
  /** Read whole, and nothing was merged. */
  readonly isQuiet: boolean;
}

/** `days` is the length of the summaries' windows. A repository without a slug has its uuid for a name. */
export function workspaceRow({ uuid, slug, summary }: WorkspaceRepository, days: number): WorkspaceRow {
  const name = slug ?? uuid;
  if (summary === null) {
    return { uuid, name, summary, coverage: 'none', readSince: 0, isComparable: false, isQuiet: false };
  }
  const window = windowEndingAt(summary.asOf, days);
  const { kind, since } = coverageOf(summary, window);
  return {
    uuid,
    name,
    summary,
    coverage: kind,
    readSince: since,
    isComparable: coverageOf(summary, precedingWindow(window)).kind === 'whole',
    isQuiet: kind === 'whole' && summary.figures.merged === 0,
  };
}

/** What is loaded of the list so far. */
export interface LoadedWorkspace {
  readonly asOf: number;
  readonly days: number;
  readonly rows: readonly WorkspaceRow[];
  readonly unknown: number;
  /** How many repositories the viewer sees; `null` where Bitbucket did not say. */
  readonly total: number | null;
  readonly nextPage: number | null;
  readonly importing: WorkspaceReport['importing'];
}

/** Adds a part to what is loaded; a repository that moved between two parts is there once, as it came last. */
export function withPart(loaded: LoadedWorkspace | null, part: WorkspaceReport): LoadedWorkspace {
  const rows = new Map((loaded?.rows ?? []).map((row) => [row.uuid, row]));
  for (const repository of part.repositories) {
    rows.set(repository.uuid, workspaceRow(repository, part.days));
  }
  return {
    asOf: part.asOf,
    days: part.days,
    rows: [...rows.values()],
    unknown: (loaded?.unknown ?? 0) + part.unknown,
    total: part.total ?? loaded?.total ?? null,
    nextPage: part.nextPage,
    importing: part.importing ?? loaded?.importing ?? null,
  };
}

export interface Arrangement {
  readonly filter: string;
  readonly showsQuiet: boolean;
  readonly column: WorkspaceColumn;
  readonly isAscending: boolean;
}

export interface ArrangedRows {
  readonly rows: readonly WorkspaceRow[];
  /** Quiet ones that the filter lets through, shown or not. */
  readonly quiet: number;
}

/** Those whose name holds the filter's text, sorted. Who has no value stands last either way; equal ones go by name. */
export function arranged(
  rows: readonly WorkspaceRow[],
  { filter, showsQuiet, column, isAscending }: Arrangement,
  locale: string,
): ArrangedRows {
  const collator = new Intl.Collator(locale, { numeric: true });
  const wanted = filter.trim().toLocaleLowerCase(locale);
  const matching = rows.filter(({ name }) => name.toLocaleLowerCase(locale).includes(wanted));
  const sorted = matching
    .filter(({ isQuiet }) => showsQuiet || !isQuiet)
    .map((row) => ({ row, value: column === 'repository' ? row.name : sortValue(row, column) }))
    .sort((a, b) => {
      const byName = collator.compare(a.row.name, b.row.name);
      if (a.value === null || b.value === null) {
        return Number(a.value === null) - Number(b.value === null) || byName;
      }
      const order = a.value === b.value ? 0 : a.value < b.value ? -1 : 1;
      const byValue = typeof a.value === 'string' ? byName : order;
      return (isAscending ? byValue : -byValue) || byName;
    });
  return { rows: sorted.map(({ row }) => row), quiet: matching.filter(({ isQuiet }) => isQuiet).length };
}

/** A name begins with A, and of everything else the most comes first. */
export function beginsAscending(column: WorkspaceColumn): boolean {
  return column === 'repository';
}

const STATE_RANK: Readonly<Record<Summary['state'], number>> = {
  waiting: 0,
  failed: 1,
  importing: 2,
  complete: 3,
};

function sortValue(row: WorkspaceRow, column: Exclude<WorkspaceColumn, 'repository'>): number | null {
  const { summary, coverage } = row;
  if (column === 'data') return summary === null ? -1 : STATE_RANK[summary.state] + doneShare(summary);
  if (summary === null || coverage === 'none') return null;
  const { figures, open, openOverP85 } = summary;
  switch (column) {
    case 'merged':
      return figures.merged;
    case 'trend':
      return growth(row);
    case 'time_to_merge':
    case 'time_to_first_review':
      return figures[column].n < FEWEST_VALUES ? null : figures[column].p50;
    case 'unreviewed_merge_rate':
      return figures.unreviewed_merge_rate.value;
    case 'open':
      return open;
    case 'openOverP85':
      return openOverP85;
  }
}

/** By how much more was merged than in the window before, as a share of that; `null` where the two cannot be compared. */
function growth({ summary, isComparable }: WorkspaceRow): number | null {
  if (summary === null || !isComparable) return null;
  const now = summary.figures.merged;
  const before = summary.previousFigures.merged;
  if (before === 0) return now === 0 ? 0 : Number.POSITIVE_INFINITY;
  return (now - before) / before;
}

/** Below 1, so that it only orders those of one state. */
function doneShare({ done, expected }: Summary): number {
  return expected === null || expected === 0 ? 0 : Math.min(0.99, done / expected);
}

/** The numbers at the head of the page, of what is loaded. */
export interface WorkspaceTotals {
  readonly merged: number;
  readonly open: number;
  readonly openOverP85: number;
  /** Repositories whose window is read whole: the numbers above are of these and of what is read of the others. */
  readonly whole: number;
  readonly complete: number;
  readonly repositories: number;
}

export function workspaceTotals(rows: readonly WorkspaceRow[]): WorkspaceTotals {
  const known = rows.flatMap(({ summary, coverage }) =>
    summary === null || coverage === 'none' ? [] : [summary],
  );
  const sum = (of: (summary: Summary) => number): number =>
    known.reduce((total, summary) => total + of(summary), 0);
  return {
    merged: sum(({ figures }) => figures.merged),
    open: sum(({ open }) => open),
    openOverP85: sum(({ openOverP85 }) => openOverP85 ?? 0),
    whole: rows.filter(({ coverage }) => coverage === 'whole').length,
    complete: rows.filter(({ summary }) => summary?.state === 'complete').length,
    repositories: rows.length,
  };
}
