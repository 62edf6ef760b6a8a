import { aPullRequest, HOUR } from '../../facts/testing';
import { headlineChanges, TESTED_METRICS } from './headline-changes';

const DAY = 24 * HOUR;
const TO = Date.UTC(2026, 8, 1) / 1000;
const WINDOW = { from: TO - 30 * DAY, to: TO };
const OPTIONS = { defaultBranch: 'main' };

/** Ten merges in each window, with these hours from opening to merge. */
const merges = (before: (place: number) => number, after: (place: number) => number) =>
  Array.from({ length: 20 }, (_, place) => {
    const mergedAt = TO - (place < 10 ? 30 : 0) * DAY - (place % 10) * DAY - 1;
    const hours = (place < 10 ? before : after)(place % 10);
    return aPullRequest({ id: place + 1, openedAt: mergedAt - hours * HOUR, mergedAt, closedAt: mergedAt });
  });

it('calls a change what the spread of the values does not explain', () => {
  const facts = merges(
    (place) => 40 + place,
    (place) => 4 + place,
  );
  const { time_to_merge: change } = headlineChanges(facts, WINDOW, OPTIONS);
  expect(change.isChange).toBe(true);
  expect(change.medians?.difference).toBe(-36 * HOUR);
  expect(change.pValue).toBeLessThan(0.001);
});

it('calls none what it does', () => {
  const facts = merges(
    (place) => 10 + place,
    (place) => 11 + place,
  );
  expect(headlineChanges(facts, WINDOW, OPTIONS).time_to_merge.isChange).toBe(false);
});

it('says nothing of fewer than five values', () => {
  const changes = headlineChanges([], WINDOW, OPTIONS);
  for (const metric of TESTED_METRICS) {
    expect(changes[metric]).toEqual({ medians: null, pValue: null, isChange: null });
  }
});
