/** By which clock each figure counts: the reader's, and for the few that must not, the calendar. */
import fc from 'fast-check';
import {
  aPullRequest,
  anOpenPullRequest,
  derivableFacts,
  HOUR,
  OPENED_AT,
  review,
  severalFacts,
} from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { branchLifetime } from './branch-strategy';
import { headlineChanges } from './change/headline-changes';
import { definitionsTable } from './definitions/other-definitions';
import { DEFAULT_DELIVERY_SETTINGS } from './delivery/delivery-settings';
import { deliveryFigures } from './delivery/delivery-figures';
import { aDeployment, aMerge, anyDeliveryFacts, at as hoursAfter } from './delivery/testing';
import { DURATION_METRICS, type DurationMetric } from './figures';
import { mergeForecasts } from './forecast/merge-chance';
import { pullRequestFigures } from './pull-request-figures';
import { reviewEvidence, reviewLoadOf } from './review-load';
import { stageFigures, stagesOf } from './stages';
import { timeToMergeBars } from './time-to-merge-histogram';
import { weeklyTrend } from './weekly-trend';
import { SECONDS_A_DAY } from './windows';
import { workInProgress } from './work-in-progress';
import { MONDAY_TO_FRIDAY, withoutWeekends, workingTime } from './working-time';

const CALENDAR = { defaultBranch: 'main' };
/** Nine to five, Monday to Friday; the usual opening is a Monday at nine. */
const OFFICE = {
  ...CALENDAR,
  elapsed: workingTime({
    timeZone: 'UTC',
    weekdays: MONDAY_TO_FRIDAY,
    startMinute: 9 * 60,
    endMinute: 17 * 60,
  }),
};
const WEEKDAYS = { ...CALENDAR, elapsed: withoutWeekends('UTC') };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 60 * SECONDS_A_DAY };
const at = (hours: number): number => OPENED_AT + hours * HOUR;

/** Written from Sunday noon, opened on Monday at nine, seen on Monday at 16, approved on Tuesday at 11, merged on Wednesday at 10. */
const WEEK_BEGIN = aPullRequest({
  commitAuthoredAt: [at(-21)],
  reviews: [review('comment', 7), review('approval', 26)],
  mergedAt: at(49),
});

/** Opened on Friday at 16, merged on the Monday after at 10. */
const OVER_THE_WEEKEND = aPullRequest({ id: 2, openedAt: at(4 * 24 + 7), mergedAt: at(7 * 24 + 1) });

describe('by office hours', () => {
  it.each([
    ['time_to_open', 0],
    ['time_to_first_review', 7],
    ['time_to_first_inline_or_verdict', 10],
    ['time_to_approve', 10],
    ['review_time', 10],
    ['approval_spread', 0],
    ['merge_wait', 7],
    ['time_to_merge', 17],
    ['cycle_time', 17],
  ] as const)('%s is %d hours', (metric, hours) => {
    expect(pullRequestFigures([WEEK_BEGIN], WINDOW, OFFICE)[metric].p50).toBe(hours * HOUR);
  });

  it('every duration of METRICS 3 is among those above', () => {
    const calendar = pullRequestFigures([WEEK_BEGIN], WINDOW, CALENDAR);
    const office = pullRequestFigures([WEEK_BEGIN], WINDOW, OFFICE);
    const unchanged = DURATION_METRICS.filter((metric) => calendar[metric].p50 === office[metric].p50);
    const seenOnOneDay: readonly DurationMetric[] = ['time_to_first_review', 'approval_spread'];
    expect(unchanged).toEqual(seenOnOneDay);
  });

  it('stages are parts of the same hours', () => {
    const stages = stageFigures([WEEK_BEGIN], WINDOW, OFFICE);
    expect(stages.map(({ stage, total }) => [stage, total / HOUR])).toEqual([
      ['coding', 0],
      ['pickup', 7],
      ['review', 3],
      ['merge_wait', 7],
      ['unreviewed', 0],
    ]);
  });

  it('the trend and the bars leave the weekend out', () => {
    const weeks = weeklyTrend([OVER_THE_WEEKEND], WINDOW, OFFICE);
    expect(weeks.flatMap(({ timeToMerge }) => timeToMerge.p50 ?? [])).toEqual([2 * HOUR]);
    const bars = timeToMergeBars([OVER_THE_WEEKEND], WINDOW, OFFICE);
    expect(bars.filter(({ count }) => count > 0).map(({ from }) => from)).toEqual([HOUR]);
    const unchanged = timeToMergeBars([OVER_THE_WEEKEND], WINDOW, CALENDAR);
    expect(unchanged.filter(({ count }) => count > 0).map(({ from }) => from)).toEqual([2 * SECONDS_A_DAY]);
  });

  it('the change between windows is of working hours', () => {
    const merges = (from: number, days: number): readonly PullRequestFacts[] =>
      [0, 1, 2, 3, 4].map((week) => {
        const openedAt = from + week * 7 * SECONDS_A_DAY;
        return aPullRequest({ id: from + week, openedAt, mergedAt: openedAt + days * SECONDS_A_DAY });
      });
    const window = { from: OPENED_AT, to: OPENED_AT + 36 * SECONDS_A_DAY };
    // Before: Tuesday to Wednesday; after: Monday to Wednesday. The window before begins on a Sunday.
    const facts = [...merges(window.from - 34 * SECONDS_A_DAY, 1), ...merges(window.from, 2)];
    const { time_to_merge } = headlineChanges(facts, window, OFFICE);
    expect(time_to_merge.medians?.difference).toBe(8 * HOUR);
    expect(headlineChanges(facts, window, CALENDAR).time_to_merge.medians?.difference).toBe(24 * HOUR);
  });

  it('the lifetime of a branch is of working hours', () => {
    expect(branchLifetime([WEEK_BEGIN, OVER_THE_WEEKEND], WINDOW, OFFICE)).toMatchObject({
      figure: { n: 2, mean: 9.5 * HOUR },
      pullRequests: [{ value: 17 * HOUR }, { value: 2 * HOUR }],
    });
  });

  it('a response takes working hours, from an opening and from a push', () => {
    const facts = aPullRequest({
      reviews: [review('comment', 24), review('approval', 49)],
      sourceUpdatedAt: [at(30)],
      mergedAt: at(50),
    });
    const [reviewer] = reviewEvidence([facts], WINDOW, WINDOW.to, OFFICE).reviewers;
    expect(reviewer?.reviewed[0]?.responses.map(({ seconds }) => seconds / HOUR)).toEqual([8, 3]);
    expect(reviewer && reviewLoadOf(reviewer).timeToRespond.p50).toBe(5.5 * HOUR);
  });

  it('open work ages and rests by them; a week without activity is a week of the calendar', () => {
    const now = at(7 * 24 + 1);
    const merges = [1, 2, 3, 4, 5].map((days) =>
      aPullRequest({ id: 10 + days, openedAt: at(-7 * 24), mergedAt: at((days - 1 - 7) * 24) + HOUR }),
    );
    const open = anOpenPullRequest({ openedAt: OPENED_AT, lastActivityAt: at(1) });
    const work = workInProgress([...merges, open], now, OFFICE);
    expect(work.pullRequests).toMatchObject([
      { ageSeconds: 41 * HOUR, idleSeconds: 40 * HOUR, stale: true, overP85: true },
    ]);
    // Merged after 1, 9, 17, 25 and 33 hours: 25 + 0.4 * 8.
    expect(work.p85Seconds).toBe(28.2 * HOUR);
  });
});

describe('delivery by weekdays', () => {
  /** Written on Friday at 9, deployed on the Monday after at 9, failed, and mended on the Monday after that. */
  const friday = 4 * 24;
  const monday = 7 * 24;
  const facts = {
    pullRequests: [
      aMerge(1, friday + 1, { commitAuthoredAt: [hoursAfter(friday)] }),
      aMerge(2, monday + 7 * 24 - 2, { commitAuthoredAt: [], branchKind: 'hotfix' }),
    ],
    deployments: [aDeployment(null, 0), aDeployment(null, monday), aDeployment(null, 2 * monday)],
    pushes: [],
    tags: [],
  };
  const figuresBy = (options: typeof CALENDAR | typeof WEEKDAYS, now = hoursAfter(30 * 24)) =>
    deliveryFigures(facts, [WINDOW], now, DEFAULT_DELIVERY_SETTINGS, options)[0];

  it('leaves weekends out of lead time and time to restore', () => {
    expect(figuresBy(CALENDAR)?.lead_time_for_changes.figure.p50).toBe(72 * HOUR);
    expect(figuresBy(WEEKDAYS)?.lead_time_for_changes.figure.p50).toBe(24 * HOUR);
    expect(figuresBy(CALENDAR)?.time_to_restore.figure.p50).toBe(7 * 24 * HOUR);
    expect(figuresBy(WEEKDAYS)?.time_to_restore.figure.p50).toBe(5 * 24 * HOUR);
  });

  it('leaves them out of the age of an open failure', () => {
    const open = { ...facts, deployments: facts.deployments.slice(0, 2) };
    const ages = [CALENDAR, WEEKDAYS].map((options) =>
      deliveryFigures(
        open,
        [WINDOW],
        hoursAfter(3 * monday),
        DEFAULT_DELIVERY_SETTINGS,
        options,
      )[0]?.time_to_restore.open.map(({ ageSeconds }) => ageSeconds / HOUR / 24),
    );
    expect(ages).toEqual([[14], [10]]);
  });

  it('gives the levels of the calendar: what waited from Friday evening to Monday took longer than a day', () => {
    const pullRequests = [1, 2, 3, 4, 5].map((week) =>
      aMerge(week, week * 7 * 24, { commitAuthoredAt: [hoursAfter(week * 7 * 24 - 61)] }),
    );
    const known = { pullRequests, deployments: [], pushes: [], tags: [] };
    const [figures] = deliveryFigures(known, [WINDOW], WINDOW.to, DEFAULT_DELIVERY_SETTINGS, WEEKDAYS);
    expect(figures?.lead_time_for_changes.figure.p50).toBe(13 * HOUR);
    expect(figures?.bands.lead_time_for_changes).toBe('high');
  });

  it('gives the levels of the calendar for any deployments, and the same frequency and rates', () => {
    fc.assert(
      fc.property(anyDeliveryFacts, (any) => {
        const [calendar, weekdays] = [CALENDAR, WEEKDAYS].map(
          (options) => deliveryFigures(any, [WINDOW], WINDOW.to, DEFAULT_DELIVERY_SETTINGS, options)[0],
        );
        expect(weekdays?.bands).toEqual(calendar?.bands);
        expect(weekdays?.deployment_frequency).toEqual(calendar?.deployment_frequency);
        expect(weekdays?.change_failure_rate).toEqual(calendar?.change_failure_rate);
        expect(weekdays?.rework_rate).toEqual(calendar?.rework_rate);
      }),
      { numRuns: 30 },
    );
  });
});

it('stages sum to the cycle time by any clock', () => {
  let compared = 0;
  const clock = fc.record({
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'),
    weekdays: fc.constantFrom(MONDAY_TO_FRIDAY, [7, 1, 2, 3, 4] as const, [6] as const),
    startMinute: fc.integer({ min: 0, max: 700 }),
    endMinute: fc.integer({ min: 701, max: 1_440 }),
  });
  fc.assert(
    fc.property(derivableFacts, clock, (facts, hours) => {
      if (facts.mergedAt === null) return;
      const options = { ...CALENDAR, includeBots: true, elapsed: workingTime(hours) };
      const stages = stagesOf({ ...facts, mergedAt: facts.mergedAt }, options.elapsed);
      if (stages === null) return;
      const window = { from: facts.mergedAt, to: facts.mergedAt + 1 };
      const total = Object.values(stages).reduce((sum, each) => sum + each, 0);
      expect(total).toBe(pullRequestFigures([facts], window, options).cycle_time.p50);
      compared += 1;
    }),
    { numRuns: 300 },
  );
  expect(compared).toBeGreaterThan(50);
});

describe('the calendar', () => {
  it('is what forecasts go by: the reader asks for a chance by tomorrow, whatever day that is', () => {
    fc.assert(
      fc.property(severalFacts(60), (several) => {
        const facts = [...several, ...merged(40)];
        const [calendar, office] = [CALENDAR, OFFICE].map((options) =>
          mergeForecasts(facts, WINDOW.to, options),
        );
        expect(office).toEqual(calendar);
      }),
      { numRuns: 20 },
    );
  });

  it('is what the tools’ definitions go by, Throughline’s beside them too', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        expect(definitionsTable(facts, WINDOW, OFFICE)).toEqual(definitionsTable(facts, WINDOW, CALENDAR));
      }),
      { numRuns: 30 },
    );
  });

  it('is what amounts, shares and counts know nothing of', () => {
    fc.assert(
      fc.property(severalFacts(), (facts) => {
        const [calendar, office] = [CALENDAR, OFFICE].map((options) =>
          Object.entries(pullRequestFigures(facts, WINDOW, options)).filter(([, { unit }]) => unit !== 's'),
        );
        expect(office).toEqual(calendar);
      }),
      { numRuns: 30 },
    );
  });
});

/** Enough merges for a forecast. */
function merged(amount: number): readonly PullRequestFacts[] {
  return Array.from({ length: amount }, (_, place) => aPullRequest({ id: 200_000 + place }));
}
