/** Every tab and place where there is nothing, little, not yet, or nobody who answers: in a real Chromium. */
import type { ForgeHost } from '../local/forge/host-api';
import { startWeb, type Web } from '../local/forge/web/server';
import { TABS } from '../static/view-model/page-address';
import { overflowOf, picture, seriousFindings, startBrowsing, TIMEOUT, type Browsing } from './browsing';
import { appDirectory, startTestHost, type TestHost } from './forge-host';
import {
  openPullRequest,
  person,
  REPOSITORY_UUID,
  smallWorkspace,
  type SmallPullRequest,
} from './small-workspace';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 9, 31);

const REPOSITORY = '/small/shop';

/** Each place with its address. */
const PLACES: readonly (readonly [name: string, address: string])[] = [
  ...TABS.map((tab) => [tab, `${REPOSITORY}/app/repository-page#/?tab=${tab}`] as const),
  ['panel', REPOSITORY],
  ['pull-request', `${REPOSITORY}/pull-requests/1`],
  ['workspace', '/small/workspace/app/workspace-page'],
];

function merged(id: number, hours: number): SmallPullRequest {
  const openedAt = NOW - (id * 48 + hours) * HOUR;
  const at = (after: number): string => new Date(openedAt + after * HOUR).toISOString();
  const small = openPullRequest(id, 'ann', at(0));
  return {
    ...small,
    pullRequest: { ...small.pullRequest, state: 'MERGED', closed_by: person('ben') },
    activity: [
      {
        pull_request: { id },
        update: { date: at(hours), state: 'MERGED', author: person('ben'), source: null },
      },
      { pull_request: { id }, approval: { date: at(1), user: person('ben') } },
      ...small.activity,
    ],
  };
}

/** What stands in the repository, and whether the app has been told of its installation. */
interface Setting {
  readonly pullRequests: readonly SmallPullRequest[];
  readonly isInstalled: boolean;
}

const OPEN = openPullRequest(1, 'ann', new Date(NOW - 30 * HOUR).toISOString());

const SETTINGS: Readonly<Record<string, Setting>> = {
  empty: { pullRequests: [], isInstalled: true },
  few: { pullRequests: [OPEN, merged(2, 5), merged(3, 50)], isInstalled: true },
  'not-yet': { pullRequests: [OPEN], isInstalled: false },
};

const webOptions = {
  appDirectory,
  port: 0,
  account: { accountId: 'viewer', displayName: 'You' },
  repositories: () => Promise.resolve([{ uuid: REPOSITORY_UUID, slug: 'shop', name: 'shop' }]),
  pullRequests: () => [{ id: 1, title: 'One', state: 'OPEN' }],
} as const;

let browsing: Browsing;
beforeAll(async () => {
  browsing = await startBrowsing();
}, TIMEOUT);
afterAll(() => browsing.close());

/** Looks at one place, and says what it says. */
async function lookAt(web: Web, address: string, name: string): Promise<string> {
  const { page, app, complaints } = await browsing.visit(`${web.url}${address}`, 320);
  await app.locator('#root > *').first().waitFor();
  await app.locator('.loading').first().waitFor({ state: 'detached' });
  await picture(page, `place-${name}`);
  const said = await app.locator('body').innerText();
  expect({ name, findings: await seriousFindings(page) }).toEqual({ name, findings: [] });
  expect({ name, overflow: await overflowOf(page) }).toEqual({ name, overflow: 0 });
  expect({ name, complaints }).toEqual({ name, complaints: [] });
  await page.close();
  return said;
}

describe.each(Object.entries(SETTINGS))('where it is %s', (setting, { pullRequests, isInstalled }) => {
  let started: TestHost;
  let web: Web;
  beforeAll(async () => {
    started = await startTestHost(smallWorkspace(pullRequests), NOW);
    if (isInstalled) {
      await started.host.install();
      await started.host.idle();
    }
    web = await startWeb({ ...webOptions, host: started.host });
  }, TIMEOUT);
  afterAll(async () => {
    await web.close();
    await started.close();
  });

  it.each(PLACES)(
    '%s says so, and nothing breaks',
    async (place, address) => {
      const said = await lookAt(web, address, `${place}-${setting}`);
      // Something for the reader, and no key of a message that is missing.
      expect(said.trim().length).toBeGreaterThan(20);
      expect(said).not.toMatch(/undefined|NaN|\[object/);
    },
    TIMEOUT,
  );
});

describe('where nobody answers', () => {
  let started: TestHost;
  let web: Web;
  beforeAll(async () => {
    started = await startTestHost(smallWorkspace([OPEN]), NOW);
    web = await startWeb({ ...webOptions, host: unanswering(started.host) });
  }, TIMEOUT);
  afterAll(async () => {
    await web.close();
    await started.close();
  });

  it.each(PLACES)(
    '%s says so, and offers another try',
    async (place, address) => {
      const said = await lookAt(web, address, `${place}-fails`);
      expect(said).toContain('could not be read just now');
      expect(said).toMatch(/again/i);
    },
    TIMEOUT,
  );
});

/** The host as it is, but that every function of the app says that it cannot answer just now. */
function unanswering(host: ForgeHost): ForgeHost {
  const answer = { ok: false, cause: 'unavailable', message: 'Nothing could be read.' };
  return new Proxy(host, {
    get: (target, name) => {
      if (name === 'resolve') return () => Promise.resolve(answer);
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
