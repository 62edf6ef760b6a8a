import { anOpenPullRequest, aPullRequest, HOUR } from '../../src/facts/testing';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { workInProgress } from '../../src/metrics/work-in-progress';
import type { Completeness } from '../../src/views/contract';
import { openMeaning, openRow, openSentences } from './open-work';
import { aCompleteness, anOverview, english, TO } from './testing';

const unread = { activity: false, commits: false, diffstat: false };
const anOpen = (overrides: Partial<PullRequestFacts> = {}): PullRequestFacts =>
  anOpenPullRequest({ openedAt: TO - 240 * HOUR, lastActivityAt: TO - 200 * HOUR, ...overrides });
const overviewOf = (facts: readonly PullRequestFacts[], completeness: Partial<Completeness> = {}) =>
  anOverview({
    workInProgress: workInProgress(facts, TO, { defaultBranch: 'main' }),
    completeness: aCompleteness(completeness),
  });
const rowOf = (overrides: Partial<PullRequestFacts>) => {
  const [open] = overviewOf([anOpen(overrides)]).workInProgress.pullRequests;
  if (open === undefined) throw new Error('Nothing is open.');
  return openRow(open, english);
};

it('tells what is known of an open pull request', () => {
  expect(rowOf({})).toEqual({ phase: 'Waiting for a first review', waitsOn: 'reviewers', idle: '8.3 days' });
});

it('claims nothing that only the activity tells', () => {
  expect(rowOf({ coverage: unread })).toEqual({
    phase: 'No verdict yet',
    waitsOn: 'not known yet',
    idle: 'activity not read yet',
  });
  expect(rowOf({ coverage: unread, draft: true })).toMatchObject({ phase: 'Draft', waitsOn: 'the author' });
  const reviews = [{ kind: 'approval', actorId: 'reviewer', at: TO - HOUR, inline: false }] as const;
  expect(rowOf({ coverage: unread, reviews })).toMatchObject({
    phase: 'Approved, not merged',
    waitsOn: 'not known yet',
  });
});

it('sums up, in the singular too', () => {
  expect(openSentences(overviewOf([]), english)).toBe('Nothing is open.');
  expect(openSentences(overviewOf([anOpen()]), english)).toBe(
    '1 pull request is open; 1 had no activity for 7 days. There is no usual time to compare their ages with: the merges of the last 180 days are fewer than 5.',
  );
  const merged = Array.from({ length: 5 }, () =>
    aPullRequest({ openedAt: TO - 30 * HOUR, mergedAt: TO - 20 * HOUR }),
  );
  expect(
    openSentences(overviewOf([anOpen(), anOpen({ id: 2, openedAt: TO - HOUR }), ...merged]), english),
  ).toBe(
    '2 pull requests are open; 2 had no activity for 7 days. 1 is older than 10 h, within which 85 % of the merges of the last 180 days came.',
  );
});

it('says whose activity is not read, and that more may be open', () => {
  const overview = overviewOf([anOpen(), anOpen({ id: 2, coverage: unread })], {
    state: 'importing',
    readSince: null,
  });
  expect(openMeaning(overview, english)).toBe(
    '1 without activity for 7 days; activity of 1 not read yet; more may be open that is not read',
  );
  expect(openMeaning(overviewOf([]), english)).toBe('');
  expect(openSentences(overview, english)).toContain(
    '2 pull requests are open in what is read so far; 1 had no activity for 7 days. The activity of 1 is not read yet',
  );
  expect(openSentences(overviewOf([], { state: 'importing', readSince: null }), english)).toBe(
    'Nothing open is read so far.',
  );
});

it('tells when the merges that ages are compared with are not all read', () => {
  const merged = Array.from({ length: 5 }, () =>
    aPullRequest({ openedAt: TO - 30 * HOUR, mergedAt: TO - 20 * HOUR }),
  );
  const overview = overviewOf([anOpen(), ...merged], { state: 'importing', readSince: TO - 100 * 24 * HOUR });
  expect(openMeaning(overview, english)).toBe(
    '1 without activity for 7 days; 1 older than 10 h, within which 85 % of the merges of the last 180 days read so far came',
  );
});
