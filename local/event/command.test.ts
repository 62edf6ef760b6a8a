/** `npm run event` against a running host: what it lists, what it sends, and what it says where nothing can be sent. */
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import {
  removeFixtureBundle,
  REPOSITORY,
  startFixture,
  temporaryFolder,
  WORKSPACE,
  type Fixture,
} from '../forge/testing/fixture-host';
import { OTHER_REPOSITORY, startFixturePages, type FixturePages } from '../forge/testing/fixture-pages';
import type { EventDrawer } from '../forge/web/server';
import { runEvent, type EventOutput } from './command';
import { readOptions } from './options';

const PUSH = 'avi:bitbucket:push:repository';

/** What was done, for the tests to look at. */
const done: string[] = [];

const drawer: EventDrawer = {
  actions: (uuid) => [
    { key: 'push-to-main', label: 'Push to main', needsPullRequest: false },
    { key: 'merge', label: 'Merge', needsPullRequest: true },
    ...(uuid === OTHER_REPOSITORY.uuid ? [{ key: 'deploy', label: 'Deploy', needsPullRequest: false }] : []),
  ],
  run: (key, repositoryUuid, pullRequestId) => {
    if (pullRequestId === 8) throw new Error('Pull request #8 is a draft.');
    done.push(`${key} ${repositoryUuid} ${String(pullRequestId)}`);
    return {
      eventType: PUSH,
      payload: { repository: { uuid: repositoryUuid }, workspace: { uuid: WORKSPACE.uuid }, wish: key },
    };
  },
};

let fixture: Fixture;
let pages: FixturePages;
let folder: string;

beforeAll(async () => {
  folder = temporaryFolder();
  fixture = await startFixture();
  pages = await startFixturePages({
    host: fixture.host,
    eventDrawer: drawer,
    pullRequests: (uuid) =>
      uuid === REPOSITORY.uuid
        ? [
            { id: 8, title: 'A draft', state: 'OPEN' },
            { id: 7, title: 'Ready', state: 'OPEN' },
            { id: 3, title: 'Old', state: 'MERGED' },
          ]
        : [],
  });
});
beforeEach(() => done.splice(0));
afterAll(async () => {
  await pages.close();
  await fixture.close();
  await removeFixtureBundle();
  rmSync(folder, { recursive: true });
});

function run(...args: readonly string[]): Promise<EventOutput> {
  const options = readOptions(['--port', new URL(pages.web.url).port, ...args]);
  if (options === 'help') throw new Error('The options ask for help.');
  return runEvent(options);
}

/** Writes a file whose name ends as one of events must. */
function fileOf(content: string): string {
  const file = path.join(folder, 'given.json');
  writeFileSync(file, content);
  return file;
}

describe('without a name', () => {
  it('lists what can be done, each once, and where', async () => {
    const { said, printed } = await run();
    expect(said.split('\n')).toEqual([
      'npm run event -- NAME',
      '  push-to-main  Push to main',
      '  merge         Merge (of a pull request)',
      '  deploy        Deploy',
      'Repositories: api, shop.',
    ]);
    expect(printed).toBeNull();
  });

  it('says so where nothing can be done', async () => {
    const recorded = await startFixturePages({ host: fixture.host });
    const port = new URL(recorded.web.url).port;
    expect((await run('--port', port)).said).toContain('Nothing can be done to this workspace.');
    await expect(run('--port', port, 'merge')).rejects.toThrow('Nothing can be done to this workspace.');
    await recorded.close();
  });
});

describe('a name', () => {
  it('is done in the first repository, and the app gets the event', async () => {
    const { said, printed } = await run('push-to-main');
    expect(done).toEqual([`push-to-main ${REPOSITORY.uuid} null`]);
    expect(said).toBe(`Sent ${PUSH} in api: 2 triggers take it.`);
    expect(JSON.parse(printed ?? '')).toMatchObject({ wish: 'push-to-main' });
    await fixture.host.idle();
    expect(fixture.stored('last-event')).toEqual({ eventType: PUSH });
  });

  it('is done to the first open pull request that lets it', async () => {
    expect((await run('merge')).said).toContain(' of #7 in api: ');
    expect(done).toEqual([`merge ${REPOSITORY.uuid} 7`]);
  });

  it('is done where it can be, or where it is asked for', async () => {
    await run('deploy');
    await run('push-to-main', '--repository', 'shop');
    expect(done).toEqual([
      `deploy ${OTHER_REPOSITORY.uuid} null`,
      `push-to-main ${OTHER_REPOSITORY.uuid} null`,
    ]);
  });

  it.each([
    [['mrege'], 'mrege: no event is named so; did you mean merge?'],
    [['push'], 'push: no event is named so; did you mean push-to-main?'],
    [['something-else'], 'something-else: no event is named so; npm run event lists all.'],
    [['merge', '--pull-request', '8'], 'Pull request #8 is a draft.'],
    [['merge', '--repository', 'shop'], 'shop has no open pull request.'],
    [['deploy', '--repository', 'api'], '--repository api: deploy can be done in shop. Name one of them.'],
  ])('that cannot be followed: %j', async (args, sentence) => {
    await expect(run(...args)).rejects.toThrow(sentence);
    expect(done).toEqual([]);
  });
});

describe('a file', () => {
  it('is sent as it is', async () => {
    const seen = fixture.bitbucket.seen.length;
    const event = { eventType: PUSH, repository: { uuid: '{mine}' }, workspace: WORKSPACE, more: 1 };
    const { said, printed } = await run(fileOf(JSON.stringify(event)));
    expect(said).toBe(`Sent ${PUSH}: 2 triggers take it.`);
    expect(JSON.parse(printed ?? '')).toEqual(event);
    await fixture.host.idle();
    expect(fixture.bitbucket.seen[seen]?.url).toContain(encodeURIComponent('{mine}'));
  });

  it('of an event that no trigger takes says so', async () => {
    const { said } = await run(fileOf('{"eventType":"avi:bitbucket:none"}'));
    expect(said).toBe('Sent avi:bitbucket:none: no trigger of the manifest takes it.');
  });

  it.each([
    ['{', 'holds no JSON'],
    ['{"payload":1}', 'has no eventType'],
  ])('that holds %s is refused', async (content, sentence) => {
    await expect(run(fileOf(content))).rejects.toThrow(sentence);
  });
});

describe('a port', () => {
  it('at which nothing runs', async () => {
    await expect(run('--port', '1', 'merge')).rejects.toThrow(
      'No app runs at port 1. Run npm start or npm run dev first, or name its port with --port.',
    );
  });

  it('of another program', async () => {
    const server = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';
    await expect(run('--port', port)).rejects.toThrow(`What answers at port ${port} is not npm start.`);
    server.close();
  });
});

describe('options that cannot be followed', () => {
  it.each([
    [['--prot', '1'], 'cannot be read'],
    [['merge', 'open'], 'open: one event at a time'],
    [['/no/such.json'], 'there is no such file'],
    [['--repository', 'api'], 'belong to the name of an event'],
    [['merge', '--pull-request', 'seven'], 'write a number such as 7'],
    [['--port', 'x'], 'write a number from 0 to 65535'],
  ])('%j', (args, sentence) => {
    expect(() => readOptions(args)).toThrow(sentence);
  });
});
