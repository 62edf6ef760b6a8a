/** The same pull requests under several tools' definitions, and what stands behind each figure. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { DefinedMetric } from '../metrics/definitions/definition';
import { definitionsTable, explainDefinition, type Tool } from '../metrics/definitions/other-definitions';
import { distributionOf } from '../metrics/distribution';
import { mergedIn } from '../metrics/population';
import type { RepositoryId } from '../storage/keys';
import { importProgress } from '../sync/import/import-progress';
import { cutList } from './cut-list';
import type { DefinitionList, DefinitionsReport } from './reports/definitions-report';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';

/** What the report is made from, beside the present. */
export interface DefinitionsSource extends Pick<Selection, 'window' | 'facts' | 'options'> {
  readonly isWhole: boolean;
}

/** `null` where nothing is stored of the repository. */
export async function definitionsOf(
  repository: RepositoryId,
  query: ViewQuery,
  now: EpochSeconds,
): Promise<DefinitionsReport | null> {
  const selection = await select(repository, query, now);
  if (selection === null) return null;
  const { importTask } = selection.view;
  const readSince = importTask === null ? null : importProgress(importTask).readSince;
  const isWhole = readSince !== null && readSince <= selection.window.from;
  return definitionsReport({ ...selection, isWhole }, now);
}

/** Pure: the same facts give the same report. */
export function definitionsReport(source: DefinitionsSource, now: EpochSeconds): DefinitionsReport {
  const { facts, window, options, isWhole } = source;
  return {
    asOf: now,
    window,
    merged: mergedIn(facts, window, options).length,
    isWhole,
    rows: definitionsTable(facts, window, options).map(({ metric, columns }) => ({
      metric,
      columns: columns.map(({ tool, figure, headline, leftOut, source: saidIn }) => ({
        tool,
        figure,
        headline,
        leftOut,
        source: saidIn,
      })),
    })),
  };
}

/** Empty where the tool does not define the metric; `null` where nothing is stored of the repository. */
export async function definitionListOf(
  repository: RepositoryId,
  query: ViewQuery,
  { tool, metric }: { readonly tool: Tool; readonly metric: DefinedMetric },
  now: EpochSeconds,
): Promise<DefinitionList | null> {
  const selection = await select(repository, query, now);
  if (selection === null) return null;
  const { facts, window, options } = selection;
  const values = explainDefinition(metric, tool, facts, window, options);
  const withValue = new Set(values.map(({ id }) => id));
  return {
    figure: distributionOf(
      values.map(({ value }) => value),
      's',
    ),
    ...cutList(
      values.map(({ id, value, instants }) => ({
        kind: 'pull-request' as const,
        id: String(id),
        value,
        instants,
      })),
    ),
    leftOut: mergedIn(facts, window, options).filter(({ id }) => !withValue.has(id)).length,
    days: null,
  };
}
