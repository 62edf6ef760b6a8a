import fc from 'fast-check';
import { aPullRequest, anOpenPullRequest, HOUR, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { SECONDS_A_DAY } from './windows';
import { workInProgress } from './work-in-progress';

const OPTIONS = { defaultBranch: 'main' };
const at = (hours: number): number => OPENED_AT + hours * HOUR;
const NOW = at(10 * 24);

/** The one open pull request with these facts. */
function open(overrides: Partial<PullRequestFacts>) {
  const [only] = workInProgress([anOpenPullRequest(overrides)], NOW, OPTIONS).pullRequests;
  if (only === undefined) throw new Error('the pull request is not among the open ones');
  return only;
}

describe('the phase, and on whom a pull request waits', () => {
  it.each([
    ['a draft', { draft: true, reviews: [review('approval', 1)] }, 'draft', 'author'],
    ['a draft that nobody has looked at', { draft: true }, 'draft', 'author'],
    ['nobody has looked', {}, 'open', 'reviewers'],
    ['a comment, nothing since', { reviews: [review('comment', 5)] }, 'reviewed', 'author'],
    [
      'a comment, then a push',
      { reviews: [review('comment', 5)], lastAuthorActivityAt: at(8) },
      'reviewed',
      'reviewers',
    ],
    [
      'a request for changes after the answer',
      { reviews: [review('comment', 5), review('changes_requested', 9)], lastAuthorActivityAt: at(8) },
      'reviewed',
      'author',
    ],
    [
      'an approval, nothing since',
      { reviews: [review('approval', 6)], lastAuthorActivityAt: at(3) },
      'approved',
      'author',
    ],
    [
      'an approval, then a push',
      { reviews: [review('approval', 6)], lastAuthorActivityAt: at(7) },
      'approved',
      'reviewers',
    ],
    [
      'an approval, then a comment of another',
      { reviews: [review('approval', 6), review('comment', 7, 'other')] },
      'approved',
      'author',
    ],
    [
      'a comment of a person whose author never acted again',
      { reviews: [review('comment', 5)], lastAuthorActivityAt: null },
      'reviewed',
      'author',
    ],
  ] as const)('%s', (_, overrides, phase, waitingOn) => {
    expect(open(overrides)).toMatchObject({ phase, waitingOn });
  });
});

it('tells age, idle time, reviews, comments and lines of each', () => {
  const facts = {
    reviews: [review('comment', 5), review('comment', 6)],
    commentCount: 7,
    lastActivityAt: at(9 * 24),
    linesAdded: 30,
    linesRemoved: 12,
  };
  expect(open(facts)).toMatchObject({
    ageSeconds: 10 * SECONDS_A_DAY,
    idleSeconds: SECONDS_A_DAY,
    reviews: 2,
    comments: 7,
    lines: 42,
    activityRead: true,
  });
  expect(open({ linesAdded: 30 }).lines).toBeNull();
});

describe('stale', () => {
  it.each([
    [at(3 * 24), true],
    [at(3 * 24) + 1, false],
    [null, true],
  ])('is what had no activity for a week: last at %s, %s', (lastActivityAt, stale) => {
    expect(open({ lastActivityAt }).stale).toBe(stale);
  });

  it('is not claimed of a pull request whose activity was not read', () => {
    const coverage = { activity: false, commits: true, diffstat: true };
    expect(open({ lastActivityAt: null, coverage })).toMatchObject({ stale: false, activityRead: false });
  });

  it('follows the setting', () => {
    const facts = [anOpenPullRequest({ lastActivityAt: at(9 * 24) })];
    expect(workInProgress(facts, NOW, { ...OPTIONS, staleAfterSeconds: SECONDS_A_DAY }).stale).toBe(1);
    expect(workInProgress(facts, NOW, OPTIONS).stale).toBe(0);
  });
});

describe('too old', () => {
  // Between the fourth and the fifth value: 4 + 0.4 = 4.4 days.
  const merges = [1, 2, 3, 4, 5].map((days, id) => aPullRequest({ id: 10 + id, mergedAt: at(days * 24) }));
  const aged = (seconds: number): PullRequestFacts => anOpenPullRequest({ openedAt: NOW - seconds });
  const p85Seconds = Math.round(4.4 * SECONDS_A_DAY);

  it.each([
    [p85Seconds, 0],
    [p85Seconds + 1, 1],
  ])('is what is open for longer than 85 % of the recent merges took: %d seconds, %d', (seconds, overP85) => {
    expect(workInProgress([...merges, aged(seconds)], NOW, OPTIONS)).toMatchObject({ p85Seconds, overP85 });
  });

  it('is nothing below five merges', () => {
    const facts = [...merges.slice(1), aged(9 * SECONDS_A_DAY)];
    expect(workInProgress(facts, NOW, OPTIONS)).toMatchObject({ p85Seconds: null, overP85: 0 });
  });

  it('looks at the merges of the last 180 days only', () => {
    const latest = at(24) + 180 * SECONDS_A_DAY;
    expect(workInProgress(merges, latest, OPTIONS).p85Seconds).toBe(p85Seconds);
    expect(workInProgress(merges, latest + 1, OPTIONS).p85Seconds).toBeNull();
  });
});

it('holds every open pull request of people once, oldest first, in any order of facts', () => {
  fc.assert(
    fc.property(severalFacts(), (facts) => {
      const work = workInProgress(facts, NOW, OPTIONS);
      const expected = facts.filter(
        ({ state, openedAt, authorIsBot }) => state === 'OPEN' && openedAt <= NOW && !authorIsBot,
      );
      expect(new Set(work.pullRequests.map(({ id }) => id))).toEqual(new Set(expected.map(({ id }) => id)));
      const ages = work.pullRequests.map(({ ageSeconds }) => ageSeconds);
      expect(ages).toEqual(ages.toSorted((a, b) => b - a));
      expect(Object.values(work.byPhase).reduce((sum, count) => sum + count, 0)).toBe(expected.length);
      expect(workInProgress(facts.toReversed(), NOW, OPTIONS)).toEqual(work);
      const people = facts.filter(({ authorIsBot }) => !authorIsBot);
      expect(workInProgress(people, NOW, OPTIONS)).toEqual(work);
    }),
  );
});
