import { pullRequestFigures } from '../../src/metrics/pull-request-figures';
import { SECONDS_A_DAY, windowEndingAt } from '../../src/metrics/windows';
import { generatedFacts } from './generated-facts';

const NOW = Date.UTC(2026, 0, 1) / 1000;
const WANTED = { perWindow: 1_000, windowDays: 90, windows: 2, now: NOW, seed: 7 };
const facts = generatedFacts(WANTED);

it('are as many as wanted, the same from the same seed, others from another', () => {
  expect(facts.pullRequests).toHaveLength(2_000);
  expect(facts.pipelines).toHaveLength(2_000);
  expect(facts.deployments).toHaveLength(200);
  expect(generatedFacts(WANTED)).toEqual(facts);
  expect(generatedFacts({ ...WANTED, seed: 8 }).pullRequests).not.toEqual(facts.pullRequests);
});

it('are such as the derivation gives: lists ascending, nothing before the opening, after the close or after now', () => {
  for (const each of facts.pullRequests) {
    const { openedAt, reviews, sourceUpdatedAt, commitAuthoredAt, state, mergedAt, closedAt } = each;
    const acts = [...reviews.map(({ at }) => at), ...sourceUpdatedAt];
    for (const list of [reviews.map(({ at }) => at), sourceUpdatedAt, commitAuthoredAt]) {
      expect(list).toEqual(list.toSorted((a, b) => a - b));
    }
    expect(acts.every((at) => openedAt <= at && at <= (closedAt ?? NOW))).toBe(true);
    expect(NOW - 180 * SECONDS_A_DAY <= openedAt && openedAt < NOW).toBe(true);
    expect(mergedAt).toBe(state === 'MERGED' ? closedAt : null);
    expect(closedAt === null).toBe(state === 'OPEN');
    expect(reviews.every(({ actorId }) => actorId !== each.authorId)).toBe(true);
  }
});

it('give figures near those of the recordings', () => {
  const figures = pullRequestFigures(facts.pullRequests, windowEndingAt(NOW, 90), { defaultBranch: 'main' });
  const hours = (seconds: number | null): number => Number(seconds) / 3_600;
  expect(figures.merged.value).toBeGreaterThan(600);
  expect(hours(figures.time_to_merge.p50)).toBeGreaterThan(24);
  expect(hours(figures.time_to_merge.p50)).toBeLessThan(96);
  expect(hours(figures.time_to_first_review.p50)).toBeGreaterThan(2);
  expect(hours(figures.time_to_first_review.p50)).toBeLessThan(24);
  expect(figures.unreviewed_merge_rate.value).toBeLessThan(0.15);
  expect(figures.stale_approval_rate.value).toBeGreaterThan(0);
});
