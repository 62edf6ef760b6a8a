/** What an explanation of a figure is, and which figures have one: all of METRICS 3, 4, 6 and 7. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { DefinedInstant } from '../definitions/definition';
import type { DeploymentSourceKind } from '../delivery/delivery-settings';
import type { Evidence } from '../delivery/explained';
import { METRIC_IDS, type Figure, type PlainFigure } from '../figures';

export const REVIEW_FIGURES = ['review_load_gini', 'bus_factor'] as const;

export const DELIVERY_FIGURES = [
  'deployment_frequency',
  'lead_time_for_changes',
  'change_failure_rate',
  'time_to_restore',
  'rework_rate',
  'direct_pushes',
  'hotfix_pushes',
] as const;

export const PIPELINE_FIGURES = [
  'pipeline_duration',
  'pipeline_success_rate',
  'pipeline_queue_time',
  'deployment_duration',
] as const;

/** Every figure that the export has, under its id there. */
export const FIGURE_IDS = [
  ...METRIC_IDS,
  ...REVIEW_FIGURES,
  ...DELIVERY_FIGURES,
  ...PIPELINE_FIGURES,
] as const;
export type FigureId = (typeof FIGURE_IDS)[number];

/** An instant behind a figure, with where it came from. */
export type FigureInstant =
  | DefinedInstant
  | { readonly name: 'sourceUpdatedAt'; readonly at: EpochSeconds; readonly source: 'activity' }
  | {
      readonly name: 'reviewedAt';
      readonly at: EpochSeconds;
      readonly source: 'activity';
      /** The one that was reviewed. */
      readonly pullRequest: number;
    };

/** One thing behind a figure. */
export interface ExplainedItem {
  readonly kind: Evidence['kind'] | 'person';
  /** As evidence names things; a person's is the id of the account. */
  readonly id: string;
  /**
   * Seconds by the options' clock; an amount; for shares and counts 1 (counts for it) or 0; for a person what enters the
   * formula: pull requests reviewed for the Gini coefficient, acts of review for the bus factor.
   */
  readonly value: number;
  /** Ascending, but that a commit may be dated after its deployment. */
  readonly instants: readonly FigureInstant[];
  /** So many more instants follow those listed; absent where none do. */
  readonly further?: number;
}

/** The figure in the shape that screens and export show it in, and what it is made of: `recompute` makes it again. */
export interface FigureExplanation {
  readonly figureId: FigureId;
  readonly figure: Figure | PlainFigure;
  /** The largest value first; people by id, since they are not ranked. */
  readonly items: readonly ExplainedItem[];
  /** How many of the population have no value, for want of what the figure looks at. */
  readonly leftOut: number;
  /** What a figure per day is divided by; `null` for every other, and where that cannot be known. */
  readonly days: number | null;
  /** What counted as a deployment; `null` for figures that no deployment to production is part of. */
  readonly source: DeploymentSourceKind | null;
}
