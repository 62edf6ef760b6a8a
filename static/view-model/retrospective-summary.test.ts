import { aPullRequest, anOpenPullRequest, HOUR, review } from '../../src/facts/testing';
import { headlineChanges } from '../../src/metrics/change/headline-changes';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { pullRequestFigures } from '../../src/metrics/pull-request-figures';
import { stageFigures } from '../../src/metrics/stages';
import { precedingWindow, windowEndingAt } from '../../src/metrics/windows';
import { workInProgress } from '../../src/metrics/work-in-progress';
import type { RepositoryOverview } from '../../src/views/contract';
import { NO_DELIVERIES } from './delivery-testing';
import { retrospectiveSummary } from './retrospective-summary';
import { aCompleteness, anOverview, DAY, english, german, TO } from './testing';

const WINDOW = windowEndingAt(TO, 90);
const OPTIONS = { defaultBranch: 'main' };

/** Merged `daysAgo` days ago after `hours`; committed before, with a review half way where that is said. */
function merged(id: number, daysAgo: number, hours: number, isReviewed = true): PullRequestFacts {
  const openedAt = TO - daysAgo * DAY;
  return aPullRequest({
    id,
    openedAt,
    mergedAt: openedAt + hours * HOUR,
    closedAt: openedAt + hours * HOUR,
    commitAuthoredAt: [openedAt - HOUR],
    reviews: isReviewed ? [{ ...review('approval', 0), at: openedAt + (hours / 2) * HOUR }] : [],
    coverage: { activity: true, commits: true, diffstat: true },
  });
}

/** Twenty merges now that took half a day, and twenty before that took five. */
const FACTS: readonly PullRequestFacts[] = [
  ...Array.from({ length: 20 }, (_, index) => merged(index + 1, 10 + index, 10 + (index % 5), index > 3)),
  ...Array.from({ length: 20 }, (_, index) => merged(index + 101, 100 + index, 110 + (index % 7))),
  ...Array.from({ length: 12 }, (_, index) =>
    anOpenPullRequest({
      id: 300 + index,
      openedAt: TO - (40 - index) * DAY,
      lastActivityAt: TO - DAY,
      coverage: { activity: true, commits: true, diffstat: true },
    }),
  ),
];

function overviewOf(
  facts: readonly PullRequestFacts[],
  overrides: Partial<RepositoryOverview> = {},
): RepositoryOverview {
  return anOverview({
    figures: pullRequestFigures(facts, WINDOW, OPTIONS),
    previousFigures: pullRequestFigures(facts, precedingWindow(WINDOW), OPTIONS),
    changes: headlineChanges(facts, WINDOW, OPTIONS),
    stages: stageFigures(facts, WINDOW, OPTIONS),
    workInProgress: workInProgress(facts, TO, OPTIONS),
    ...overrides,
  });
}

const LINK = 'https://bitbucket.org/shop/web/forge?days=90';
const whole = { overview: overviewOf(FACTS), delivery: NO_DELIVERIES, isNarrowed: false, link: LINK };
const linesOf = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('in English', () => {
  const lines = linesOf(retrospectiveSummary(whole, english));

  it('says what changed, and whether chance explains it', () => {
    expect(lines.slice(0, 4)).toEqual([
      '# Pull requests, Aug 23, 2026 to Nov 21, 2026',
      '',
      '## Figures',
      '',
    ]);
    expect(lines).toContain(
      '- Time to merge: 12 h (median of 20); 89 % less than the 90 days before (4.7 days), more than chance explains',
    );
    expect(lines).toContain('- Merged: 20; Same as the 90 days before (20)');
    expect(lines).toContain(
      '- Merged without a review: 20 % of 20; 20 points more than the 90 days before (0 %)',
    );
  });

  it('says what takes the time, the most first, and what waits', () => {
    const stages = lines.slice(lines.indexOf('## What takes the time') + 2);
    expect(stages.slice(0, 3)).toEqual([
      expect.stringMatching(/^- (Pickup|Waiting to merge): 37 % of all cycle time, median 6 h over 16$/),
      expect.stringMatching(/^- (Pickup|Waiting to merge): 37 % of all cycle time, median 6 h over 16$/),
      expect.stringMatching(/^- Unreviewed: 18 % .* median – over 4$/),
    ]);
    const waiting = lines.slice(lines.indexOf('## What waits too long now') + 2);
    expect(waiting[0]).toMatch(/^12 pull requests are open; 0 had no activity for 7 days\./);
    expect(waiting[2]).toBe('- #300: age 40 days; Waiting for a first review');
    expect(waiting.slice(11, 13)).toEqual([
      '- #309: age 31 days; Waiting for a first review',
      '- and 2 more',
    ]);
  });

  it('ends with delivery in a line and the link', () => {
    expect(lines.slice(-5)).toEqual([
      '## Delivery',
      '',
      'Nothing was deployed in these 90 days.',
      '',
      `[Open this view](${LINK})`,
    ]);
  });

  it('names nobody and no title', () => {
    const text = lines.join('\n');
    for (const { authorId, reviews } of FACTS) {
      for (const id of [authorId, ...reviews.map(({ actorId }) => actorId)]) {
        expect(text).not.toContain(String(id));
      }
    }
  });
});

it('says the same in German', () => {
  const lines = linesOf(retrospectiveSummary(whole, german));
  expect(lines[0]).toBe('# Pull Requests, 23.08.2026 bis 21.11.2026');
  expect(lines).toContain(
    '- Zeit bis zum Merge: 12 Std. (Median von 20); 89 % weniger als in den 90 Tagen davor (4,7 Tage), mehr als der Zufall erklärt',
  );
  expect(lines).toContain('## Was Zeit kostet');
  expect(lines).toContain('- und 2 weitere');
  expect(lines.at(-1)).toBe(`[Diese Ansicht öffnen](${LINK})`);
  expect(lines).toHaveLength(linesOf(retrospectiveSummary(whole, english)).length);
});

it('says of a difference that chance explains that it may be chance', () => {
  const alike = FACTS.map((each, index) =>
    each.mergedAt === null
      ? each
      : merged(each.id, each.id > 100 ? 100 + index : 10 + index, 10 + ((index * 7) % 23)),
  );
  const line = linesOf(retrospectiveSummary({ ...whole, overview: overviewOf(alike) }, english)).find(
    (each) => each.startsWith('- Time to merge'),
  );
  expect(line).toMatch(/, which may be chance$/);
});

it('gives no median of few values, and says what narrows it and what is missing', () => {
  const few = overviewOf(FACTS.slice(0, 3), {
    completeness: aCompleteness({ state: 'importing', readSince: TO - 30 * DAY }),
  });
  const lines = linesOf(
    retrospectiveSummary({ ...whole, overview: few, isNarrowed: true, link: null }, english),
  );
  expect(lines.slice(2, 5)).toEqual([
    'Only the pull requests that the filters of the view let through.',
    '',
    'This window is not read whole yet; the figures are of what is read so far.',
  ]);
  expect(lines).toContain('- Time to merge: fewer than 5 values');
  expect(lines).toContain('- Merged: 3; No comparison yet');
  expect(lines.join('\n')).not.toMatch(/Open this view|null|undefined/);
});

it('says that nothing was merged where nothing was', () => {
  const lines = linesOf(retrospectiveSummary({ ...whole, overview: overviewOf([]) }, english));
  expect(lines).toContain('Nothing was merged in this window.');
  expect(lines).toContain('Nothing is open.');
});
