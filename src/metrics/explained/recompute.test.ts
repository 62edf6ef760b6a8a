import fc from 'fast-check';
import { HOUR, OPENED_AT } from '../../facts/testing';
import { exportedMetrics } from '../../views/exported-metrics';
import type { DefaultBranchPush } from '../delivery/delivery-facts';
import { DEFAULT_DELIVERY_SETTINGS } from '../delivery/delivery-settings';
import { deliveryFigures } from '../delivery/delivery-figures';
import { anyDeliveryFacts, anySettings, OPTIONS } from '../delivery/testing';
import { AMOUNT_METRICS, COUNT_METRICS, DURATION_METRICS, METRIC_IDS, type MetricId } from '../figures';
import { anyPipelines } from '../pipelines/testing';
import { MONDAY_TO_FRIDAY, withoutWeekends, workingTime } from '../working-time';
import { explainAny } from './explain-any';
import { DELIVERY_FIGURES, FIGURE_IDS, type FigureExplanation, type FigureId } from './figure-explanation';
import { recompute } from './recompute';

const WINDOW = { from: OPENED_AT - 30 * 24 * HOUR, to: OPENED_AT + 60 * 24 * HOUR };

/** Every figure there is, by hand: one that is added without an explanation, or taken away, is seen here. */
const EVERY_FIGURE = [
  'time_to_open',
  'time_to_first_review',
  'time_to_first_inline_or_verdict',
  'time_to_approve',
  'review_time',
  'approval_spread',
  'merge_wait',
  'time_to_merge',
  'cycle_time',
  'size_lines',
  'size_files',
  'review_comments',
  'revisions',
  'reviewers',
  'rework_cycles',
  'merge_rate',
  'unreviewed_merge_rate',
  'unapproved_merge_rate',
  'self_merge_rate',
  'changes_requested_rate',
  'rework_after_review_rate',
  'stale_approval_rate',
  'opened',
  'merged',
  'declined',
  'review_load_gini',
  'bus_factor',
  'deployment_frequency',
  'lead_time_for_changes',
  'change_failure_rate',
  'time_to_restore',
  'rework_rate',
  'direct_pushes',
  'hotfix_pushes',
  'pipeline_duration',
  'pipeline_success_rate',
  'pipeline_queue_time',
  'deployment_duration',
] as const satisfies readonly FigureId[];

const anyClock = fc.constantFrom(
  undefined,
  withoutWeekends('America/St_Johns'),
  workingTime({ timeZone: 'Europe/Berlin', weekdays: MONDAY_TO_FRIDAY, startMinute: 540, endMinute: 1_020 }),
);

/** With a direct push soon after a deployment, which chance alone seldom makes. */
const anyFacts = fc.tuple(anyDeliveryFacts, anyPipelines).map(([delivery, pipelines]) => ({
  ...delivery,
  pushes: [
    ...delivery.pushes,
    ...delivery.deployments.slice(0, 1).flatMap(({ completedAt }): readonly DefaultBranchPush[] => {
      return completedAt === null ? [] : [{ at: completedAt + 60, origin: 'direct', commit: null }];
    }),
  ],
  pipelines,
}));

describe('the explanation of every figure', () => {
  it('is there for all that the export has, and for nothing else', () => {
    const facts = { pullRequests: [], delivery: { pipelines: [], deployments: [] }, pushes: [], tags: [] };
    const [exported] = exportedMetrics(facts, [WINDOW], WINDOW.to, OPTIONS, DEFAULT_DELIVERY_SETTINGS);
    expect(Object.keys(exported ?? {}).sort()).toEqual([...EVERY_FIGURE].sort());
    expect([...FIGURE_IDS].sort()).toEqual([...EVERY_FIGURE].sort());
  });

  it('is of the figure that screens show, and its items give it again', () => {
    const withItems = new Set<FigureId>();
    fc.assert(
      fc.property(anyFacts, fc.boolean(), anyClock, anySettings, (facts, includeBots, elapsed, settings) => {
        const options = { ...OPTIONS, includeBots, ...(elapsed === undefined ? {} : { elapsed }) };
        const { pullRequests, deployments, pipelines, pushes, tags } = facts;
        const [shown] = exportedMetrics(
          { pullRequests, delivery: { pipelines, deployments }, pushes, tags },
          [WINDOW],
          WINDOW.to,
          options,
          settings,
        );
        for (const figureId of EVERY_FIGURE) {
          const explanation = explainAny(figureId, facts, WINDOW, WINDOW.to, options, settings);
          const { figure, items } = explanation;
          const reversed = { ...explanation, items: items.toReversed() };
          expect({ figureId, figure }).toEqual({ figureId, figure: shown?.[figureId] });
          expect({ figureId, figure: recompute(explanation) }).toEqual({ figureId, figure });
          expect({ figureId, figure: recompute(reversed) }).toEqual({ figureId, figure });
          expect(explanation.figureId).toBe(figureId);
          if (items.length > 0) withItems.add(figureId);
        }
      }),
      { numRuns: 100 },
    );
    expect([...withItems].sort()).toEqual([...EVERY_FIGURE].sort());
  });

  it('lists the largest value first, people by id, and instants in their order', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...EVERY_FIGURE), (facts, figureId) => {
        const { items } = explainAny(figureId, facts, WINDOW, WINDOW.to, OPTIONS, DEFAULT_DELIVERY_SETTINGS);
        const isOfPeople = items.some(({ kind }) => kind === 'person');
        const values = items.map(({ value }) => value);
        const ids = items.map(({ id }) => id);
        if (isOfPeople) expect(ids).toEqual(ids.toSorted());
        else expect(values).toEqual(values.toSorted((a, b) => b - a));
        for (const { instants } of items) {
          // A commit may be dated after its deployment: its lead time is 0.
          if (figureId === 'lead_time_for_changes') continue;
          expect(instants).toEqual(instants.toSorted((a, b) => a.at - b.at));
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each(DELIVERY_FIGURES)('%s follows the settings of delivery', (figureId) => {
    fc.assert(
      fc.property(anyFacts, anySettings, (facts, settings) => {
        const explanation = explainAny(figureId, facts, WINDOW, WINDOW.to, OPTIONS, settings);
        const [figures] = deliveryFigures(facts, [WINDOW], WINDOW.to, settings, OPTIONS);
        expect(figures?.[figureId].figure).toMatchObject(explanation.figure);
        expect(recompute(explanation)).toEqual(explanation.figure);
        expect(explanation.leftOut).toBe(figures?.[figureId].leftOut);
      }),
      { numRuns: 40 },
    );
  });

  it.each(DURATION_METRICS)(
    '%s has values that lie between its two instants, by the same clock',
    (metric) => {
      fc.assert(
        fc.property(anyFacts, anyClock, (facts, elapsed) => {
          const options = { ...OPTIONS, ...(elapsed === undefined ? {} : { elapsed }) };
          const { items } = explainAny(metric, facts, WINDOW, WINDOW.to, options, DEFAULT_DELIVERY_SETTINGS);
          for (const { value, instants } of items) {
            const [from, to] = instants.map((each) => each.at);
            expect(instants).toHaveLength(2);
            expect(value).toBe((elapsed ?? ((a, b) => b - a))(Number(from), Number(to)));
          }
        }),
        { numRuns: 40 },
      );
    },
  );

  it('has as many instants as it counts, where it counts acts', () => {
    const counted: readonly (readonly [FigureId, string])[] = [
      ['revisions', 'sourceUpdatedAt'],
      ['rework_cycles', 'sourceUpdatedAt'],
      ['review_load_gini', 'reviewedAt'],
      ['bus_factor', 'reviewedAt'],
    ];
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...counted), (facts, [figureId, name]) => {
        const { items } = explainAny(figureId, facts, WINDOW, WINDOW.to, OPTIONS, DEFAULT_DELIVERY_SETTINGS);
        for (const { value, instants } of items) {
          expect(instants.filter((each) => each.name === name)).toHaveLength(value);
        }
      }),
    );
  });

  it('names each pull request once, and with those left out all that were merged', () => {
    const perMerge: readonly MetricId[] = [...DURATION_METRICS, ...AMOUNT_METRICS];
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...METRIC_IDS), (facts, metric) => {
        const of = (id: MetricId): FigureExplanation =>
          explainAny(id, facts, WINDOW, WINDOW.to, OPTIONS, DEFAULT_DELIVERY_SETTINGS);
        const { items, leftOut } = of(metric);
        expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
        if (perMerge.includes(metric)) expect(items.length + leftOut).toBe(of('merged').items.length);
        if (COUNT_METRICS.some((each) => each === metric)) expect(leftOut).toBe(0);
      }),
    );
  });
});
