import fc from 'fast-check';
import { distributionOf } from '../distribution';
import type { Window } from '../figures';
import { SECONDS_A_DAY } from '../windows';
import { deliveryFigures, type DeliveryFigures } from './delivery-figures';
import { DEFAULT_DELIVERY_SETTINGS } from './delivery-settings';
import { aDeployment, aDirectPush, aMerge, anyDeliveryFacts, anySettings, at, OPTIONS } from './testing';

const NOW = at(160 * 24);
const instant = fc.integer({ min: at(-70 * 24), max: NOW });
const anyWindow: fc.Arbitrary<Window> = fc
  .tuple(instant, instant)
  .map(([one, other]) => ({ from: Math.min(one, other), to: Math.max(one, other) }));

function figuresOf(
  facts: Parameters<typeof deliveryFigures>[0],
  window: Window,
  settings = DEFAULT_DELIVERY_SETTINGS,
): DeliveryFigures {
  const [figures] = deliveryFigures(facts, [window], NOW, settings, OPTIONS);
  if (figures === undefined) throw new Error('a window without figures');
  return figures;
}

it('every figure can be reckoned again from what it lists', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, anyWindow, anySettings, (facts, window, settings) => {
      const figures = figuresOf(facts, window, settings);
      const valuesOf = ({ evidence }: { evidence: readonly { value: number }[] }): number[] =>
        evidence.map(({ value }) => value);
      const sumOf = (each: { evidence: readonly { value: number }[] }): number =>
        valuesOf(each).reduce((sum, value) => sum + value, 0);
      const { deployment_frequency: frequency } = figures;
      expect(frequency.figure.n).toBe(frequency.evidence.length);
      const isKnown = figures.source !== 'tag' || facts.tags.length > 0;
      const { days } = frequency.figure;
      expect(frequency.figure.value).toBe(isKnown && days > 0 ? frequency.evidence.length / days : null);
      for (const each of [figures.lead_time_for_changes, figures.time_to_restore]) {
        expect(each.figure).toEqual(distributionOf(valuesOf(each), 's'));
        for (const { value, instants } of each.evidence) {
          expect(value).toBe(Math.max(0, Number(instants[1]?.at) - Number(instants[0]?.at)));
        }
      }
      for (const each of [figures.change_failure_rate, figures.rework_rate]) {
        const n = each.evidence.length;
        expect(each.figure).toEqual({ unit: 'ratio', n, value: n === 0 ? null : sumOf(each) / n });
        expect(Math.max(0, ...valuesOf(each))).toBeLessThanOrEqual(1);
      }
      for (const each of [figures.direct_pushes, figures.hotfix_pushes]) {
        expect(each.figure).toEqual({ unit: 'count', n: sumOf(each), value: sumOf(each) });
      }
    }),
  );
});

it('agree with each other', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, anyWindow, anySettings, (facts, window, settings) => {
      const figures = figuresOf(facts, window, settings);
      const { n } = figures.deployment_frequency.figure;
      const failed = figures.change_failure_rate.evidence.filter(({ value }) => value === 1);
      expect([figures.change_failure_rate.figure.n, figures.rework_rate.figure.n]).toEqual([n, n]);
      expect(figures.time_to_restore.figure.n + figures.time_to_restore.open.length).toBe(failed.length);
      expect(figures.hotfix_pushes.figure.value).toBeLessThanOrEqual(figures.direct_pushes.figure.value);
      const { calendar } = figures;
      expect(calendar.flatMap((day) => day.deployments)).toHaveLength(n);
      expect(calendar.flatMap((day) => day.failures)).toEqual(failed.map(({ id }) => id));
      const days = figures.deployment_frequency.figure.shares.day;
      const busy = calendar.filter((day) => day.deployments.length > 0).length;
      expect(Math.round((days.value ?? 0) * days.n)).toBe(busy);
    }),
  );
});

it('do not depend on the order of the facts', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, anyWindow, anySettings, (facts, window, settings) => {
      const { direct_pushes, hotfix_pushes, ...figures } = figuresOf(facts, window, settings);
      const reversed = figuresOf(
        {
          pullRequests: facts.pullRequests.toReversed(),
          deployments: facts.deployments.toReversed(),
          pushes: facts.pushes.toReversed(),
          tags: facts.tags.toReversed(),
        },
        window,
        settings,
      );
      expect(reversed).toMatchObject(figures);
      expect(reversed.direct_pushes.figure).toEqual(direct_pushes.figure);
      expect(reversed.hotfix_pushes.figure).toEqual(hotfix_pushes.figure);
    }),
  );
});

it('of two windows side by side count what the window over both counts', () => {
  fc.assert(
    fc.property(anyDeliveryFacts, instant, anySettings, (facts, middle, settings) => {
      const whole = { from: at(-70 * 24), to: NOW };
      const windows = [whole, { ...whole, to: middle }, { ...whole, from: middle }];
      const counts = deliveryFigures(facts, windows, NOW, settings, OPTIONS).map((each) => [
        each.deployment_frequency.figure.n,
        each.lead_time_for_changes.figure.n,
        each.change_failure_rate.evidence.filter(({ value }) => value === 1).length,
        each.time_to_restore.figure.n,
        each.direct_pushes.figure.n,
        each.hotfix_pushes.figure.n,
      ]);
      const [all, before, after] = counts;
      expect(before?.map((count, place) => count + (after?.[place] ?? 0))).toEqual(all);
    }),
  );
});

it('of a month of one team, reckoned by hand', () => {
  // 2026-06-01 09:00 is hour 0. Six deployments; the third was bad: the hotfix of hour 52 came with the fourth.
  const [A, B, C, D, E, F] = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => letter.repeat(12));
  const deployments = [A, B, C, D, E, F].map((commit, place) =>
    aDeployment(commit ?? null, [-100, 1, 50, 54, 200, 400][place] ?? 0),
  );
  const pullRequests = [
    aMerge(1, 0.5, { commitAuthoredAt: [at(-5), at(-3)] }),
    aMerge(2, 49),
    aMerge(3, 52, { branchKind: 'hotfix', commitAuthoredAt: [at(51)] }),
    aMerge(4, 190),
    aMerge(5, 390),
    aMerge(6, 600),
  ];
  const window = { from: at(-9), to: at(-9) + 30 * SECONDS_A_DAY };
  const figures = figuresOf({ pullRequests, deployments, pushes: [aDirectPush(399, F)], tags: [] }, window);
  expect(figures.source).toBe('pipeline');
  expect(figures.deployment_frequency.figure).toMatchObject({ n: 5, days: 30, value: 5 / 30 });
  expect(figures.deployment_frequency.figure.shares.week).toEqual({ unit: 'ratio', n: 4, value: 3 / 4 });
  // 6 and 4 hours, 3, 3, 12 and 12.
  expect(figures.lead_time_for_changes.figure).toMatchObject({ n: 6, p50: 5 * 3_600 });
  // By the hotfix the third failed, and by the push at 399 that of hour 200, which the last one mended.
  expect(figures.change_failure_rate.figure).toEqual({ unit: 'ratio', n: 5, value: 2 / 5 });
  expect(figures.time_to_restore.figure).toMatchObject({ n: 2, mean: 102 * 3_600 });
  expect(figures.rework_rate.figure.value).toBe(2 / 5);
  expect(figures.direct_pushes.figure.value).toBe(1);
  expect(figures.hotfix_pushes.figure.value).toBe(0);
  expect(figures.bands).toEqual({
    deployment_frequency: 'high',
    lead_time_for_changes: 'elite',
    change_failure_rate: 'low',
    time_to_restore: null,
  });
});
