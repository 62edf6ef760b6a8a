import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { NOW, openWorkWorkspace } from '../../test/open-work-workspace';
import { REPOSITORY_UUID } from '../../test/small-workspace';
import { changeSettings } from '../storage/workspace-settings';
import type { Answer } from './contract';
import type { PullRequestReport } from './reports/pull-request-report';
import type { RemindersReport } from './reports/reminders-report';
import { resolve } from './resolver';

const HOUR = 3_600;

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeAll(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW * 1_000);
  forge = await startInProcessApp(openWorkWorkspace());
  await forge.install();
  await forge.drain();
});
afterAll(async () => {
  clock.mockRestore();
  await forge.close();
});

interface Question {
  /** Who looks, as Forge says: somebody without a pull request where it is not said. */
  readonly accountId?: string;
  readonly extension?: object;
  readonly payload?: object;
}

const repository = { uuid: REPOSITORY_UUID };

const answerTo = <T>(
  functionKey: string,
  { accountId = VIEWER_ACCOUNT, extension = { repository }, payload = {} }: Question = {},
): Promise<Answer<T>> =>
  resolve(
    { call: { functionKey, payload }, context: { extension } },
    { principal: { accountId } },
  ) as Promise<Answer<T>>;

async function ask<T>(functionKey: string, question?: Question): Promise<T> {
  const answer = await answerTo<T>(functionKey, question);
  if (!answer.ok) throw new Error(answer.message);
  return answer.data;
}

const reminders = (question?: Question): Promise<RemindersReport> => ask('reminders', question);

describe('what waits longer than usual', () => {
  it('is what is older than 85 of 100 merges, without drafts and bots’, the oldest first', async () => {
    const { late, p85, completeness, daysCompared } = await reminders();
    expect({ p85, completeness, daysCompared }).toEqual({
      p85: { timeToMerge: 60 * HOUR, timeToFirstReview: null },
      completeness: { state: 'complete', readSince: 0 },
      daysCompared: 180,
    });
    expect(
      late.map(({ id, waitingOn, waitingSince, waitingFor }) => [id, waitingOn, waitingSince, waitingFor]),
    ).toEqual([
      [106, 'reviewers', NOW - 400 * 24 * HOUR, []],
      [102, 'author', NOW - 216 * HOUR, [{ personId: 'account-ben', since: NOW - 216 * HOUR }]],
      [104, 'reviewers', NOW - 72 * HOUR, [{ personId: 'account-ben', since: NOW - 72 * HOUR }]],
    ]);
  });

  it('is the same as on the panel of each', async () => {
    const { late } = await reminders();
    const lateOnPanels: object[] = [];
    for (const id of [106, 102, 104, 101, 103]) {
      const extension = { repository, pullRequest: { id } };
      const { reminder, waiting } = await ask<PullRequestReport>('pullRequest', { extension });
      if (reminder?.isLate !== true) continue;
      const { age, firstReview } = reminder;
      const waitingFor = waiting?.people.map(({ personId, since }) => ({ personId, since }));
      lateOnPanels.push({
        id,
        age,
        firstReview,
        waitingOn: waiting?.on,
        waitingSince: waiting?.since,
        waitingFor,
      });
    }
    expect(lateOnPanels).toEqual(
      late.map(({ id, age, firstReview, waitingOn, waitingSince, waitingFor }) => ({
        id,
        age,
        firstReview,
        waitingOn,
        waitingSince,
        waitingFor,
      })),
    );
  });

  it('tells viewers what waits on them, also where figures of reviewers are off', async () => {
    const waitsOnViewer = async (question?: Question): Promise<readonly number[]> =>
      (await reminders(question)).late.flatMap(({ id, isViewers }) => (isViewers ? id : []));
    expect(await waitsOnViewer()).toEqual([]);
    expect(await waitsOnViewer({ accountId: 'account-ann' })).toEqual([]);
    expect(await waitsOnViewer({ accountId: 'account-ben' })).toEqual([102, 104]);
    const showReviewers = (show: boolean): Promise<void> =>
      changeSettings((settings) => ({ detail: { ...settings, showReviewers: show }, result: undefined }));
    await showReviewers(false);
    try {
      const { late, showsReviewers } = await reminders({ accountId: 'account-ben' });
      expect(showsReviewers).toBe(false);
      expect(late.map(({ id, waitingFor, isViewers }) => [id, waitingFor.length, isViewers])).toEqual([
        [106, 0, false],
        // Its author is no reviewer.
        [102, 1, true],
        [104, 0, true],
      ]);
    } finally {
      await showReviewers(true);
    }
  });
});

describe('the viewer’s day', () => {
  it('is what concerns the account that Forge names', async () => {
    const { digest, digestSince } = await reminders({ accountId: 'account-ben' });
    expect(digest).toEqual({
      toReview: [
        { pullRequest: 104, at: NOW - 72 * HOUR },
        { pullRequest: 101, at: NOW - 24 * HOUR },
      ],
      toAnswer: [{ pullRequest: 102, at: NOW - 216 * HOUR }],
      toMerge: [],
      waiting: [{ pullRequest: 106, at: NOW - 400 * 24 * HOUR }],
      drafts: [],
      unread: [],
      closed: [],
    });
    expect(NOW - digestSince).toBe(24 * HOUR);
  });

  it('is nobody else’s, whatever the payload says', async () => {
    const { digest } = await reminders({ payload: { accountId: 'account-ben', viewerId: 'account-ben' } });
    expect(Object.values(digest).flat()).toEqual([]);
  });

  it('begins three days ago where it is Monday for the viewer', async () => {
    const sundayEvening = Date.UTC(2026, 10, 1, 20) / 1_000;
    clock.mockReturnValue(sundayEvening * 1_000);
    try {
      const since = async (payload: object): Promise<number> =>
        sundayEvening - (await reminders({ accountId: 'account-ann', payload })).digestSince;
      expect(await since({})).toBe(24 * HOUR);
      expect(await since({ timeZone: 'Pacific/Auckland' })).toBe(72 * HOUR);
    } finally {
      clock.mockReturnValue(NOW * 1_000);
    }
  });
});

it('refuses a zone that does not exist, and tells nothing of a repository that is not stored', async () => {
  const payload = { timeZone: 'Europe/Nowhere' };
  expect(await answerTo('reminders', { payload })).toMatchObject({ ok: false, cause: 'bad-request' });
  const extension = { repository: { uuid: '{00000000-0000-4000-8000-000000000000}' } };
  expect(await answerTo('reminders', { extension })).toMatchObject({ ok: false, cause: 'nothing-yet' });
});
