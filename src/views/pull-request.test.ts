import { openPullRequest } from '../../test/small-workspace';
import { changeSettings } from '../storage/workspace-settings';
import { HOUR, ID, MERGE_COMMIT, merged, NOW, OPENED, PanelScene, seconds } from './pull-request-testing';

const MERGES = [3, 6, 9, 12, 15, 18].map((hours, place) => merged(place + 1, hours));

let scene: PanelScene;
beforeEach(async () => {
  scene = await PanelScene.start(MERGES);
});
afterEach(() => scene.close());

async function startAnew(...how: Parameters<typeof PanelScene.start>): Promise<void> {
  await scene.close();
  scene = await PanelScene.start(...how);
}

describe('of an open one', () => {
  it('tells what runs, on whom it waits since when, and where it stands', async () => {
    expect(await scene.report()).toMatchObject({
      id: ID,
      asOf: seconds(NOW),
      state: 'OPEN',
      draft: false,
      openedAt: seconds(OPENED),
      closedAt: null,
      commits: 1,
      isActivityRead: true,
      waiting: {
        phase: 'open',
        on: 'reviewers',
        since: seconds(OPENED),
        people: [
          { personId: 'account-ben', since: seconds(OPENED), cause: 'opened' },
          { personId: 'account-cid', since: seconds(OPENED), cause: 'opened' },
        ],
      },
      // Merged after 3, 6, …, 18 hours, reviewed after 1, 2, …, 6: 85 % within 15 h 45 min and 5 h 15 min.
      reminder: {
        days: 180,
        isWhole: true,
        age: { seconds: 10 * 3_600, p85Seconds: 15.75 * 3_600, isOver: false },
        firstReview: { seconds: 10 * 3_600, p85Seconds: 5.25 * 3_600, isOver: true },
        isLate: true,
      },
      standing: {
        days: 90,
        isWhole: true,
        rows: [
          { metric: 'time_to_open', seconds: 3 * 3_600, isRunning: false, others: 6, longerThan: 1 },
          { metric: 'time_to_first_review', seconds: 10 * 3_600, isRunning: true, longerThan: 1 },
          { metric: 'review_time', seconds: null, others: 6, longerThan: null },
          { metric: 'time_to_merge', seconds: 10 * 3_600, isRunning: true, others: 6, longerThan: 3 / 6 },
        ],
      },
      timeline: { deployment: null },
    });
    expect(await scene.stages()).toEqual([
      ['coding', 3, false],
      ['pickup', 10, true],
    ]);
  });

  it('follows a review, and a push after it', async () => {
    await scene.commented(OPENED + 4 * HOUR);
    expect(await scene.stages()).toEqual([
      ['coding', 3, false],
      ['pickup', 4, false],
      ['review', 6, true],
    ]);
    expect(await scene.report()).toMatchObject({
      waiting: {
        phase: 'reviewed',
        on: 'author',
        since: seconds(OPENED + 4 * HOUR),
        people: [{ personId: 'account-ann', cause: 'reviewed' }],
        alsoDue: [{ personId: 'account-cid', cause: 'opened' }],
      },
      reminder: { firstReview: null },
    });
    await scene.pushed(OPENED + 6 * HOUR);
    expect((await scene.report()).waiting).toMatchObject({
      on: 'reviewers',
      people: [
        { personId: 'account-cid', since: seconds(OPENED), cause: 'opened' },
        { personId: 'account-ben', since: seconds(OPENED + 6 * HOUR), cause: 'pushed' },
      ],
    });
  });

  it('follows an approval', async () => {
    await scene.commented(OPENED + 4 * HOUR);
    await scene.approved(OPENED + 5 * HOUR);
    expect(await scene.stages()).toEqual([
      ['coding', 3, false],
      ['pickup', 4, false],
      ['review', 1, false],
      ['merge_wait', 5, true],
    ]);
    expect((await scene.report()).waiting).toMatchObject({ phase: 'approved', on: 'author' });
  });

  it('lets a draft wait for its author', async () => {
    await scene.happens(NOW - HOUR, 'updated:pullrequest', { pullRequest: { draft: true } });
    expect(await scene.report()).toMatchObject({
      draft: true,
      waiting: { phase: 'draft', on: 'author', people: [{ personId: 'account-ann', cause: 'draft' }] },
      reminder: null,
    });
  });

  it('counts its own pipelines, newest first', async () => {
    const { pipelines } = await scene.report();
    expect(pipelines).toMatchObject({ state: 'read', countedSince: null, runs: 2, failures: 1, running: 0 });
    expect(pipelines.latest).toMatchObject([
      {
        number: 3,
        createdAt: seconds(OPENED + 2 * HOUR),
        result: 'SUCCESSFUL',
        durationSeconds: 80,
        queueSeconds: 20,
      },
      { number: 2, result: 'FAILED' },
    ]);
  });
});

describe('of a merged one', () => {
  const MERGED = OPENED + 9 * HOUR;

  it('waits for its deployment, and finds the first that carried it', async () => {
    await scene.approved(OPENED + 4 * HOUR);
    await scene.merged(MERGED);
    expect(await scene.stages()).toEqual([
      ['coding', 3, false],
      ['pickup', 4, false],
      ['review', 0, false],
      ['merge_wait', 5, false],
      ['deploy', 1, true],
    ]);
    const waiting = await scene.report();
    expect(waiting).toMatchObject({
      state: 'MERGED',
      waiting: null,
      reminder: null,
      timeline: { deployment: { kind: 'waiting' } },
    });
    expect(waiting.standing.rows.at(-1)).toEqual({
      metric: 'time_to_merge',
      seconds: 9 * 3_600,
      isRunning: false,
      others: 6,
      longerThan: 2 / 6,
    });

    await scene.deployed(MERGE_COMMIT, MERGED + HOUR / 2);
    const { timeline } = await scene.report();
    expect(timeline.deployment).toEqual({
      kind: 'deployed',
      source: 'pipeline',
      isSourceChosen: false,
      at: seconds(MERGED + HOUR / 2) + 60,
      atSource: 'deployment',
    });
    expect(timeline.stages.at(-1)).toMatchObject({ stage: 'deploy', seconds: 1_860, isRunning: false });
    expect(timeline.instants.map(({ name, source }) => [name, source])).toEqual([
      ['firstCommitAt', 'commits'],
      ['openedAt', 'pull request'],
      ['firstReviewAt', 'activity'],
      ['firstApprovedAt', 'activity'],
      ['lastApprovedAt', 'activity'],
      ['mergedAt', 'activity'],
      ['deployedAt', 'deployment'],
    ]);
  });

  it('was not brought by a deployment of a commit that was pushed before it', async () => {
    await scene.merged(MERGED);
    await scene.pushedToMain(MERGED - HOUR, 'b'.repeat(40));
    await scene.deployed('bbbbbbbbbbbb', MERGED + 60_000);
    expect((await scene.report()).timeline.deployment).toEqual({ kind: 'waiting' });
  });

  it('is not deployed from another branch', async () => {
    await scene.merged(MERGED, {
      destination: { branch: { name: 'release/1' }, commit: { hash: 'bbbbbbbbbbbb' } },
    });
    expect((await scene.report()).timeline.deployment).toEqual({ kind: 'other-branch' });
    expect(await scene.stages()).toEqual([
      ['coding', 3, false],
      ['unreviewed', 9, false],
    ]);
  });

  it('is its own deployment where nothing is deployed to production', async () => {
    await startAnew(MERGES, { isBuilt: false });
    await scene.merged(MERGED);
    const { timeline, pipelines } = await scene.report();
    expect(timeline.deployment).toMatchObject({ kind: 'deployed', source: 'merge', at: seconds(MERGED) });
    expect(timeline.stages.map(({ stage }) => stage)).toEqual(['coding', 'unreviewed']);
    expect(pipelines).toMatchObject({ state: 'read', runs: 0, latest: [] });
  });

  it('is not looked for in deployments after a year', async () => {
    await startAnew([merged(400, 3)]);
    const answer = await scene.ask({ id: 400 });
    expect(answer).toMatchObject({ ok: true, data: { timeline: { deployment: { kind: 'too-old' } } } });
  });
});

it.each(['DECLINED', 'SUPERSEDED'])('ends with the closing of one that is %s', async (state) => {
  await scene.closed(OPENED + 6 * HOUR, state);
  expect(await scene.stages()).toEqual([
    ['coding', 3, false],
    ['unreviewed', 6, false],
  ]);
  expect(await scene.report()).toMatchObject({
    state,
    closedAt: seconds(OPENED + 6 * HOUR),
    waiting: null,
    reminder: null,
    timeline: { deployment: null },
  });
});

it('has no percentile below five merges', async () => {
  await startAnew(MERGES.slice(0, 4));
  const { standing, reminder } = await scene.report();
  expect(standing.rows.at(-1)).toMatchObject({ metric: 'time_to_merge', others: 4, longerThan: null });
  expect(reminder).toMatchObject({
    age: { p85Seconds: null, isOver: null },
    firstReview: { p85Seconds: null, isOver: null },
  });
});

it('says that pipelines may not be read, and why', async () => {
  const granted = ['storage:app', 'read:repository:bitbucket', 'read:pullrequest:bitbucket'];
  await startAnew(MERGES, { granted });
  await scene.merged(OPENED + HOUR);
  const early = await scene.report();
  const scope = 'read:pipeline:bitbucket';
  expect(early.pipelines).toMatchObject({
    state: 'reading',
    trouble: { cause: 'permission-awaited', scope },
  });
  expect(early.timeline.deployment).toEqual({ kind: 'unread' });
  await scene.passHours(24);
  const { pipelines, timeline, missing } = await scene.report();
  expect(pipelines).toMatchObject({ state: 'failed', runs: 0, latest: [] });
  expect(pipelines.trouble).toEqual({ cause: 'missing-permission', scope });
  expect(missing).toEqual({ activity: null, commits: null, deployments: scope });
  // With nothing else to wait for, the merge stands for its deployment.
  expect(timeline.deployment).toMatchObject({ kind: 'deployed', source: 'merge' });
});

it('waits for no deployments where an admin decided that merges are', async () => {
  const granted = ['storage:app', 'read:repository:bitbucket', 'read:pullrequest:bitbucket'];
  await startAnew(MERGES, { granted });
  await scene.merged(OPENED + HOUR);
  await changeSettings((settings) => ({
    detail: { ...settings, figures: { deploymentSource: 'merge' } },
    result: undefined,
  }));
  expect(await scene.report()).toMatchObject({
    missing: { deployments: null },
    timeline: { deployment: { kind: 'deployed', source: 'merge', isSourceChosen: true } },
  });
});

it('says from when on it counts the pipelines of one that is open for years', async () => {
  const opened = new Date(NOW - 800 * 24 * HOUR).toISOString();
  await startAnew([openPullRequest(500, 'ann', opened)]);
  expect(await scene.ask({ id: 500 })).toMatchObject({
    ok: true,
    data: { pipelines: { countedSince: seconds(Date.UTC(2024, 11, 1)) } },
  });
});

it('reads the store five times at most, once of them to see who asks, whatever became of the pull request', async () => {
  const requests = async (): Promise<number> => {
    const before = scene.forge.app.store.usage().requests;
    await scene.report();
    return scene.forge.app.store.usage().requests - before;
  };
  expect(await requests()).toBe(4);
  await scene.merged(OPENED + HOUR);
  expect(await requests()).toBe(4);
  await scene.deployed(MERGE_COMMIT, OPENED + 2 * HOUR);
  expect(await requests()).toBe(5);
  await startAnew([merged(400, 3), ...MERGES]);
  const before = scene.forge.app.store.usage().requests;
  await scene.ask({ id: 400 });
  expect(scene.forge.app.store.usage().requests - before).toBe(4);
});

describe('refuses', () => {
  it.each([[null], [{}], [{ id: 0 }], [{ id: 'twenty' }]])(
    'a context whose pull request is %j',
    async (pullRequest) => {
      expect(await scene.ask(pullRequest)).toMatchObject({ ok: false, cause: 'no-pull-request' });
    },
  );

  it('to tell of what is not stored, and of another repository’s pull request of the same number', async () => {
    expect(await scene.ask({ id: 999 })).toMatchObject({ ok: false, cause: 'nothing-yet' });
    expect(await scene.ask({ id: ID }, '{9e4d6b0b-ffdd-4c0b-8c5e-39b1d1a8f9a1}')).toMatchObject({
      ok: false,
      cause: 'nothing-yet',
    });
  });
});
