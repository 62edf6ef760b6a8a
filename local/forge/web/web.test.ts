/** The pages of the local host in a real browser: where the app is shown, what it is told there, where it may lead. */
import type * as ForgeBridge from '@forge/bridge';
import type { Browser, Frame } from 'playwright-core';
import {
  appFrameOf,
  OTHER_REPOSITORY,
  startFixturePages,
  visit,
  type FixturePages,
  type Visit,
} from '../testing/fixture-pages';
import {
  removeFixtureBundle,
  REPOSITORY,
  startFixture,
  WORKSPACE,
  type Fixture,
} from '../testing/fixture-host';
import { launchBrowser } from './browser';

const APP_ID = '7f5c2f0e-5d0c-4e0b-9f6e-3f0d1f6f4a11';
const REPOSITORY_PAGE = `/acme/api/forge/${APP_ID}/development/page`;
const WORKSPACE_PAGE = `/acme/workspace/forge/${APP_ID}/development/workspace-page`;

const REPOSITORY_SETTINGS = `/acme/api/admin/forge/${APP_ID}/development/settings-page`;
const WORKSPACE_SETTINGS = `/acme/workspace/settings/forge/${APP_ID}/development/workspace-settings-page`;

const PLACES: readonly (readonly [string, string, object])[] = [
  [REPOSITORY_PAGE, 'page', { type: 'bitbucket:repoMainMenuPage', repository: REPOSITORY }],
  [
    '/acme/api/pull-requests/7',
    'panel',
    { type: 'bitbucket:repoPullRequestOverviewPanel', repository: REPOSITORY, pullRequest: { id: 7 } },
  ],
  [
    WORKSPACE_PAGE,
    'workspace-page',
    { type: 'bitbucket:workspaceGlobalPage', workspace: { uuid: WORKSPACE.uuid } },
  ],
  [REPOSITORY_SETTINGS, 'settings-page', { type: 'bitbucket:repoSettingsMenuPage', repository: REPOSITORY }],
  [
    WORKSPACE_SETTINGS,
    'workspace-settings-page',
    { type: 'bitbucket:workspaceSettingsMenuPage', workspace: { uuid: WORKSPACE.uuid } },
  ],
];

/** The real bridge, as the fixture's page puts it into the frame. */
interface Bridge {
  readonly bridge: typeof ForgeBridge;
}

let fixture: Fixture;
let pages: FixturePages;
let browser: Browser;

beforeAll(async () => {
  fixture = await startFixture();
  pages = await startFixturePages({ host: fixture.host });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await pages.close();
  await fixture.close();
  await removeFixtureBundle();
});

const at = (path: string): string => `${pages.web.url}${path}`;

async function open(path: string, greeting = 'Hello'): Promise<Visit & { readonly app: Frame }> {
  const visited = await visit(browser, at(path));
  return { ...visited, app: await appFrameOf(visited.page, greeting) };
}

const contextOf = (app: Frame): Promise<Record<string, unknown>> =>
  app.evaluate(() => (window as unknown as Bridge).bridge.view.getContext()) as never;

describe('an address', () => {
  const answerTo = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(at(path), { headers, redirect: 'manual' });
  const encoded = (uuid: string): string => encodeURIComponent(uuid);

  it.each([
    '/',
    '/acme',
    '/acme/api',
    '/acme/api/src/main/README.md',
    '/acme/api/pipelines',
    `/${encoded(WORKSPACE.uuid)}/${encoded(REPOSITORY.uuid)}/pull-requests/7`,
    `/${encoded(WORKSPACE.uuid)}/${encoded(REPOSITORY.uuid)}/forge/${APP_ID}/development/page`,
    `/${encoded(WORKSPACE.uuid)}/workspace/forge/${APP_ID}/development/workspace-page`,
  ])('%s opens a page', async (path) => {
    expect((await answerTo(path)).status).toBe(200);
  });

  it.each([
    '/other/api',
    '/acme/none',
    '/acme/api/nothing',
    '/acme/api/pull-requests/8',
    '/acme/api/pull-requests/seven',
    '/acme/api/app/workspace-page',
    '/acme/api/app/workspace-settings-page',
    '/acme/api/admin',
    `/acme/api/forge/${APP_ID}/development/settings-page`,
    '/acme/workspace/app/settings-page',
    '/acme/workspace',
    '/acme/workspace/app/page',
    `/acme/api/forge/${APP_ID}/production/page`,
    '/acme/api/forge/another-app/development/page',
  ])('%s opens none', async (path) => {
    expect((await answerTo(path)).status).toBe(404);
  });

  it.each([
    ['/acme/api/app/page?days=30', `${REPOSITORY_PAGE}?days=30`],
    ['/acme/workspace/app/workspace-page', WORKSPACE_PAGE],
    ['/acme/api/app/settings-page', REPOSITORY_SETTINGS],
    ['/acme/workspace/app/workspace-settings-page', WORKSPACE_SETTINGS],
  ])('%s is short for %s', async (path, address) => {
    const answer = await answerTo(path);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, address]);
  });

  it('names pull requests and links to them and to the app', async () => {
    const list = await (await answerTo('/acme/api/pull-requests')).text();
    expect(list).toContain('<a href="/acme/api/pull-requests/7">#7 A &lt;new&gt; thing</a>');
    expect(list).toContain(`<a href="${WORKSPACE_PAGE}">acme · Fixtures</a>`);
    expect(list).toContain(`<a href="${REPOSITORY_PAGE}">Fixture</a>`);
    expect(list).toContain(`<a href="${WORKSPACE_SETTINGS}">acme · Settings · Fixtures</a>`);
    expect(list).toContain(
      `<p class="heading">Repository settings · Apps</p><ul><li><a href="${REPOSITORY_SETTINGS}">Fixture</a></li></ul>`,
    );
  });

  it('is hidden from somebody who may not see the repository', async () => {
    const guest = { cookie: 'other=1; throughline-viewer=account-2' };
    expect((await answerTo('/acme/shop')).status).toBe(200);
    expect((await answerTo('/acme/shop', guest)).status).toBe(404);
    expect((await answerTo('/acme/api', guest)).status).toBe(200);
    expect(await (await answerTo('/', guest)).text()).not.toContain('The shop');
    const nobody = { cookie: 'throughline-viewer=account-of-yesterday' };
    expect((await answerTo('/acme/shop', nobody)).status).toBe(200);
  });
});

describe('the place', () => {
  it.each(PLACES)(
    'of %s is told to the front end and to its resolver',
    async (path, moduleKey, extension) => {
      const { page, app, complaints } = await open(`${path}?from=here#/?days=30`);
      const { environmentId } = fixture.host.installation;
      const context = {
        accountId: 'account-1',
        workspaceId: WORKSPACE.uuid,
        environmentId,
        environmentType: 'DEVELOPMENT',
        localId: `ari:cloud:ecosystem::extension/${APP_ID}/${environmentId}/static/${moduleKey}`,
        moduleKey,
        siteUrl: 'https://bitbucket.org',
        locale: 'en-US',
        timezone: 'UTC',
        extension: { ...extension, location: at(`${path}?from=here#/?days=30`) },
      };
      expect(await contextOf(app)).toEqual({
        ...context,
        theme: expect.objectContaining({ colorMode: 'light' }) as unknown,
      });
      const resolved = await app.evaluate(() =>
        (window as unknown as Bridge).bridge.invoke('visits', { place: 'x' }),
      );
      expect(resolved).toMatchObject({ context });
      expect(complaints).toEqual([]);
      await page.close();
    },
  );

  it('names who looks, also to Bitbucket', async () => {
    const { page } = await open(REPOSITORY_PAGE);
    await Promise.all([page.waitForEvent('load'), page.selectOption('#viewer', { label: 'Guest' })]);
    const app = await appFrameOf(page, 'Hello');
    expect(await contextOf(app)).toMatchObject({ accountId: 'account-2' });
    const { seen } = fixture.bitbucket;
    seen.length = 0;
    await app.evaluate(() => (window as unknown as Bridge).bridge.requestBitbucket('/2.0/user'));
    expect(seen[0]?.headers).toMatchObject({ 'x-forge-as': 'user', 'x-forge-account': 'account-2' });
    await page.goto(at('/acme/shop'));
    expect(await page.innerText('body')).toContain('this account may not see it');
    await page.close();
  });
});

describe('the language', () => {
  it('is chosen in the page, told to the app, and remembered', async () => {
    const { page, complaints } = await open(REPOSITORY_PAGE);
    expect(await page.locator('#language option').allInnerTexts()).toEqual(['English', 'Deutsch']);
    await page.selectOption('#language', 'de-DE');
    const german = await appFrameOf(page, 'Guten Tag');
    expect(await contextOf(german)).toMatchObject({ locale: 'de-DE' });
    expect(await german.evaluate(() => (window as unknown as Bridge).bridge.i18n.getTranslations())).toEqual({
      locale: 'de-DE',
      translations: { panel: { title: 'Fixture-Feld', greeting: 'Guten Tag' } },
    });
    await page.goto(at('/acme/api/pull-requests/7'));
    await appFrameOf(page, 'Guten Tag');
    expect(await page.inputValue('#language')).toBe('de-DE');
    expect(complaints).toEqual([]);
    expect(pages.web.policyViolations()).toEqual([]);
    await page.close();
  });

  it('falls back as the manifest says', async () => {
    const { page, app } = await open(REPOSITORY_PAGE);
    const localeFor = (locale: string): Promise<string> =>
      app.evaluate(
        async (wanted) =>
          (await (window as unknown as Bridge).bridge.i18n.getTranslations(wanted as 'fr-FR')).locale,
        locale,
      );
    expect(await localeFor('fr-FR')).toBe('de-DE');
    expect(await localeFor('it-IT')).toBe('en-US');
    await page.close();
  });

  describe('that the host was started with', () => {
    let started: FixturePages;
    beforeAll(async () => {
      started = await startFixturePages({ host: fixture.host, locale: 'fr-FR' });
    });
    afterAll(() => started.close());

    it('counts until another is chosen', async () => {
      const { page } = await visit(browser, `${started.web.url}${REPOSITORY_PAGE}`);
      const app = await appFrameOf(page, 'Guten Tag');
      expect(await contextOf(app)).toMatchObject({ locale: 'fr-FR' });
      const languages = await page.locator('#language option').allInnerTexts();
      expect(languages).toEqual(['English', 'Deutsch', 'français']);
      await page.selectOption('#language', 'en-US');
      await appFrameOf(page, 'Hello');
      await page.close();
    });
  });
});

describe('a wish to open something', () => {
  it('leads by uuids from the workspace to a repository, and keeps the query', async () => {
    const { page, app } = await open(WORKSPACE_PAGE);
    const address = `https://bitbucket.org/${encodeURIComponent(WORKSPACE.uuid)}/${encodeURIComponent(OTHER_REPOSITORY.uuid)}/forge/${APP_ID}/development/page?days=30`;
    await app.evaluate((to) => void (window as unknown as Bridge).bridge.router.navigate(to), address);
    await page.waitForURL('**/page?days=30');
    const there = await appFrameOf(page, 'Hello');
    expect(await contextOf(there)).toMatchObject({ extension: { repository: OTHER_REPOSITORY } });
    await page.close();
  });

  it('leads from a panel to the page of its repository', async () => {
    const { page, app } = await open('/acme/api/pull-requests/7');
    await app.evaluate(
      () =>
        void (window as unknown as Bridge).bridge.router.navigate({ target: 'module', moduleKey: 'page' }),
    );
    await page.waitForURL(`**${REPOSITORY_PAGE}`);
    await page.close();
  });

  it('opens in another tab', async () => {
    const { page, app } = await open(WORKSPACE_PAGE);
    const opened = page.context().waitForEvent('page');
    await app.evaluate(
      () =>
        void (window as unknown as Bridge).bridge.router.open(
          'https://bitbucket.org/acme/api/pull-requests/7',
        ),
    );
    const other = await opened;
    await other.waitForURL('**/acme/api/pull-requests/7');
    expect(new URL(page.url()).pathname).toBe(WORKSPACE_PAGE);
    await other.close();
    await page.close();
  });

  it.each([
    [{ target: 'module', moduleKey: 'page' }, 'No page of the module "page" can be opened from here.'],
    [{ target: 'dashboard', dashboardId: '1' }, 'The local host does not model the target "dashboard".'],
  ] as const)('fails for %j in the workspace', async (location, message) => {
    const { page, app } = await open(WORKSPACE_PAGE);
    const failure = app.evaluate(
      (to) => (window as unknown as Bridge).bridge.router.navigate(to as never),
      location,
    );
    await expect(failure).rejects.toThrow(message);
    await page.close();
  });
});

it('an answer to the app before its reload is not taken for one to the app after it', async () => {
  const { page, app } = await open(REPOSITORY_PAGE);
  const release = new Map<string, () => void>();
  const held = (name: string): Promise<void> => new Promise((resolve) => release.set(name, resolve));
  const waits = new Map([
    ['visits', held('visits')],
    ['who', held('who')],
  ]);
  await page.route('**/__host/bridge', async (route) => {
    const { payload } = route.request().postDataJSON() as { payload: { functionKey?: string } | null };
    await waits.get(payload?.functionKey ?? '');
    await route.continue();
  });
  await app.evaluate(() => void (window as unknown as Bridge).bridge.invoke('visits', { place: 'x' }));
  await page.selectOption('#language', 'de-DE');
  const reloaded = await appFrameOf(page, 'Guten Tag');
  const answer = reloaded.evaluate(() =>
    (window as unknown as Bridge).bridge.invoke('who', { value: 'after' }),
  );
  const late = page.waitForResponse(
    (response) => response.request().postData()?.includes('"visits"') ?? false,
  );
  release.get('visits')?.();
  await (await late).finished();
  release.get('who')?.();
  expect(await answer).toMatchObject({ stored: 'after' });
  await page.close();
});
