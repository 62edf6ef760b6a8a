import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, severalFacts } from '../../src/facts/testing';
import {
  BANDS,
  countTicks,
  dayCells,
  daySentence,
  edgesOf,
  flowSentence,
  shownDays,
} from './cumulative-flow';
import { anOpenWorkReport } from './open-work-testing';
import { DAY, english, TO } from './testing';

/** One opened each midnight of the last four days; those but the last merged after 36 hours. */
const FACTS = [
  ...[4, 3, 2].map((days) =>
    aPullRequest({ id: days, openedAt: TO - days * DAY, mergedAt: TO - days * DAY + 36 * HOUR }),
  ),
  anOpenPullRequest({ id: 1, openedAt: TO - DAY }),
];

it('shows what came and went from day to day', () => {
  const days = shownDays(anOpenWorkReport(FACTS, { days: 30 })).slice(-5);
  expect(
    days.map(({ flow, open, opened, closed, since }) => [
      (TO - flow.day) / DAY,
      open,
      opened,
      closed,
      (TO - since) / DAY,
    ]),
  ).toEqual([
    [5, 0, 0, 0, 5],
    [4, 1, 1, 0, 4],
    [3, 1, 1, 1, 3],
    [2, 1, 1, 1, 2],
    [1, 1, 1, 1, 1],
  ]);
});

it('stacks the phases without a gap, up to what is open', () => {
  fc.assert(
    fc.property(severalFacts(), fc.constantFrom(30, 90, 365), (facts, days) => {
      // Generated facts are of the summer.
      for (const shown of shownDays(anOpenWorkReport(facts, { days }))) {
        let top = 0;
        for (const phase of BANDS) {
          const [from, to] = edgesOf(shown, phase);
          expect([from, to - from]).toEqual([top, shown.flow.byPhase[phase]]);
          top = to;
        }
        expect(top).toBe(shown.open);
      }
    }),
    { numRuns: 20 },
  );
});

it.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [5, [0, 1, 2, 3, 4, 5]],
  [6, [0, 2, 4, 6]],
  [11, [0, 5, 10, 15]],
  [47, [0, 10, 20, 30, 40, 50]],
  [101, [0, 50, 100, 150]],
])('has ticks up to %d', (highest, ticks) => {
  expect(countTicks(highest)).toEqual(ticks);
});

describe('in words', () => {
  it('tells what a day and what the window came to', () => {
    const report = anOpenWorkReport(FACTS);
    const last = shownDays(report).at(-1);
    expect(last && daySentence(last, english)).toBe(
      'Nov 20: 1 open (1 waiting for review, 0 reviewed, 0 approved, 0 drafts); 1 opened and 1 closed on this day',
    );
    expect(last && dayCells(last, english)).toEqual(['Nov 20', '0', '1', '0', '0', '1', '1', '1']);
    expect(flowSentence(report, english)).toMatch(
      /^0 pull requests were open when the window began; 4 were opened and 3 closed in it, so that 1 is open at its end\. The height/,
    );
  });

  it('names the year, and so many days at once, in a long window', () => {
    const last = shownDays(anOpenWorkReport(FACTS, { days: 365 })).at(-1);
    expect(last && daySentence(last, english)).toMatch(
      /^Nov 20, 2026: .* 3 opened and 3 closed in these 3 days$/,
    );
  });

  it('says of a running day that it is one', () => {
    const [shown] = shownDays(anOpenWorkReport(FACTS)).slice(-1);
    expect(shown?.isRunning).toBe(false);
    expect(shown && dayCells({ ...shown, isRunning: true }, english)[0]).toBe('Nov 20 (so far)');
  });

  it('does not claim what is not read', () => {
    const readSince = TO - 3 * DAY;
    const report = anOpenWorkReport(FACTS, { completeness: { state: 'importing', readSince } });
    const days = shownDays(report);
    expect(days.slice(-5).map(({ isRead }) => isRead)).toEqual([false, true, true, true, true]);
    const [unread] = days;
    expect(unread && daySentence(unread, english)).toBe('Aug 23: not read whole yet');
    expect(unread && dayCells(unread, english)[0]).toBe('Aug 23 (not read whole)');
    expect(flowSentence(report, english)).toMatch(/^The height/);
  });

  it('says what is left out or counted by halves', () => {
    const facts = [
      anOpenPullRequest({
        openedAt: TO - DAY,
        coverage: { activity: false, commits: false, diffstat: false },
      }),
      aPullRequest({ id: 2, state: 'DECLINED', openedAt: TO - 2 * DAY, mergedAt: null, closedAt: null }),
    ];
    expect(flowSentence(anOpenWorkReport(facts), english)).toMatch(
      /counts as waiting for a review until it has a verdict\. 1 is left out, since it is not known when it was closed\.$/,
    );
  });
});
