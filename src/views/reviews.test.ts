import { AS_VIEWER, startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { reviewedPullRequest } from '../../test/reviewed-pull-requests';
import { REPOSITORY_UUID, smallWorkspace } from '../../test/small-workspace';
import { DEFAULT_SETTINGS, changeSettings } from '../storage/workspace-settings';
import type { Answer } from './contract';
import type { ReviewerExplanation, ReviewsReport } from './reports/reviews-report';
import { resolve } from './resolver';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 31);
const daysAgo = (days: number): number => NOW - days * 24 * HOUR;
const seconds = (days: number, hours: number): number => (daysAgo(days) + hours * HOUR) / 1_000;

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeAll(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
  forge = await startInProcessApp(
    smallWorkspace([
      reviewedPullRequest(1, {
        author: 'ann',
        openedAt: daysAgo(10),
        acts: [
          [1, 'comment', 'ben'],
          [3, 'push'],
          [4, 'approval', 'ben'],
        ],
        mergedAfter: 6,
      }),
      reviewedPullRequest(2, {
        author: 'ann',
        openedAt: daysAgo(9),
        acts: [
          [2, 'approval', 'ben'],
          [5, 'approval', 'cid'],
        ],
        mergedAfter: 8,
      }),
      reviewedPullRequest(3, {
        author: 'ben',
        openedAt: daysAgo(8),
        acts: [
          [3, 'changes_requested', 'ann'],
          [4, 'push'],
          [10, 'approval', 'ann'],
        ],
        mergedAfter: 12,
      }),
      // Somebody who is gone by now looked at it.
      reviewedPullRequest(4, {
        author: 'cid',
        openedAt: daysAgo(7),
        acts: [[0.5, 'comment']],
        mergedAfter: 1,
      }),
      // Ben commented before the push, so it waits for both.
      reviewedPullRequest(5, {
        author: 'ann',
        openedAt: daysAgo(2),
        acts: [
          [1, 'comment', 'ben'],
          [5, 'push'],
        ],
        requested: ['ben', 'cid'],
      }),
      reviewedPullRequest(6, { author: 'ben', openedAt: daysAgo(1), requested: ['cid'], draft: true }),
      reviewedPullRequest(7, {
        author: 'ann',
        openedAt: daysAgo(40),
        acts: [[1, 'approval', 'ben']],
        mergedAfter: 2,
      }),
    ]),
  );
  await forge.install();
  await forge.drain();
});
afterAll(async () => {
  clock.mockRestore();
  await forge.close();
});

const ask = <T>(functionKey: string, payload: unknown): Promise<Answer<T>> =>
  resolve(
    { call: { functionKey, payload }, context: { extension: { repository: { uuid: REPOSITORY_UUID } } } },
    AS_VIEWER,
  ) as Promise<Answer<T>>;

async function reviews(query: object = {}): Promise<ReviewsReport> {
  const answer = await ask<ReviewsReport>('reviews', { query: { window: 30, ...query } });
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

async function personal(query: object = {}): Promise<NonNullable<ReviewsReport['personal']>> {
  const report = await reviews(query);
  if (report.personal === null) throw new Error('Nothing of single people is told.');
  return report.personal;
}

const explain = (personId: string): Promise<Answer<ReviewerExplanation>> =>
  ask('explainReviewer', { query: { window: 30 }, personId });

it('tells how evenly review is shared, beside the window before', async () => {
  expect(await reviews()).toMatchObject({
    window: { days: 30 },
    readSince: 0,
    merged: 4,
    // Pull requests reviewed: 2, 1, 1; acts: 3 of Ben, 2 of Ann, 1 of Cid.
    health: { gini: 1 / 6, busFactor: 1, people: 3, reviewers: 3, reviews: 6 },
    // Ben reviewed one of Ann's, who reviewed none.
    previousHealth: { gini: 1 / 2, busFactor: 1, people: 2, reviewers: 1, reviews: 1 },
    activeAuthors: 3,
    activeReviewers: 3,
    unattributed: 1,
    leftOut: { merged: 0, open: 0 },
  });
});

it('gives each reviewer’s load, by id, with the values where they are few', async () => {
  const { loads, timeToRespond } = await personal();
  expect(loads.map(({ reviewerId }) => reviewerId)).toEqual(['account-ann', 'account-ben', 'account-cid']);
  expect(loads[1]).toMatchObject({
    pullRequestsReviewed: 2,
    approvals: 2,
    changesRequested: 0,
    comments: 1,
    timeToRespond: { figure: { n: 3, p50: 3_600 }, values: [3_600, 3_600, 7_200] },
    openReviewsWaiting: 1,
    waitingSince: seconds(2, 5),
  });
  expect(loads[0]).toMatchObject({ changesRequested: 1, openReviewsWaiting: 0, waitingSince: null });
  // 1, 1, 2, 3, 5 and 6 hours.
  expect(timeToRespond).toMatchObject({ figure: { n: 6, p50: 2.5 * 3_600 }, values: null });
});

it('says who reviews whom', async () => {
  const { matrix } = await personal();
  expect(matrix).toMatchObject({
    authorIds: ['account-ann', 'account-ben'],
    reviewerIds: ['account-ann', 'account-ben', 'account-cid'],
    authors: 2,
    reviewers: 3,
    withoutAuthor: 0,
  });
  expect(matrix.pairs).toEqual([
    { authorId: 'account-ann', reviewerId: 'account-ben', pullRequests: 2, reviews: 3 },
    { authorId: 'account-ann', reviewerId: 'account-cid', pullRequests: 1, reviews: 1 },
    { authorId: 'account-ben', reviewerId: 'account-ann', pullRequests: 1, reviews: 2 },
  ]);
});

it('lists what waits for whom, the oldest first, and no draft', async () => {
  const { waiting, waitingInAll } = await personal();
  const line = { pullRequest: 5, authorId: 'account-ann' };
  expect(waiting).toEqual([
    {
      ...line,
      reviewerId: 'account-cid',
      start: { name: 'openedAt', at: seconds(2, 0) },
      waitedSeconds: 48 * 3_600,
    },
    {
      ...line,
      reviewerId: 'account-ben',
      start: { name: 'sourceUpdatedAt', at: seconds(2, 5) },
      waitedSeconds: 43 * 3_600,
    },
  ]);
  expect(waitingInAll).toBe(2);
});

it('waits by the clock of the query', async () => {
  // Opened on Thursday at midnight: two working days of eight hours.
  const hours = { kind: 'working-hours', timeZone: 'UTC', startMinute: 540, endMinute: 1_020 };
  const { waiting } = await personal({ clock: hours });
  expect(waiting.map(({ waitedSeconds }) => waitedSeconds / 3_600)).toEqual([16, 16]);
});

it('names everybody it shows, each with the highest pull request of theirs', async () => {
  const { people } = await personal();
  expect(people).toEqual([
    { personId: 'account-ann', pullRequest: 7 },
    { personId: 'account-ben', pullRequest: 7 },
    { personId: 'account-cid', pullRequest: 6 },
  ]);
});

it('narrows to what the reader asks for', async () => {
  const { health } = await reviews({ authorIds: ['account-ben'] });
  expect(health).toMatchObject({ reviews: 2, reviewers: 1, people: 2 });
});

describe('what stands behind one row', () => {
  it('gives each of its figures again', async () => {
    for (const load of (await personal()).loads) {
      const answer = await explain(load.reviewerId);
      if (!answer.ok) throw new Error(answer.message);
      const { reviewed, waiting } = answer.data;
      const acts = reviewed.flatMap((each) => each.reviews);
      const spans = reviewed
        .flatMap(({ responses }) => responses)
        .map(({ start, reviewedAt }) => reviewedAt - start.at)
        .sort((a, b) => a - b);
      expect(answer.data.load).toEqual(load);
      expect(load).toMatchObject({
        pullRequestsReviewed: reviewed.length,
        approvals: acts.filter(({ kind }) => kind === 'approval').length,
        changesRequested: acts.filter(({ kind }) => kind === 'changes_requested').length,
        comments: acts.filter(({ kind }) => kind === 'comment').length,
        timeToRespond: { values: spans },
        openReviewsWaiting: waiting.length,
      });
    }
  });

  it('has the instants of each review and response', async () => {
    expect(await explain('account-ben')).toMatchObject({
      ok: true,
      data: {
        reviewed: [
          {
            id: 1,
            reviews: [
              { kind: 'comment', at: seconds(10, 1) },
              { kind: 'approval', at: seconds(10, 4) },
            ],
            responses: [
              { start: { name: 'openedAt', at: seconds(10, 0) }, reviewedAt: seconds(10, 1), seconds: 3_600 },
              {
                start: { name: 'sourceUpdatedAt', at: seconds(10, 3) },
                reviewedAt: seconds(10, 4),
                seconds: 3_600,
              },
            ],
          },
          { id: 2 },
        ],
        waiting: [{ id: 5, start: { name: 'sourceUpdatedAt', at: seconds(2, 5) } }],
      },
    });
  });

  it.each(['account-dora', 'x'])('is refused for %s, who has no row here', async (personId) => {
    expect(await explain(personId)).toMatchObject({ ok: false, cause: 'bad-request' });
  });
});

describe('where an admin switched reviewers off', () => {
  beforeAll(() =>
    changeSettings(() => ({ detail: { ...DEFAULT_SETTINGS, showReviewers: false }, result: undefined })),
  );

  it('nobody’s id leaves the resolver, and the team’s figures do', async () => {
    const report = await reviews();
    expect(report.personal).toBeNull();
    expect(report.health).toMatchObject({ busFactor: 1, reviews: 6 });
    expect(JSON.stringify(report)).not.toMatch(/account-|uuid-|ann|ben|cid/);
  });

  it('nobody’s list does either', async () => {
    const answer = await explain('account-ben');
    expect(answer).toMatchObject({ ok: false, cause: 'not-allowed' });
    expect(JSON.stringify(answer)).not.toMatch(/account-/);
  });
});
