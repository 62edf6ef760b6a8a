/** Puts other people's definitions side by side: each tool's rule, its number, and how that differs from Throughline's. */
import type { DefinedMetric } from '../../src/metrics/definitions/definition';
import type { Tool } from '../../src/metrics/definitions/other-definitions';
import type { DefinitionsReport, ReportedDefinition } from '../../src/views/reports/definitions-report';
import type { Language, MessageKey } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { duration } from './format';
import { signed } from './pull-requests';

/** Names of products, the same in every language. */
export const TOOL_NAMES: Readonly<Record<Tool, string>> = {
  throughline: 'Throughline',
  pulse: 'Pulse',
  devlake: 'DevLake',
  linearb: 'LinearB',
};

/** The columns, in this order. */
export const TOOLS = Object.keys(TOOL_NAMES) as readonly Tool[];

/** The rule of each definition in one sentence. */
const RULES: Readonly<Record<Tool, Readonly<Partial<Record<DefinedMetric, MessageKey>>>>> = {
  throughline: {
    time_to_open: 'definitionRule.throughline_time_to_open',
    time_to_first_review: 'definitionRule.throughline_time_to_first_review',
    time_to_approve: 'definitionRule.throughline_time_to_approve',
    review_time: 'definitionRule.throughline_review_time',
    time_to_merge: 'definitionRule.throughline_time_to_merge',
    cycle_time: 'definitionRule.throughline_cycle_time',
    lead_time_for_changes: 'definitionRule.throughline_lead_time_for_changes',
  },
  pulse: {
    time_to_open: 'definitionRule.pulse_time_to_open',
    time_to_first_review: 'definitionRule.pulse_time_to_first_review',
    time_to_approve: 'definitionRule.pulse_time_to_approve',
    time_to_merge: 'definitionRule.pulse_time_to_merge',
    lead_time_for_changes: 'definitionRule.pulse_lead_time_for_changes',
  },
  devlake: {
    time_to_open: 'definitionRule.devlake_time_to_open',
    time_to_first_review: 'definitionRule.devlake_time_to_first_review',
    review_time: 'definitionRule.devlake_review_time',
    time_to_merge: 'definitionRule.devlake_time_to_merge',
    cycle_time: 'definitionRule.devlake_cycle_time',
    lead_time_for_changes: 'definitionRule.devlake_lead_time_for_changes',
  },
  linearb: {
    time_to_open: 'definitionRule.linearb_time_to_open',
    time_to_first_review: 'definitionRule.linearb_time_to_first_review',
    review_time: 'definitionRule.linearb_review_time',
    cycle_time: 'definitionRule.linearb_cycle_time',
    lead_time_for_changes: 'definitionRule.linearb_lead_time_for_changes',
  },
};

/** One tool's number for one metric. */
export interface DefinitionCell {
  readonly tool: Tool;
  readonly metric: DefinedMetric;
  /** The median, or how many values there are where they are too few for one. */
  readonly value: string;
  readonly n: string;
  readonly rule: string;
  /** The mean, where the tool shows that first; `null` elsewhere. */
  readonly mean: string | null;
  /** How it differs from Throughline's own; `null` for that itself, and where one of them has too few values. */
  readonly difference: string | null;
}

/** A cell for each tool in the order of `TOOLS`; `null` where the tool does not define the metric. */
export function definitionCells(
  { metric, columns }: DefinitionsReport['rows'][number],
  language: Language,
): readonly (DefinitionCell | null)[] {
  const own = columns.find(({ tool }) => tool === 'throughline');
  return TOOLS.map((tool) => {
    const column = columns.find((each) => each.tool === tool);
    return column === undefined ? null : cellOf(metric, column, own, language);
  });
}

/** The rule in a sentence; empty where the tool does not define the metric. */
export function ruleOf(tool: Tool, metric: DefinedMetric, { t }: Language): string {
  const key = RULES[tool][metric];
  return key === undefined ? '' : t(key);
}

function cellOf(
  metric: DefinedMetric,
  { tool, figure, headline }: ReportedDefinition,
  own: ReportedDefinition | undefined,
  language: Language,
): DefinitionCell {
  const { t } = language;
  const { n, p50, mean } = figure;
  const isFew = n < FEWEST_VALUES || p50 === null || mean === null;
  return {
    tool,
    metric,
    value: isFew ? t('definitions.few') : duration(p50, language),
    n: t('definitions.values', { count: n }),
    rule: ruleOf(tool, metric, language),
    mean:
      isFew || headline !== 'mean'
        ? null
        : t('definitions.mean', { mean: duration(mean, language), tool: TOOL_NAMES[tool] }),
    difference:
      isFew || own === undefined || own.tool === tool ? null : differenceOf(figure, own.figure, language),
  };
}

function differenceOf(
  figure: ReportedDefinition['figure'],
  own: ReportedDefinition['figure'],
  language: Language,
): string | null {
  const { t } = language;
  if (own.n < FEWEST_VALUES || figure.p50 === null || own.p50 === null) return null;
  const difference = figure.p50 - own.p50;
  const more = figure.n - own.n;
  if (difference === 0 && more === 0) return t('definitions.same');
  return [
    difference !== 0 && t('definitions.median', { difference: signed(difference, 's', language) }),
    more > 0 && t('definitions.more', { count: more }),
    more < 0 && t('definitions.fewer', { count: -more }),
  ]
    .filter((part) => part !== false)
    .join(' ');
}
