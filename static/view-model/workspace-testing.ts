/** For tests of the workspace's list: a repository that is read whole, in one line. */
import type { RepositorySummary } from '../../src/storage/repository-summaries';
import type { WorkspaceReport, WorkspaceRepository } from '../../src/views/reports/workspace-report';
import { DAY, TO } from './testing';
import { workspaceRow, type WorkspaceRow } from './workspace-rows';

export const DAYS = 90;

const HOUR = 3_600;

const FIGURES: RepositorySummary['figures'] = {
  merged: 20,
  time_to_merge: { n: 20, p50: 30 * HOUR },
  time_to_first_review: { n: 15, p50: 2 * HOUR },
  unreviewed_merge_rate: { n: 20, value: 0.25 },
};

export function figures(overrides: Partial<RepositorySummary['figures']>): RepositorySummary['figures'] {
  return { ...FIGURES, ...overrides };
}

/** As many merges, and everything else the same, in both windows. */
export function aSummary(overrides: Partial<RepositorySummary> = {}): RepositorySummary {
  return {
    asOf: TO,
    slug: 'shop',
    state: 'complete',
    done: 100,
    expected: 100,
    readSince: 0,
    lastReconciledAt: TO - DAY,
    figures: FIGURES,
    previousFigures: FIGURES,
    isChange: { time_to_merge: null, time_to_first_review: null },
    mergesByWeek: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    open: 4,
    openOverP85: 1,
    ...overrides,
  };
}

export function aRepository(
  slug: string,
  overrides: Partial<RepositorySummary> | null = {},
): WorkspaceRepository {
  return { uuid: `{${slug}}`, slug, summary: overrides === null ? null : aSummary({ slug, ...overrides }) };
}

/** `null` for one of which nothing but the name is known. */
export function aRow(slug: string, overrides: Partial<RepositorySummary> | null = {}): WorkspaceRow {
  return workspaceRow(aRepository(slug, overrides), DAYS);
}

export function aPart(
  repositories: readonly WorkspaceRepository[],
  overrides: Partial<WorkspaceReport> = {},
): WorkspaceReport {
  return {
    asOf: TO,
    days: DAYS,
    repositories,
    unknown: 0,
    total: repositories.length,
    nextPage: null,
    importing: null,
    ...overrides,
  };
}
