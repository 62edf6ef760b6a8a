import fc from 'fast-check';
import { coverageOf, daysRead, isComparable, isPartial } from './window-coverage';
import { anOverview, aCompleteness, DAY, TO } from './testing';

const window = { from: TO - 90 * DAY, to: TO };

it.each([
  ['nothing', null, { kind: 'none', since: TO }],
  ['what happens only after the window', TO + DAY, { kind: 'none', since: TO }],
  ['the last 30 days', TO - 30 * DAY, { kind: 'part', since: TO - 30 * DAY }],
  ['the window to the second', TO - 90 * DAY, { kind: 'whole', since: TO - 90 * DAY }],
  ['more than the window', TO - 200 * DAY, { kind: 'whole', since: TO - 90 * DAY }],
  ['all history', 0, { kind: 'whole', since: TO - 90 * DAY }],
] as const)('tells a window of which is read: %s', (_, readSince, coverage) => {
  expect(coverageOf({ state: 'importing', readSince }, window)).toEqual(coverage);
  expect(coverageOf({ state: 'failed', readSince }, window)).toEqual(coverage);
});

it('takes a complete import at its word', () => {
  expect(coverageOf({ state: 'complete', readSince: null }, window).kind).toBe('whole');
});

it('keeps the instant inside the window, whatever is read', () => {
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 0, max: 2 * TO })), (readSince) => {
      const coverage = coverageOf({ state: 'importing', readSince }, window);
      expect(coverage.since).toBeGreaterThanOrEqual(window.from);
      expect(coverage.since).toBeLessThanOrEqual(window.to);
      expect(coverage.kind === 'whole').toBe(coverage.since === window.from);
      expect(daysRead(coverage, window)).toBeGreaterThanOrEqual(0);
    }),
  );
});

it('calls figures partial by their window, not by the import', () => {
  const readFor = (days: number) =>
    anOverview({ completeness: aCompleteness({ state: 'importing', readSince: TO - days * DAY }) });
  expect(isPartial(readFor(89))).toBe(true);
  expect(isPartial(readFor(90))).toBe(false);
  expect(isComparable(readFor(179))).toBe(false);
  expect(isComparable(readFor(180))).toBe(true);
});
