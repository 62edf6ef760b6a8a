import { distributionOf } from '../../src/metrics/distribution';
import type { PersonsLoad, ReviewsReport } from '../../src/views/reports/reviews-report';
import {
  activeSentence,
  healthSentence,
  healthTiles,
  missingParts,
  personRows,
  responseText,
  waitedTexts,
  waitingSentences,
  whyNoReviews,
} from './reviews';
import { DAY, english, german, TO } from './testing';

const HOUR = 3_600;

const times = (...hours: number[]) => {
  const seconds = hours.map((each) => each * HOUR);
  return { figure: distributionOf(seconds, 's'), values: seconds.length < 5 ? seconds : null };
};

const load = (reviewerId: string, overrides: Partial<PersonsLoad> = {}): PersonsLoad => ({
  reviewerId,
  pullRequestsReviewed: 3,
  approvals: 2,
  changesRequested: 1,
  comments: 4,
  timeToRespond: times(1),
  openReviewsWaiting: 0,
  waitingSince: null,
  ...overrides,
});

const aReport = (overrides: Partial<ReviewsReport> = {}): ReviewsReport => ({
  asOf: TO,
  window: { from: TO - 90 * DAY, to: TO, days: 90 },
  readSince: 0,
  merged: 12,
  health: { gini: 0.254, busFactor: 2, people: 6, reviewers: 5, reviews: 40 },
  previousHealth: { gini: 0.5, busFactor: 1, people: 4, reviewers: 3, reviews: 30 },
  activeAuthors: 6,
  activeReviewers: 5,
  unattributed: 0,
  leftOut: { merged: 0, open: 0 },
  personal: {
    timeToRespond: times(1, 2, 3, 4, 5),
    loads: [],
    matrix: { authorIds: [], reviewerIds: [], pairs: [], authors: 0, reviewers: 0, withoutAuthor: 0 },
    waiting: [],
    waitingInAll: 0,
    people: [],
  },
  ...overrides,
});

const few = { gini: 0.1, busFactor: 1, people: 2, reviewers: 1, reviews: 4 };
const none = { gini: null, busFactor: null, people: 2, reviewers: 0, reviews: 0 };

describe('why there is no review', () => {
  it.each<[ReturnType<typeof whyNoReviews>, Partial<ReviewsReport>]>([
    [null, {}],
    ['nothingMerged', { merged: 0 }],
    ['nothingRead', { merged: 0, readSince: null }],
    ['nothingRead', { merged: 0, readSince: TO - DAY }],
    ['unread', { merged: 0, leftOut: { merged: 3, open: 0 } }],
    ['nobody', { health: none }],
    // Somebody did, whose account is gone.
    [null, { health: none, unattributed: 2 }],
  ])('%s', (why, overrides) => {
    expect(whyNoReviews(aReport(overrides))).toBe(why);
  });
});

it('says how review is shared, and what is healthy', () => {
  expect(healthSentence(aReport(), english)).toBe(
    'Half of the 40 reviews rest on 2 people of the 5 who reviewed. Healthy is review that many people share: then nobody’s absence holds it up.',
  );
  expect(healthSentence(aReport({ health: few }), german)).toMatch(
    /^4 Reviews in diesem Zeitraum: Weniger als 5 sagen nichts/,
  );
  expect(healthSentence(aReport({ health: none }), english)).toMatch(/^0 reviews in this window/);
});

it('gives each figure with the one before, and says nothing of better or worse', () => {
  expect(healthTiles(aReport(), english)).toMatchObject([
    { value: '0.25', before: 'The 90 days before: 0.5' },
    { value: '2 people', before: 'The 90 days before: 1 person' },
    { value: '3 h', reading: 'over 5 responses', before: null },
  ]);
  expect(healthTiles(aReport(), german)[0]).toMatchObject({
    value: '0,25',
    before: 'In den 90 Tagen davor: 0,5',
  });
});

it('gives no figure of a few reviews, nor compares with a few', () => {
  const [gini, busFactor] = healthTiles(aReport({ health: few, previousHealth: null }), english);
  expect(gini).toMatchObject({ value: '–', reading: 'too few reviews', before: 'No comparison yet' });
  expect(busFactor).toMatchObject({ value: '–', reading: 'too few reviews' });
  expect(healthTiles(aReport({ previousHealth: few }), english)[0]?.before).toMatch(/^Too little to compare/);
});

it('tells no time to respond where figures of people are off', () => {
  expect(healthTiles(aReport({ personal: null }), english)).toHaveLength(2);
});

it('lists times to respond that are too few for a median', () => {
  expect(responseText(times(1, 2.5), english)).toEqual({ text: '1 h, 2 h 30 min', exact: '1 h, 2 h 30 min' });
  expect(responseText(times(), english).text).toBe('–');
  expect(responseText(times(1, 2, 3, 4, 50), english).text).toBe('3 h');
});

it('names what is missing, and only that', () => {
  expect(missingParts(aReport(), english)).toEqual([]);
  const partial = aReport({ readSince: TO - DAY, leftOut: { merged: 1, open: 2 }, unattributed: 3 });
  expect(missingParts(partial, english)).toEqual([
    'This window is not read whole yet; the figures are of what is read so far.',
    'The activity of 1 merge is not read yet: its reviews do not count.',
    '3 reviews by accounts that are gone are nobody’s.',
  ]);
});

it('counts who was at work', () => {
  expect(activeSentence(aReport(), german)).toBe(
    'In diesem Zeitraum waren 6 Personen als Autoren und 5 als Reviewer aktiv, was auch immer aus den Pull Requests wurde.',
  );
  expect(activeSentence(aReport({ activeReviewers: null }), english)).toMatch(
    /who reviewed is not read yet\.$/,
  );
});

it('puts people in the order of their names, whatever they did', () => {
  const loads = [
    load('id-1', { pullRequestsReviewed: 1 }),
    load('id-2', { pullRequestsReviewed: 9 }),
    load('id-3', { openReviewsWaiting: 2, waitingSince: TO - DAY }),
  ];
  const names = new Map([
    ['id-1', 'Zoë'],
    ['id-2', 'Änne'],
  ]);
  const rows = personRows(loads, names, german);
  expect(rows.map(({ name }) => name)).toEqual(['Änne', 'Zoë', 'id-3…']);
  expect(rows.map(({ waiting }) => waiting)).toEqual(['0', '0', '2, seit 20.11.2026, 00:00']);
});

describe('what waits', () => {
  const waiting = (waitingInAll: number): Partial<ReviewsReport> => {
    const { personal } = aReport();
    return personal === null ? {} : { personal: { ...personal, waitingInAll } };
  };

  it.each<[Partial<ReviewsReport>, number, RegExp]>([
    [{}, 0, /^No open pull request waits for a review\.$/],
    [{ readSince: null }, 0, /^No open pull request that is read so far/],
    [waiting(1), 1, /^1 review is awaited\.$/],
    [waiting(7), 7, /^7 reviews are awaited, the oldest first\.$/],
    [waiting(300), 200, /^300 reviews are awaited; the 200 oldest are listed\.$/],
    [{ leftOut: { merged: 0, open: 2 } }, 0, /read so far .*2 open pull requests is not read yet/],
  ])('%j', (overrides, shown, sentence) => {
    expect(waitingSentences(aReport(overrides), shown, english).join(' ')).toMatch(sentence);
  });

  it('says since when and for how long', () => {
    const line = {
      pullRequest: 1,
      authorId: null,
      reviewerId: 'ben',
      start: { name: 'sourceUpdatedAt', at: TO - 2 * DAY },
      // By the working hours that the reader chose.
      waitedSeconds: 5 * HOUR,
    } as const;
    expect(waitedTexts(line, english)).toEqual({ waited: '5 h', since: 'pushed to Nov 19, 2026, 12:00 AM' });
    const opened = { ...line, start: { name: 'openedAt', at: TO - DAY } } as const;
    expect(waitedTexts(opened, german).since).toBe('eröffnet 20.11.2026, 00:00');
  });
});
