import fc from 'fast-check';
import { OPENED_AT, severalFacts } from '../facts/testing';
import { PHASES } from '../metrics/figures';
import { SECONDS_A_DAY } from '../metrics/windows';
import { openWorkAtReport, shownFlow } from './open-work-flow';

const OPTIONS = { defaultBranch: 'main' };

const window = fc
  .record({
    from: fc.integer({ min: OPENED_AT - 400 * SECONDS_A_DAY, max: OPENED_AT + 70 * SECONDS_A_DAY }),
    seconds: fc.oneof(
      fc.integer({ min: 1, max: 731 * SECONDS_A_DAY }),
      fc.integer({ min: 1, max: 731 }).map((days) => days * SECONDS_A_DAY),
    ),
  })
  .map(({ from, seconds }) => ({ from, to: from + seconds }));

it.each([
  [1, 1, 1],
  [90, 90, 1],
  [180, 180, 1],
  [181, 91, 2],
  [365, 122, 3],
  [731, 147, 5],
])('shows of %d days %d, each %d after the one before', (days, shown, daysApart) => {
  const from = Math.floor(OPENED_AT / SECONDS_A_DAY) * SECONDS_A_DAY;
  const to = from + days * SECONDS_A_DAY;
  const { flow } = shownFlow([], { from, to }, OPTIONS);
  expect([flow.days.length, flow.daysApart, flow.days.at(-1)?.at]).toEqual([shown, daysApart, to]);
});

it('holds on every day shown what was open, plus what came, minus what went', () => {
  fc.assert(
    fc.property(severalFacts(), window, (facts, shown) => {
      const { flow } = shownFlow(facts, shown, OPTIONS);
      expect(flow.days.length).toBeLessThanOrEqual(180);
      expect(flow.days.at(-1)?.at).toBe(shown.to);
      for (const { byPhase, opened, closed } of flow.days) {
        const open = PHASES.reduce((sum, phase) => sum + byPhase[phase], 0);
        expect(open).toBe(flow.openAtStart + opened - closed);
      }
    }),
  );
});

it('lists behind each day shown what gives its figures, and what came and went since the one before', () => {
  fc.assert(
    fc.property(severalFacts(), window, (facts, shown) => {
      const { flow } = shownFlow(facts, shown, OPTIONS);
      let before = { at: shown.from, opened: 0, closed: 0 };
      for (const each of flow.days) {
        const behind = openWorkAtReport(facts, shown, each.day, OPTIONS);
        expect([behind.since, behind.at]).toEqual([before.at, each.at]);
        for (const phase of PHASES) {
          expect(behind.open.filter((open) => open.phase === phase)).toHaveLength(each.byPhase[phase]);
        }
        expect(behind.opened).toHaveLength(each.opened - before.opened);
        expect(behind.closed).toHaveLength(each.closed - before.closed);
        before = each;
      }
    }),
    { numRuns: 30 },
  );
});
