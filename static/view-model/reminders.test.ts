import { anOpenPullRequest, aPullRequest, HOUR, review } from '../../src/facts/testing';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { remindersReport, type RemindersSources } from '../../src/views/reminders';
import type { RemindersReport } from '../../src/views/reports/reminders-report';
import { dayLines, daySummary, lateSummary, lateTexts, usualSentences } from './reminders';
import { DAY, english, german, TO } from './testing';

/** Merged after 10, 20, …, 50 hours, reviewed after a tenth of them: 85 % within 44 h and 4 h 24 min. */
const MERGES = [10, 20, 30, 40, 50].map((hours, place) =>
  aPullRequest({
    id: place + 1,
    openedAt: TO - 90 * HOUR,
    mergedAt: TO - (90 - hours) * HOUR,
    reviews: [{ ...review('comment', 0), at: TO - (90 - hours / 10) * HOUR }],
  }),
);

function report(
  facts: readonly PullRequestFacts[],
  overrides: Partial<RemindersSources> = {},
): RemindersReport {
  return remindersReport(
    {
      facts,
      options: { defaultBranch: 'main' },
      completeness: { state: 'complete', readSince: 0 },
      viewerId: 'ann',
      timeZone: 'UTC',
      showsReviewers: true,
      ...overrides,
    },
    TO,
  );
}

const digestOf = (...facts: readonly PullRequestFacts[]): RemindersReport['digest'] => report(facts).digest;

const mine = (id: number, overrides: Partial<PullRequestFacts> = {}): PullRequestFacts =>
  anOpenPullRequest({ id, authorId: 'ann', openedAt: TO - DAY, ...overrides });
const reviewed = (kind: 'approval' | 'changes_requested'): Partial<PullRequestFacts> => ({
  reviews: [{ ...review(kind, 0), at: TO - 2 * HOUR }],
});

describe('the day', () => {
  const digest = digestOf(
    mine(1, { state: 'MERGED', mergedAt: TO - HOUR }),
    mine(2),
    mine(3, { draft: true }),
    mine(4, reviewed('approval')),
    mine(5, reviewed('changes_requested')),
    mine(6, { coverage: { activity: false, commits: true, diffstat: false } }),
    anOpenPullRequest({ id: 7, openedAt: TO - 3 * HOUR, requestedReviewerIds: ['ann'] }),
  );

  it('lists what is to be done before what stands, and what was closed last', () => {
    expect(
      dayLines(digest, english).map(({ pullRequest, what, isToDo }) => [pullRequest, what, isToDo]),
    ).toEqual([
      [7, 'Review', true],
      [5, 'Answer', true],
      [4, 'Merge', true],
      [2, 'Waits', false],
      [3, 'Draft', false],
      [6, 'Not read yet', false],
      [1, 'Merged', false],
    ]);
  });

  it('says since when each is where it is', () => {
    expect(dayLines(digest, english).map(({ since }) => since.replaceAll(/\s/g, ' '))).toEqual([
      'your review is due since Nov 20, 2026, 9:00 PM',
      'reviewed and back with you since Nov 20, 2026, 10:00 PM',
      'approved and back with you since Nov 20, 2026, 10:00 PM',
      'with its reviewers since Nov 20, 2026, 12:00 AM',
      'opened Nov 20, 2026, 12:00 AM',
      'opened Nov 20, 2026, 12:00 AM',
      'Nov 20, 2026, 11:00 PM',
    ]);
  });

  it('is summed up by what is to be done', () => {
    expect(daySummary(digest, english)).toBe('1 to review, 1 to answer, 1 to merge');
    expect(daySummary(digest, german)).toBe('1 zu prüfen, 1 zu beantworten und 1 zu mergen');
    expect(daySummary(digestOf(mine(2)), english)).toBe('nothing waits for you');
  });
});

describe('what is late', () => {
  const old = anOpenPullRequest({ id: 9, openedAt: TO - 3 * DAY, requestedReviewerIds: ['ben', 'ann'] });
  const late = report([...MERGES, old]);

  it('is counted, beside what is usual', () => {
    expect(lateSummary(late, english)).toBe('1 pull request');
    expect(usualSentences(late, english)).toEqual([
      '85 of 100 pull requests merged in the last 180 days took at most 1.8 days from opening to merge.',
      '85 of 100 of them waited at most 4 h 24 min for their first review.',
    ]);
    expect(lateSummary(report(MERGES), english)).toBe('nothing');
  });

  it('is told with why, on whom and since when', () => {
    const names = new Map([['ben', 'Ben Ode']]);
    const [row] = late.late;
    if (row === undefined) throw new Error('It is late.');
    expect(lateTexts(row, names, true, english)).toMatchObject({
      over: 'open for 3 days without a review',
      on: 'reviewers: ann… and Ben Ode',
    });
    expect(lateTexts(row, names, true, german).over).toBe('3 Tage offen, ohne Review');
  });

  it.each([
    [{ openedAt: TO - 5 * HOUR }, 'without a review for 5 h'],
    [{ openedAt: TO - 3 * DAY, ...reviewed('approval') }, 'open for 3 days'],
  ])('%j is %s', (overrides, over) => {
    const [row] = report([...MERGES, anOpenPullRequest({ id: 9, ...overrides })]).late;
    if (row === undefined) throw new Error('It is late.');
    expect(lateTexts(row, new Map(), true, english).over).toBe(over);
  });

  it('is nothing below five merges', () => {
    const few = report([...MERGES.slice(1), old]);
    expect(lateSummary(few, english)).toBe('too few merges to tell');
    expect(usualSentences(few, english)).toEqual([
      'Fewer than 5 pull requests were merged in the last 180 days, so nothing tells what is late.',
    ]);
  });

  it('says what is not read yet, and what an admin hides', () => {
    const reading = { state: 'importing', readSince: null } as const;
    expect(usualSentences(report(MERGES, { completeness: reading, showsReviewers: false }), english)).toEqual(
      [
        '85 of 100 pull requests merged in the last 180 days and read so far took at most 1.8 days from opening to merge.',
        '85 of 100 of them waited at most 4 h 24 min for their first review.',
        'Not every open pull request is read yet: more may wait.',
        expect.stringContaining('switched figures of single reviewers off'),
      ],
    );
    const partly = { state: 'importing', readSince: TO - 90 * DAY } as const;
    expect(usualSentences(report(MERGES, { completeness: partly }), english).join(' ')).not.toContain(
      'open pull',
    );
  });
});
