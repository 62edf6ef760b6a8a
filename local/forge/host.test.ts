/** The host end to end: an unchanged app from event to resolver, its retries, its isolation, its installation. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { createForgeHost, FrontEndRefusal, InvocationFailure } from './host';
import {
  FIXTURE_APP,
  REPOSITORY,
  START,
  WORKSPACE,
  fixtureBundle,
  removeFixtureBundle,
  startFixture,
  temporaryFolder,
  type Fixture,
} from './testing/fixture-host';
import { virtualClock } from './clock';

const PUSH = 'avi:bitbucket:push:repository';
const event = { repository: REPOSITORY, workspace: WORKSPACE };

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.close());
afterAll(removeFixtureBundle);

describe('an app on the local host', () => {
  it('takes an event from trigger to resolver through the real SDKs', async () => {
    const { host, bitbucket, clock, ask, stored } = fixture;
    const deliveries = await host.emit(PUSH, event);
    expect(deliveries[0]).toMatchObject({ triggerKey: 'pushes', outcome: 'succeeded', attempts: 1 });
    expect(bitbucket.seen).toHaveLength(1);
    expect(bitbucket.seen[0]?.url).toBe(
      `/2.0/repositories/${encodeURIComponent(WORKSPACE.uuid)}/${encodeURIComponent(REPOSITORY.uuid)}`,
    );
    expect(bitbucket.seen[0]?.headers).toMatchObject({
      'x-forge-as': 'app',
      'x-forge-scopes': 'storage:app read:repository:bitbucket report:personal-data',
    });
    expect(bitbucket.seen[0]?.headers).not.toHaveProperty('forge-proxy-authorization');
    await host.idle();
    expect(host.queueDepth()).toBe(0);
    expect(clock.now()).toBe(START + 120_000);
    expect(stored('visit:1')).toEqual({ at: START, iso: '2020-02-03T04:05:06.789Z' });
    expect(stored('visit:3')).toEqual({ at: START + 120_000, iso: '2020-02-03T04:07:06.789Z' });
    expect(await ask('visits', { place: 'api' })).toMatchObject({ visits: [1, 2, 3] });
    const jobId = stored('last-job');
    expect(await ask('job', { queue: 'visits', jobId })).toEqual({
      result: { success: 3, inProgress: 0, failed: 0 },
    });
  });

  it('runs one message of a concurrency key at a time, and the delayed one when it is due', async () => {
    const { host } = fixture;
    await host.emit(PUSH, event);
    await host.idle();
    const visits = host.deliveries.all().filter((delivery) => delivery.queueName === 'visits');
    expect(visits.map((visit) => visit.startedAt)).toEqual([START, START, START + 120_000]);
    expect(new Set(visits.map((visit) => visit.eventId)).size).toBe(3);
  });

  it('completes events as the platform does, and keeps what the payload says', async () => {
    const { host } = fixture;
    const [own, foreign] = await host.emit(PUSH, { ...event, selfGenerated: true });
    expect(own?.outcome).toBe('succeeded');
    expect(foreign).toEqual({
      triggerKey: 'foreign-pushes',
      functionKey: 'on-foreign-push',
      outcome: 'filtered',
      attempts: 0,
    });
    expect(await host.emit('avi:bitbucket:created:repository', event)).toEqual([]);
  });

  it('retries a trigger that asks at most four times', async () => {
    const { host, clock } = fixture;
    const [delivery] = await host.emit(PUSH, { ...event, wish: 'ask-for-retry' });
    expect(delivery).toMatchObject({ outcome: 'dropped', attempts: 5 });
    expect(clock.now()).toBe(START + 4 * 60_000);
    expect(host.deliveries.all().filter((record) => record.moduleKey === 'pushes')).toHaveLength(5);
  });

  it('does not retry a trigger that throws, and retries one whose process ended', async () => {
    const { host } = fixture;
    const [thrown] = await host.emit(PUSH, { ...event, wish: 'throw' });
    expect(thrown).toMatchObject({ outcome: 'dropped', attempts: 1, error: 'the trigger failed' });
    const [ended] = await host.emit(PUSH, { ...event, wish: 'die' });
    expect(ended).toMatchObject({ outcome: 'succeeded', attempts: 2 });
    expect(host.deliveries.all().map((record) => record.outcome)).toContain('process-ended');
  });

  it('keeps twenty invocations at once apart', async () => {
    const { host, ask } = fixture;
    const numbers = Array.from({ length: 20 }, (_, index) => String(index));
    const answers = await Promise.all(
      numbers.map((value) => ask('who', { value }, `account-${value}`) as Promise<Record<string, unknown>>),
    );
    answers.forEach((answer, index) => {
      expect(answer).toMatchObject({
        accountId: `account-${index}`,
        stored: String(index),
        sameInvocation: true,
      });
    });
    expect(new Set(answers.map((answer) => answer.before)).size).toBe(20);
    const lines = host.logs.all().filter((line) => line.message.startsWith('who '));
    expect(new Map(lines.map((line) => [line.message.slice(4), line.invocationId]))).toEqual(
      new Map(answers.map((answer, index) => [String(index), answer.before])),
    );
  });

  it('gives a resolver its context and reports its errors', async () => {
    const { host, ask } = fixture;
    const extension = { repository: REPOSITORY };
    const request = { moduleKey: 'page', extension, accountId: 'account-2' };
    const answer = await host.resolve({ ...request, functionKey: 'visits', payload: { place: 'x' } });
    expect(answer).toMatchObject({
      context: {
        ...host.frontEndContext(request),
        accountId: 'account-2',
        workspaceId: WORKSPACE.uuid,
        extension: { type: 'bitbucket:repoMainMenuPage', repository: REPOSITORY },
        installContext: `ari:cloud:bitbucket::workspace/${WORKSPACE.uuid}`,
      },
    });
    await expect(ask('fail')).rejects.toMatchObject({
      message: 'the resolver failed',
      errorType: 'TypeError',
      outcome: 'threw',
    });
    await expect(ask('unheard-of')).rejects.toThrow("Resolver has no definition for 'unheard-of'.");
    await expect(ask('fail')).rejects.toBeInstanceOf(InvocationFailure);
    await expect(
      host.resolve({ ...request, moduleKey: 'pages', functionKey: 'who', payload: {} }),
    ).rejects.toBeInstanceOf(FrontEndRefusal);
    expect(await ask('nothing')).toBeUndefined();
  });

  it('holds front ends to the size of a request and of an answer', async () => {
    const { ask } = fixture;
    await expect(ask('nothing', { text: 'x'.repeat(500 * 1024) })).rejects.toMatchObject({ status: 413 });
    await expect(ask('large', { length: 5 * 1024 * 1024 })).rejects.toMatchObject({ status: 413 });
    expect(await ask('large', { length: 1024 * 1024 })).toHaveLength(1024 * 1024);
  });

  it('shows the functions the time of the host', async () => {
    expect(await fixture.ask('time')).toEqual({
      now: START,
      created: '2020-02-03T04:05:06.789Z',
      text: expect.stringMatching(/^Mon Feb 03 2020 04:05:06 GMT\+0000/) as unknown,
      fixed: '1970-01-01T00:00:00.000Z',
      isDate: true,
      same: true,
      zone: 0,
    });
  });

  it('asks Bitbucket for a front end as the viewer', async () => {
    const { host, bitbucket } = fixture;
    const request = { method: 'GET', path: '/2.0/user', headers: { 'X-Forge-As': 'app', Accept: 'a/b' } };
    const answer = await host.requestBitbucketAs('user', request, 'account-3');
    expect(answer).toMatchObject({ status: 200, body: '{"name":"api"}' });
    expect(bitbucket.seen[0]?.headers).toMatchObject({
      accept: 'a/b',
      'x-forge-as': 'user',
      'x-forge-account': 'account-3',
    });
  });

  it('runs a schedule when asked', async () => {
    const { host } = fixture;
    expect(await host.runSchedule('every-hour')).toMatchObject({
      request: { context: { workspaceId: WORKSPACE.uuid, moduleKey: 'every-hour' } },
      context: { installContext: host.installation.contextAri },
      at: START,
    });
    await expect(host.runSchedule('never')).rejects.toThrow('no scheduled trigger never');
  });

  it('has every line of an invocation when it ends', async () => {
    const lines = 1_000;
    await fixture.ask('chatter', { lines });
    const said = fixture.host.logs.all().filter((line) => line.source === 'function');
    expect(said.map((line) => line.arguments?.[1])).toEqual(Array.from({ length: lines }, (_, line) => line));
    expect(said[0]).toMatchObject({ level: 'warn', functionKey: 'resolve', at: START });
  });

  it('is idle when what front ends asked for has been answered', async () => {
    let answered = false;
    const answer = fixture.ask('who', { value: 'slow' }).then(() => {
      answered = true;
    });
    await fixture.host.idle();
    expect(answered).toBe(true);
    await answer;
  });

  it('lives on after its functions were killed', async () => {
    const { host, ask } = fixture;
    expect(await ask('nothing')).toBeUndefined();
    host.killFunctionProcess();
    const failure = ask('nothing');
    await failure.catch(() => undefined);
    expect(await ask('who', { value: 'after' })).toMatchObject({ stored: 'after' });
  });
});

describe('an installation', () => {
  it('may lack a permission that the manifest asks for', async () => {
    const file = path.join(temporaryFolder(), 'store.db');
    const other = await startFixture({
      databaseFile: file,
      withoutScopes: ['read:repository:bitbucket'],
    });
    await other.host.install();
    await other.host.emit(PUSH, event);
    expect(other.bitbucket.seen[0]?.headers).toMatchObject({
      'x-forge-scopes': 'storage:app report:personal-data',
    });
    await other.close();
    // Once it has it, the app is told as of any new version.
    const later = await startFixture({ databaseFile: file });
    await later.host.install();
    expect(later.stored('life')).toEqual(['avi:forge:installed:app', 'avi:forge:upgraded:app']);
    await later.host.emit(PUSH, event);
    expect(later.bitbucket.seen[0]?.headers).toMatchObject({
      'x-forge-scopes': 'storage:app read:repository:bitbucket report:personal-data',
    });
    await later.close();
    rmSync(path.dirname(file), { recursive: true });
  });

  it.each([
    ['active', true],
    ['inactive', false],
  ] as const)('has a licence that is %s, where told to', async (licence, isActive) => {
    const other = await startFixture({ licence });
    const license = { isActive, active: isActive };
    expect(await other.ask('visits', { place: 'x' })).toMatchObject({ context: { license } });
    expect(await other.host.runSchedule('every-hour')).toMatchObject({ context: { license } });
    const place = { moduleKey: 'page', extension: {}, accountId: 'account-1' };
    expect(other.host.frontEndContext(place)).toMatchObject({ license: { active: isActive } });
    // The second trigger wants a licence.
    const [, wanting] = await other.host.emit(PUSH, event);
    expect(wanting?.outcome).toBe(isActive ? 'succeeded' : 'filtered');
    await other.close();
  });

  it('says nothing of a licence of an app that asks for none', async () => {
    const { host, ask } = fixture;
    const answer = (await ask('visits', { place: 'x' })) as { readonly context: object };
    expect(answer.context).not.toHaveProperty('license');
    expect(await host.runSchedule('every-hour')).not.toHaveProperty('context.license');
  });

  it('runs its schedules by the clock, where told to', async () => {
    const other = await startFixture({ runSchedules: true });
    await other.clock.advance(5 * 60_000);
    expect(other.stored('runs')).toBe(1);
    await other.clock.advance(3 * 60 * 60_000);
    expect(other.stored('runs')).toBe(4);
    // A schedule must not make the time of an idle host run away.
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
    await other.host.idle();
    expect(other.clock.now()).toBe(START + 185 * 60_000);
    await other.close();
  });

  it('is told once that it was installed, and of each new major version', async () => {
    const folder = temporaryFolder();
    const databaseFile = path.join(folder, 'forge.db');
    const options = {
      appDirectory: FIXTURE_APP,
      bundleDirectory: await fixtureBundle(),
      databaseFile,
      bitbucketUrl: fixture.bitbucket.url,
      workspace: WORKSPACE,
    };
    async function run(outside: string): Promise<{ readonly life: unknown; readonly version: string }> {
      const host = await createForgeHost({
        ...options,
        clock: virtualClock(START),
        environment: { OUTSIDE: outside },
      });
      await host.install();
      await host.install();
      const life = host.store.dump().find((row) => row.key === 'life')?.value;
      const version = host.appVersion;
      await host.close();
      return { life, version };
    }
    const installed = 'avi:forge:installed:app';
    expect(await run('https://a.example')).toEqual({ life: [installed], version: '1.0.0' });
    expect(await run('https://a.example')).toEqual({ life: [installed], version: '1.0.0' });
    expect(await run('https://b.example')).toEqual({
      life: [installed, 'avi:forge:upgraded:app'],
      version: '2.0.0',
    });
    rmSync(folder, { recursive: true });
  });

  it('keeps its identifiers from start to start', async () => {
    const other = await startFixture();
    expect(other.host.installation).toEqual(fixture.host.installation);
    expect(other.host.installation.id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    await other.close();
  });
});
