/** The same pull requests under several tools' definitions side by side (METRICS 8), so that a team can reconcile numbers. */
import type { PullRequestFacts } from '../../facts/pull-request-facts';
import { distributionOf } from '../distribution';
import type { Distribution, Window } from '../figures';
import { mergedIn, type FigureOptions } from '../population';
import { DEFINED_METRICS, type DefinedMetric, type DefinedValue, type Definitions } from './definition';
import { DEVLAKE } from './devlake';
import { LINEARB } from './linearb';
import { PULSE } from './pulse';
import { THROUGHLINE } from './throughline';

export const TOOLS = ['throughline', 'pulse', 'devlake', 'linearb'] as const;
export type Tool = (typeof TOOLS)[number];

const DEFINITIONS: Readonly<Record<Tool, Definitions>> = {
  throughline: THROUGHLINE,
  pulse: PULSE,
  devlake: DEVLAKE,
  linearb: LINEARB,
};

/** What one tool would make of the window's pull requests. */
export interface DefinedFigure {
  readonly tool: Tool;
  readonly figure: Distribution;
  /** The statistic that the tool shows first. */
  readonly headline: 'mean' | 'p50';
  /** Pull requests merged in the window that have no value by this rule. */
  readonly leftOut: number;
  /** The rule and where the tool says so, for the reader. */
  readonly rule: string;
  readonly source: string;
}

/** One metric, a column for each tool that defines it, in the order of `TOOLS`. */
export interface DefinitionsRow {
  readonly metric: DefinedMetric;
  readonly columns: readonly DefinedFigure[];
}

export type DefinitionsTable = readonly DefinitionsRow[];

/**
 * Every metric that more than one tool defines, over the pull requests merged in the window. All columns look at the same
 * pull requests and take merges into the default branch for deployments, so that they differ in their rules alone: a tool
 * with other deployments, time zones or working hours shows other numbers still. So all of them count the whole
 * calendar, whatever clock the reader's own figures go by.
 */
export function definitionsTable(
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): DefinitionsTable {
  const population = mergedIn(facts, window, options).length;
  return DEFINED_METRICS.map((metric) => ({
    metric,
    columns: TOOLS.flatMap((tool): readonly DefinedFigure[] => {
      const definition = DEFINITIONS[tool][metric];
      if (definition === undefined) return [];
      const { rule, source, headline } = definition;
      const values = definition.valuesIn(facts, window, options);
      const figure = distributionOf(
        values.map(({ value }) => value),
        's',
      );
      const leftOut = population - new Set(values.map(({ id }) => id)).size;
      return [{ tool, figure, headline, leftOut, rule, source }];
    }),
  }));
}

/** What stands behind one tool's figure, largest first; empty where the tool does not define the metric. */
export function explainDefinition(
  metric: DefinedMetric,
  tool: Tool,
  facts: readonly PullRequestFacts[],
  window: Window,
  options: FigureOptions,
): readonly DefinedValue[] {
  const values = DEFINITIONS[tool][metric]?.valuesIn(facts, window, options) ?? [];
  return values.toSorted((a, b) => b.value - a.value || b.id - a.id);
}
