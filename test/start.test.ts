/** The start command as its user meets it: wrong options, an interrupted run, a second start. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { DEMO_NOW, IMPORT_TIMEOUT, importedDemo } from './imported-demo';
import { describeWithSharedData } from './shared-data';
import { runStart, startApp } from './started-app';

const TIMEOUT = 120_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what cannot be followed ends with status 2 and one sentence', () => {
  it.each([
    ['an unknown option', ['--recordings', 'x'], /Unknown option/],
    ['a missing recording', ['--recording', '/no/such/folder'], /no such folder/],
    ['a folder without a recording', ['--recording', __dirname], /no repository\.json/],
    ['an unknown permission', ['--without', 'read:pipelines'], /asks for no such permission/],
    ['a wrong instant', ['--now', 'yesterday'], /write an instant/],
  ])('%s', async (_, args, sentence) => {
    const { status, output } = await runStart(...args);
    expect(status).toBe(2);
    expect(output).toMatch(sentence);
    expect(output.trim().split('\n')).toHaveLength(1);
  });

  it(
    'a port in use',
    async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const { status, output } = await runStart('--port', String(port), '--data', folder);
      server.close();
      expect(status).toBe(2);
      expect(output).toMatch(new RegExp(`Port ${port} is in use`));
    },
    TIMEOUT,
  );

  it('a data folder of something else', async () => {
    writeFileSync(path.join(folder, 'source.json'), '{"source":"/another/recording","startedAt":0}');
    const { status, output } = await runStart('--data', folder, '--export', path.join(folder, 'out.json'));
    expect(status).toBe(2);
    expect(output).toMatch(/holds the store of \/another\/recording/);
  });

  describeWithSharedData('recordings', (data) => {
    it('a damaged one', async () => {
      const recording = path.join(folder, 'recording');
      cpSync(path.join(data, 'bitbucket-archive/osrf__srsim'), recording, { recursive: true });
      rmSync(path.join(recording, 'activity.jsonl.gz'), { force: true });
      writeFileSync(path.join(recording, 'activity.jsonl.gz'), 'this is no archive');
      const args = [
        '--recording',
        recording,
        '--now',
        '2016-07-01T00:00:00Z',
        '--export',
        path.join(folder, 'out.json'),
      ];
      const { status, output } = await runStart(...args);
      expect(status).toBe(2);
      expect(output).toMatch(/activity\.jsonl\.gz/);
    });
  });
});

describeWithSharedData('DevLake’s recording', (data) => {
  it(
    'is read like any other',
    async () => {
      const file = path.join(folder, 'out.json');
      const args = [
        '--recording',
        path.join(data, 'devlake'),
        '--now',
        '2023-03-01T00:00:00Z',
        '--export',
        file,
      ];
      const { status, output } = await runStart(...args);
      expect(output).toContain('1 repositories, 57 pull requests');
      expect(status).toBe(0);
    },
    TIMEOUT,
  );
});

it(
  'shows full figures within a minute, stops cleanly, and finds its data again, even after a kill',
  async () => {
    const began = Date.now();
    const first = await startApp('--data', folder);
    await first.says('Complete: ');
    expect(Date.now() - began).toBeLessThan(60_000);
    const pullRequests = /Complete: (\d+) pull requests/.exec(first.output())?.[1];
    expect(Number(pullRequests)).toBeGreaterThan(1_000);
    // The process that holds the store is killed without a chance to tidy up.
    await first.end('SIGKILL');

    const second = await startApp('--data', folder);
    await second.says(`Complete: ${pullRequests ?? ''} pull requests`);
    expect(second.output()).not.toContain('Importing');
    const { status } = await second.end('SIGINT');
    expect(status).toBe(0);
  },
  TIMEOUT,
);

it(
  'goes on with an import that was killed in the middle, and ends with the same figures',
  async () => {
    const { exported: whole } = await importedDemo(path.join(folder, 'whole'));
    const killed = path.join(folder, 'killed');
    const run = await startApp('--now', DEMO_NOW, '--data', killed);
    await run.says(' of 5 repositories complete');
    await run.end('SIGKILL');
    const resumed = path.join(folder, 'resumed.json');
    const second = await runStart('--now', DEMO_NOW, '--data', killed, '--export', resumed);
    expect(second.output).toContain('Wrote ');
    expect(second.status).toBe(0);

    const figures = (file: string): unknown =>
      (JSON.parse(readFileSync(file, 'utf8')) as { repositories: unknown }).repositories;
    expect(figures(resumed)).toEqual(figures(whole));
  },
  IMPORT_TIMEOUT,
);
