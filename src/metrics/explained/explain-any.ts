/** Lists what stands behind any figure, so that anyone can reckon it again (METRICS 8, "Explained"). */
import type { PipelineFacts } from '../../facts/delivery-facts';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { DeliveryFacts } from '../delivery/delivery-facts';
import { deliveryFiguresBy } from '../delivery/delivery-figures';
import type { DeliverySettings } from '../delivery/delivery-settings';
import type { Explained } from '../delivery/explained';
import { isOneOf, METRIC_IDS, type Figure, type MetricId, type Window } from '../figures';
import { environmentFigures } from '../pipelines/environment-figures';
import { pipelineFigures } from '../pipelines/pipeline-figures';
import type { FigureOptions } from '../population';
import { contributionsTo, figureOf } from '../pull-request-figures';
import {
  actsOf,
  peoplesReviews,
  pullRequestsOf,
  reviewConcentration,
  reviewFigures,
} from '../review-concentration';
import { reviewEvidence, type ReviewEvidence } from '../review-load';
import {
  DELIVERY_FIGURES,
  REVIEW_FIGURES,
  type ExplainedItem,
  type FigureExplanation,
  type FigureId,
} from './figure-explanation';
import { firstOnEach, itemOf, reviewedAt } from './items';

/** All that is known of one repository, as far back as its delivery figures look. */
export interface ExplainableFacts extends DeliveryFacts {
  readonly pipelines: readonly PipelineFacts[];
}

/**
 * The figure that the screens show of the window, with everything behind it. Made by the functions that make the figures
 * themselves, so that the two cannot differ. `now` is the instant that open failures and waiting reviews are seen at.
 */
export function explainAny(
  figureId: FigureId,
  facts: ExplainableFacts,
  window: Window,
  now: EpochSeconds,
  options: FigureOptions,
  settings: DeliverySettings,
): FigureExplanation {
  if (isOneOf(METRIC_IDS, figureId)) return ofPullRequests(figureId, facts, window, options);
  if (isOneOf(REVIEW_FIGURES, figureId)) {
    return ofReviews(figureId, reviewEvidence(facts.pullRequests, window, now, options));
  }
  if (figureId === 'deployment_duration') {
    return ofEvidence(figureId, environmentFigures(facts.deployments, window).deployment_duration);
  }
  if (!isOneOf(DELIVERY_FIGURES, figureId)) {
    return ofEvidence(figureId, pipelineFigures(facts.pipelines, window)[figureId]);
  }
  const delivery = deliveryFiguresBy(facts, now, settings, options)(window);
  const { source } = delivery;
  if (figureId !== 'deployment_frequency') return { ...ofEvidence(figureId, delivery[figureId]), source };
  const { figure, evidence, leftOut } = delivery.deployment_frequency;
  const { unit, n, value, days } = figure;
  return {
    figureId,
    figure: { unit, n, value },
    items: largestFirst(evidence),
    leftOut,
    days: value === null ? null : days,
    source,
  };
}

function ofPullRequests(
  figureId: MetricId,
  { pullRequests }: ExplainableFacts,
  window: Window,
  options: FigureOptions,
): FigureExplanation {
  const contributions = contributionsTo(figureId, pullRequests, window, options);
  return {
    figureId,
    figure: figureOf(figureId, contributions),
    items: largestFirst(contributions.values.map((each) => itemOf(figureId, each))),
    leftOut: contributions.leftOut,
    days: null,
    source: null,
  };
}

function ofReviews(figureId: (typeof REVIEW_FIGURES)[number], evidence: ReviewEvidence): FigureExplanation {
  const isGini = figureId === 'review_load_gini';
  const people = peoplesReviews(evidence).map((person): ExplainedItem => ({
    kind: 'person',
    id: person.personId,
    value: isGini ? pullRequestsOf(person) : actsOf(person),
    instants: isGini ? firstOnEach(person) : reviewedAt(person),
  }));
  return {
    figureId,
    figure: reviewFigures(reviewConcentration(evidence))[figureId],
    // Who gave no review is among the people that reviews could be shared by, and no part of their sum.
    items: isGini ? people : people.filter(({ value }) => value > 0),
    leftOut: evidence.leftOut.merged,
    days: null,
    source: null,
  };
}

function ofEvidence(figureId: FigureId, { figure, evidence, leftOut }: Explained<Figure>): FigureExplanation {
  return { figureId, figure, items: largestFirst(evidence), leftOut, days: null, source: null };
}

/** Those that move a figure are the ones people look for; of equal ones the latest come first. */
function largestFirst(items: readonly ExplainedItem[]): readonly ExplainedItem[] {
  const latest = ({ instants }: ExplainedItem): number => instants.at(-1)?.at ?? 0;
  return items.toSorted(
    (a, b) => b.value - a.value || latest(b) - latest(a) || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
}
