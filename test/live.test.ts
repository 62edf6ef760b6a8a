/** Live mode as its user meets it: the real start command, reading a Bitbucket over HTTP and HTTPS with a token. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { openRecording } from '../local/bitbucket/recorded-workspace';
import type { WorkspaceSource } from '../local/bitbucket/workspace-source';
import { startLiveBitbucket, type LiveBitbucket } from './live-bitbucket';
import { loopbackCertificate } from './live-certificate';
import { describeWithSharedData } from './shared-data';
import { openPullRequest, person, smallWorkspace, type SmallWorkspace } from './small-workspace';
import { runStart, runStartWith, startAppWith, type Ended, type Environment } from './started-app';

const TIMEOUT = 240_000;

const TOKEN = 'a-token-of-the-test';
const EMAIL = 'ann@example.com';
const BASIC = `Basic ${Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64')}`;

const exported = z.object({
  now: z.string(),
  repositories: z.array(z.object({ pullRequests: z.array(z.record(z.string(), z.unknown())) })),
});

let folder: string;
let running: LiveBitbucket[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-live-'));
});
afterEach(async () => {
  for (const bitbucket of running) await bitbucket.close();
  running = [];
  rmSync(folder, { recursive: true, force: true });
});

async function serving(
  source: WorkspaceSource,
  options: Partial<Parameters<typeof startLiveBitbucket>[0]> = {},
): Promise<LiveBitbucket> {
  const bitbucket = await startLiveBitbucket({ source, authorization: `Bearer ${TOKEN}`, ...options });
  running.push(bitbucket);
  return bitbucket;
}

function environmentFor({ url }: LiveBitbucket): Environment {
  return { BITBUCKET_TOKEN: TOKEN, BITBUCKET_API_URL: url };
}

/** Where a run writes, within the test's folder. */
function place(name: string): string {
  return path.join(folder, name);
}

function readExport(file: string): z.output<typeof exported> {
  return exported.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The whole document, of which two are compared as they are. */
function repositoriesIn(file: string): unknown {
  return z.object({ repositories: z.unknown() }).parse(JSON.parse(readFileSync(file, 'utf8'))).repositories;
}

/** Every file below a folder. */
function filesIn(at: string): readonly string[] {
  return readdirSync(at)
    .map((name) => path.join(at, name))
    .flatMap((each) => (statSync(each).isDirectory() ? filesIn(each) : [each]));
}

function expectNoToken(text: string): void {
  expect(text).not.toContain(TOKEN);
  expect(text).not.toContain(BASIC.slice('Basic '.length));
}

describeWithSharedData('a recording behind HTTP and HTTPS', (data) => {
  const recording = path.join(data, 'bitbucket-archive/osrf__gazebojs');
  const NAME = 'recording/gazebojs';

  it(
    'is exported as --recording exports it, with an access token and over TLS with an API token',
    async () => {
      const certificate = loopbackCertificate();
      writeFileSync(place('certificate.pem'), certificate.certificate);
      const plain = await serving(openRecording(recording));
      const secure = await serving(openRecording(recording), { certificate, authorization: BASIC });
      const file = place('http.json');
      const http = await runStartWith(
        environmentFor(plain),
        ...['--live', NAME, '--data', place('http'), '--export', file],
      );
      expect(http.output).toContain('1 repositories, 32 pull requests');
      expect(http.status).toBe(0);
      const https = await runStartWith(
        { ...environmentFor(secure), BITBUCKET_EMAIL: EMAIL, NODE_EXTRA_CA_CERTS: place('certificate.pem') },
        ...['--live', NAME, '--data', place('https'), '--export', place('https.json')],
      );
      expect(https.status).toBe(0);
      const { now } = readExport(file);
      await runStart('--recording', recording, '--now', now, '--export', place('recording.json'));
      const expected = repositoriesIn(place('recording.json'));
      expect(repositoriesIn(file)).toEqual(expected);
      // Figures of a few seconds later are of other windows; every fact of every pull request is the same.
      const facts = (at: string): unknown =>
        readExport(at).repositories.map(({ pullRequests }) => pullRequests);
      expect(facts(place('https.json'))).toEqual(facts(file));

      expect([...plain.arrived, ...secure.arrived].every(({ method }) => method === 'GET')).toBe(true);
      expect(https.output).not.toMatch(/rejected|self.signed/i);
      for (const written of filesIn(folder)) expectNoToken(readFileSync(written, 'latin1'));
      expectNoToken(http.output + https.output);
    },
    TIMEOUT,
  );

  it(
    'goes on after a kill in the middle where it was, and ends with the same figures',
    async () => {
      const bitbucket = await serving(openRecording(recording));
      const args = ['--live', NAME, '--data', place('data')];
      bitbucket.instead = () => (bitbucket.arrived.length < 12 ? undefined : { broken: 'hang' });
      const first = await startAppWith(environmentFor(bitbucket), ...args);
      while (bitbucket.arrived.length < 12) await new Promise((resolve) => setTimeout(resolve, 20));
      await first.end('SIGKILL');
      const before = bitbucket.arrived.map(({ path: asked }) => asked);
      bitbucket.instead = null;

      const file = place('resumed.json');
      const second = await runStartWith(environmentFor(bitbucket), ...args, '--export', file);
      expect(second.output).toContain('32 pull requests');
      const after = bitbucket.arrived.slice(before.length).map(({ path: asked }) => asked);
      // What was saved is not asked for again: of the steps, those that were under way, and the first look.
      const isStep = (asked: string): boolean => /activity\?|pullrequests\?q=|commits\?/.test(asked);
      const again = after.filter((asked) => isStep(asked) && before.includes(asked));
      expect(again.length).toBeLessThanOrEqual(4);

      await runStart(
        '--recording',
        recording,
        '--now',
        readExport(file).now,
        '--export',
        place('whole.json'),
      );
      expect(repositoriesIn(file)).toEqual(repositoriesIn(place('whole.json')));
    },
    TIMEOUT,
  );
});

describe('a small workspace', () => {
  let source: SmallWorkspace;
  beforeEach(() => {
    source = smallWorkspace([
      openPullRequest(1, 'ann', '2026-11-01T10:00:00Z'),
      openPullRequest(2, 'ben', '2026-11-02T10:00:00Z'),
    ]);
  });

  it(
    'is shown and polled: what changes in Bitbucket is read soon, and the token is nowhere',
    async () => {
      const bitbucket = await serving(source);
      const args = ['--live', 'small', '--data', place('data'), '--poll', '1'];
      const app = await startAppWith(environmentFor(bitbucket), ...args);
      await app.says('Complete: 2 pull requests of 1 repositories');
      expect(app.output()).toContain('asked for what is new every 1 s');
      const pages = await pagesOf(app.url, [
        '/',
        '/small/shop',
        '/small/shop/pull-requests',
        '/small/shop/pull-requests/2',
      ]);
      expect(pages).toContain('Title of 2');
      expect(pages).toContain('your data, read-only');
      expect(pages).not.toContain('local stand-in');
      expectNoToken(pages);

      const ask = (): number =>
        bitbucket.arrived.filter(({ path: asked }) => asked.includes('/pullrequests/1?')).length;
      const asked = ask();
      source.pullRequests.get(1)?.activity.unshift({
        pull_request: { type: 'pullrequest', id: 1 },
        approval: { date: new Date().toISOString(), user: person('cleo') },
      });
      source.revision += 1;
      await app.says('New in shop: activity (1).');
      while (ask() === asked) await new Promise((resolve) => setTimeout(resolve, 100));
      const { status, output } = await app.end('SIGINT');
      expect(status).toBe(0);

      const file = place('out.json');
      const end = await runStartWith(environmentFor(bitbucket), ...args, '--export', file);
      expect(end.status).toBe(0);
      const [repository] = readExport(file).repositories;
      expect(JSON.stringify(repository?.pullRequests.find(({ id }) => id === 1))).toContain('account-cleo');
      for (const written of filesIn(folder)) expectNoToken(readFileSync(written, 'latin1'));
      expectNoToken(output + end.output);
    },
    TIMEOUT,
  );

  it(
    'is exported where the token may not read pipelines, which is said',
    async () => {
      const bitbucket = await serving(source);
      bitbucket.scopes = bitbucket.scopes.filter((scope) => scope !== 'read:pipeline:bitbucket');
      const file = place('out.json');
      const { status, output } = await runStartWith(
        environmentFor(bitbucket),
        ...['--live', 'small/shop', '--data', place('data'), '--export', file],
      );
      expect(output).toContain('Everything but deployments and pipelines is read without it.');
      expect(status).toBe(0);
      expect(readExport(file).repositories[0]?.pullRequests).toHaveLength(2);
    },
    TIMEOUT,
  );

  describe('a refusal is one sentence and status 2, before anything is built or written', () => {
    async function refused(name: string, prepare: (bitbucket: LiveBitbucket) => Environment): Promise<Ended> {
      const bitbucket = await serving(source);
      const environment = { ...environmentFor(bitbucket), ...prepare(bitbucket) };
      const ended = await runStartWith(environment, '--live', name, '--data', place('data'));
      expect(() => statSync(place('data'))).toThrow(/ENOENT/);
      expectNoToken(ended.output);
      return ended;
    }

    it.each<[string, string, (bitbucket: LiveBitbucket) => Environment, RegExp]>([
      ['a wrong token', 'small/shop', () => ({ BITBUCKET_TOKEN: 'another' }), /does not take the token/],
      [
        'a missing scope',
        'small/shop',
        (bitbucket) => {
          bitbucket.scopes = ['read:repository:bitbucket', 'read:workspace:bitbucket'];
          return {};
        },
        /lacks the permission read:pullrequest:bitbucket/,
      ],
      ['an unknown repository', 'small/nothing', () => ({}), /knows no repository small\/nothing/],
      [
        'a spent hour',
        'small/shop',
        (bitbucket) => {
          bitbucket.instead = () => ({ status: 429, body: 'Rate limit for this resource has been exceeded' });
          return {};
        },
        /no more requests of this token in this hour/,
      ],
      [
        'no network',
        'small/shop',
        (bitbucket) => {
          void bitbucket.close();
          return {};
        },
        /could not be reached: connect ECONNREFUSED 127.0.0.1:\d+. Look at the network/,
      ],
      ['no token', 'small/shop', () => ({ BITBUCKET_TOKEN: '' }), /needs a token: set BITBUCKET_TOKEN/],
    ])('%s', async (_, name, prepare, sentence) => {
      const { status, output } = await refused(name, prepare);
      expect(output).toMatch(sentence);
      expect(status).toBe(2);
      expect(output.trim().split('\n')).toHaveLength(1);
    });
  });
});

/** The HTML of pages, one after the other. */
async function pagesOf(origin: string, paths: readonly string[]): Promise<string> {
  const pages: string[] = [];
  for (const each of paths) pages.push(await (await fetch(`${origin}${each}`)).text());
  return pages.join('\n');
}
