import fc from 'fast-check';
import { aPullRequest, derivableFacts, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import { distributionOf } from './distribution';
import { STAGES, type StageFigures } from './figures';
import { pullRequestFigures } from './pull-request-figures';
import { explainStage, stageFigures, stagesOf } from './stages';
import { SECONDS_A_DAY } from './windows';
import { calendarTime, withoutWeekends } from './working-time';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 30 * SECONDS_A_DAY };
const at = (hours: number): number => OPENED_AT + hours * HOUR;
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** In hours. */
function stagesIn(overrides: Parameters<typeof aPullRequest>[0]): Readonly<Record<string, number>> | null {
  const facts = aPullRequest(overrides);
  const stages = stagesOf({ ...facts, mergedAt: facts.mergedAt ?? 0 }, calendarTime);
  if (stages === null) return null;
  return Object.fromEntries(Object.entries(stages).map(([stage, seconds]) => [stage, seconds / HOUR]));
}

describe('the stages of one pull request merged after a day', () => {
  it('are coding, pickup, review up to the last approval, and the wait for the merge', () => {
    const reviews = [
      review('comment', 2),
      review('approval', 5),
      review('approval', 9),
      review('comment', 11),
    ];
    expect(stagesIn({ commitAuthoredAt: [at(-10)], reviews })).toEqual({
      coding: 10,
      pickup: 2,
      review: 7,
      merge_wait: 15,
    });
  });

  it('are a review up to the merge where nobody approved', () => {
    expect(stagesIn({ commitAuthoredAt: [at(-1)], reviews: [review('changes_requested', 4)] })).toEqual({
      coding: 1,
      pickup: 4,
      review: 20,
    });
  });

  it('are unreviewed where nobody looked, and no coding before the opening is a coding of 0', () => {
    expect(stagesIn({ commitAuthoredAt: [at(3)] })).toEqual({ coding: 0, unreviewed: 24 });
    expect(stagesIn({})).toEqual({ unreviewed: 24 });
  });

  it.each(['activity', 'commits'] as const)('are unknown until the %s is read', (answer) => {
    const coverage = { activity: true, commits: true, diffstat: true, [answer]: false };
    expect(stagesIn({ coverage })).toBeNull();
    expect(
      stageFigures([aPullRequest({ coverage })], WINDOW, OPTIONS).every(({ total }) => total === 0),
    ).toBe(true);
  });
});

it('sum to the cycle time for every pull request, and are never negative', () => {
  let compared = 0;
  fc.assert(
    fc.property(derivableFacts, (facts) => {
      if (facts.mergedAt === null) return;
      const stages = stagesOf({ ...facts, mergedAt: facts.mergedAt }, calendarTime);
      if (stages === null) return;
      const window = { from: facts.mergedAt, to: facts.mergedAt + 1 };
      const { cycle_time } = pullRequestFigures([facts], window, { ...OPTIONS, includeBots: true });
      expect(sum(Object.values(stages))).toBe(cycle_time.p50);
      expect(Math.min(...Object.values(stages))).toBeGreaterThanOrEqual(0);
      compared += 1;
    }),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(50);
});

describe('over a window', () => {
  it('are shares of all cycle time', () => {
    const facts = [
      aPullRequest({ commitAuthoredAt: [at(-6)], reviews: [review('comment', 4), review('approval', 10)] }),
      aPullRequest({ id: 2, mergedAt: at(20) }),
    ];
    const stages = stageFigures(facts, WINDOW, OPTIONS);
    expect(
      stages.map(({ stage, total, share, duration }) => [stage, total / HOUR, share, duration.n]),
    ).toEqual([
      ['coding', 6, 0.12, 1],
      ['pickup', 4, 0.08, 1],
      ['review', 6, 0.12, 1],
      ['merge_wait', 14, 0.28, 1],
      ['unreviewed', 20, 0.4, 1],
    ]);
  });

  it('have no share where nothing was merged', () => {
    expect(stageFigures([], WINDOW, OPTIONS).every(({ share }) => share === null)).toBe(true);
  });

  it('have shares that sum to 1, whatever the order, with or without bots’ pull requests', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        const stages: readonly StageFigures[] = stageFigures(facts, WINDOW, OPTIONS);
        if (sum(stages.map(({ total }) => total)) > 0) {
          expect(sum(stages.map(({ share }) => share ?? 0))).toBeCloseTo(1, 12);
        }
        expect(stageFigures(facts.toReversed(), WINDOW, OPTIONS)).toEqual(stages);
        const people = facts.filter(({ authorIsBot }) => !authorIsBot);
        expect(stageFigures(people, WINDOW, OPTIONS)).toEqual(stages);
      }),
    );
  });
});

describe('behind a stage', () => {
  it('stand the pull requests that went through it, the longest first, with the two instants', () => {
    const facts = [
      aPullRequest({ reviews: [review('comment', 4), review('approval', 10)] }),
      aPullRequest({ id: 2, reviews: [review('comment', 1)] }),
      aPullRequest({ id: 3 }),
    ];
    const { figure, pullRequests, leftOut } = explainStage('review', facts, WINDOW, OPTIONS);
    expect(pullRequests).toEqual([
      {
        id: 2,
        value: 23 * HOUR,
        instants: [
          { name: 'firstReviewAt', at: at(1), source: 'activity' },
          { name: 'mergedAt', at: at(24), source: 'activity' },
        ],
      },
      {
        id: 1,
        value: 6 * HOUR,
        instants: [
          { name: 'firstReviewAt', at: at(4), source: 'activity' },
          { name: 'lastApprovedAt', at: at(10), source: 'activity' },
        ],
      },
    ]);
    expect([figure.p50, leftOut]).toEqual([14.5 * HOUR, 1]);
  });

  it('stands what gives every stage’s duration, total and share again, by any clock', () => {
    const clock = fc.constantFrom(calendarTime, withoutWeekends('Europe/Berlin'));
    fc.assert(
      fc.property(severalFacts(), clock, (facts, elapsed) => {
        const options = { ...OPTIONS, elapsed };
        const valuesOf = STAGES.map((stage) =>
          explainStage(stage, facts, WINDOW, options).pullRequests.map(({ value }) => value),
        );
        const all = sum(valuesOf.flat());
        const { merged } = pullRequestFigures(facts, WINDOW, options);
        for (const [place, figures] of stageFigures(facts, WINDOW, options).entries()) {
          const values = valuesOf[place] ?? [];
          const explained = explainStage(figures.stage, facts, WINDOW, options);
          expect(figures.duration).toEqual(distributionOf(values, 's'));
          expect(explained.figure).toEqual(figures.duration);
          expect(figures.total).toBe(sum(values));
          expect(figures.share).toBe(all === 0 ? null : sum(values) / all);
          expect(values.length + explained.leftOut).toBe(merged.value);
        }
      }),
    );
  });
});
