/** Every tab and every place of the app in a real Chromium: light and dark, narrow and wide, in both languages. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { FrameLocator, Page } from 'playwright-core';
import { TABS, type Tab } from '../static/view-model/page-address';
import { overflowOf, picture, seriousFindings, startBrowsing, TIMEOUT, type Browsing } from './browsing';
import { DEMO_NOW, IMPORT_TIMEOUT, importedDemo } from './imported-demo';
import { describeWithSharedData } from './shared-data';
import { startApp, type StartedApp } from './started-app';

let browsing: Browsing;
let folder: string;
let demo: StartedApp;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-screens-'));
  const { data } = await importedDemo(path.join(folder, 'demo'));
  demo = await startApp('--now', DEMO_NOW, '--data', data);
  await demo.says('Complete: ');
  browsing = await startBrowsing();
}, IMPORT_TIMEOUT);
afterAll(async () => {
  await browsing.close();
  await demo.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Each tab with a heading that it has once its data is there. */
const HEADINGS: Readonly<Record<Tab, string>> = {
  overview: 'Time to merge by week',
  delivery: 'Deployments by day',
  pullRequests: 'All figures of this window',
  reviews: 'Who reviews whom',
  openWork: 'Open work',
  pipelines: 'Pipeline duration by week',
  data: 'Teams',
};

async function isLoaded(app: FrameLocator, heading: string): Promise<void> {
  await app.getByRole('heading', { name: heading }).first().waitFor();
  // Parts that load by themselves.
  await app.locator('.loading').first().waitFor({ state: 'detached' });
}

/** Looks at a screen in both themes and three widths; what a machine finds wrong is wrong in each. */
async function lookedAt(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-light`);
  expect(await seriousFindings(page)).toEqual([]);
  await page.selectOption('#theme', 'dark');
  await page.frameLocator('iframe[data-module]').locator('html[data-color-mode=dark]').waitFor();
  await picture(page, `${name}-dark`);
  expect(await seriousFindings(page)).toEqual([]);
  for (const width of [320, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, `${name}-${width}`);
    expect({ name, width, overflow: await overflowOf(page) }).toEqual({ name, width, overflow: 0 });
  }
}

const repositoryPage = (tab: Tab, more = ''): string =>
  `${demo.url}/demo/payments-api/app/repository-page#/?tab=${tab}${more}`;

describe('a tab of the repository page', () => {
  it.each(TABS)(
    '%s',
    async (tab) => {
      const { page, app, complaints } = await browsing.visit(repositoryPage(tab));
      await isLoaded(app, HEADINGS[tab]);
      await lookedAt(page, `tab-${tab}`);
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIMEOUT,
  );

  it.each(TABS)(
    '%s in German, without a word of the keys',
    async (tab) => {
      const { page, app } = await browsing.visit(repositoryPage(tab));
      await isLoaded(app, HEADINGS[tab]);
      await page.selectOption('#language', 'de-DE');
      await app.locator('html[lang=de-DE], html[lang=de]').waitFor();
      await app.getByRole('tab', { name: 'Überblick' }).waitFor();
      await app.locator('[role=tabpanel] h2').first().waitFor();
      // A key that no message was found for is shown as it is: `area.name`.
      expect(await app.locator('body').innerText()).not.toMatch(/\b[a-z]+[A-Za-z]*\.[a-z]+[A-Za-z]+\b(?!\.)/);
      await picture(page, `tab-${tab}-german`);
      await page.selectOption('#language', 'en-US');
      await page.close();
    },
    TIMEOUT,
  );

  it(
    'is reached with the keyboard, and kept in the address',
    async () => {
      const { page, app } = await browsing.visit(repositoryPage('overview'));
      await isLoaded(app, HEADINGS.overview);
      await app.getByRole('tab', { name: 'Overview' }).focus();
      await page.keyboard.press('ArrowRight');
      await isLoaded(app, HEADINGS.delivery);
      expect(page.url()).toContain('tab=delivery');
      await page.goBack();
      await isLoaded(app, HEADINGS.overview);
      await page.close();
    },
    TIMEOUT,
  );
});

describe('filters', () => {
  it(
    'narrow every tab, say so, and are kept in the address',
    async () => {
      const { page, app, complaints } = await browsing.visit(repositoryPage('overview'));
      const merged = async (): Promise<number> =>
        Number(
          await app
            .getByRole('button', { name: /^Merged\b/ })
            .first()
            .locator('.tile-value')
            .innerText()
            .then((text) => /\d+/.exec(text)?.[0]),
        );
      await isLoaded(app, HEADINGS.overview);
      const all = await merged();
      await app.locator('.filters > summary').click();
      const authors = app.getByLabel('Author');
      await authors.waitFor();
      // People stand there by the names that the viewer may see.
      await app
        .locator('option', { hasText: /^Developer \d+$/ })
        .first()
        .waitFor({ state: 'attached' });
      await authors.selectOption({ index: 1 });
      const chip = app.getByRole('button', { name: /^Remove the filter Author: Developer \d+/ });
      await chip.waitFor();
      await page.waitForFunction(() => document.location.hash.includes('author='));
      await app.locator('[aria-busy=false] .tile-value').first().waitFor();
      expect(await merged()).toBeLessThan(all);
      await picture(page, 'filters-open');
      expect(await seriousFindings(page)).toEqual([]);
      await page.reload();
      await chip.waitFor();
      await chip.click();
      await chip.waitFor({ state: 'detached' });
      await app.locator('[aria-busy=false] .tile-value').first().waitFor();
      expect(await merged()).toBe(all);
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIMEOUT,
  );

  it(
    'take days of the reader’s own, and only those that make sense',
    async () => {
      const { page, app } = await browsing.visit(repositoryPage('overview'));
      await isLoaded(app, HEADINGS.overview);
      await app.getByRole('button', { name: 'Other days' }).click();
      await app.getByLabel('First day').fill('2026-03-01');
      await app.getByLabel('Last day').fill('2026-02-01');
      await app.getByRole('button', { name: 'Show', exact: true }).click();
      await app.getByRole('alert').waitFor();
      await app.getByLabel('First day').fill('2026-01-01');
      await app.getByRole('button', { name: 'Show', exact: true }).click();
      await app.getByText(/each figure beside the 32 days before/).waitFor();
      expect(page.url()).toContain('from=2026-01-01&to=2026-02-01');
      await page.close();
    },
    TIMEOUT,
  );
});

describe('the panel on a pull request', () => {
  it.each([
    ['open', 'OPEN'],
    ['merged', 'MERGED'],
  ])(
    '%s',
    async (name, state) => {
      const { page, complaints } = await browsing.visit(`${demo.url}/demo/payments-api/pull-requests`);
      await page
        .locator('tr, li')
        .filter({ hasText: new RegExp(state, 'i') })
        .locator('a[href*="/pull-requests/"]')
        .first()
        .click();
      const app = page.frameLocator('iframe[data-module]');
      await app.getByRole('heading').first().waitFor();
      await app.locator('.loading').first().waitFor({ state: 'detached' });
      await lookedAt(page, `pull-request-${name}`);
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIMEOUT,
  );
});

it(
  'the workspace page lists what the viewer may see, and leads to each repository',
  async () => {
    const { page, app, complaints } = await browsing.visit(`${demo.url}/demo/workspace/app/workspace-page`);
    const rows = app.locator('tbody tr');
    await rows.first().waitFor();
    await lookedAt(page, 'workspace');
    await page.setViewportSize({ width: 1280, height: 900 });
    await app.getByRole('link', { name: 'payments-api' }).click();
    await page
      .frameLocator('iframe[data-module]')
      .getByRole('heading', { name: 'Pull request flow' })
      .waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  },
  TIMEOUT,
);

describe('before a tab is opened', () => {
  it.each([
    ['the panel', '/demo/payments-api', 150],
    ['the page', '/demo/payments-api/app/repository-page', 350],
    ['the workspace page', '/demo/workspace/app/workspace-page', 350],
  ])(
    '%s (%s) loads at most %d kB of script',
    async (_name, address, most) => {
      const { page, app } = await browsing.visit('about:blank');
      const scripts = new Map<string, Promise<Buffer>>();
      page.on('response', (response) => {
        const isScript = response.request().resourceType() === 'script';
        if (isScript && response.url().includes('/ui/')) scripts.set(response.url(), response.body());
      });
      await page.goto(`${demo.url}${address}`);
      await app.locator('.tile-value, tbody tr').first().waitFor();
      const bodies = await Promise.all(scripts.values());
      const kilobytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1_000;
      expect(bodies.length).toBeGreaterThan(1);
      expect(kilobytes).toBeLessThanOrEqual(most);
      await page.close();
    },
    TIMEOUT,
  );
});

describeWithSharedData('a recording', (data) => {
  it(
    'shows every tab, with what it has and a word on what it has not',
    async () => {
      const app = await startApp(
        '--recording',
        path.join(data, 'bitbucket-archive/osrf__drcsim'),
        '--now',
        '2014-06-01T00:00:00Z',
        '--data',
        path.join(folder, 'recording'),
      );
      try {
        await app.says('Complete: 544 pull requests');
        for (const tab of TABS) {
          const {
            page,
            app: frame,
            complaints,
          } = await browsing.visit(`${app.url}/recording/drcsim/app/repository-page#/?tab=${tab}&days=365`);
          await frame.locator('[role=tabpanel] h2').first().waitFor();
          await frame.locator('.loading').first().waitFor({ state: 'detached' });
          await picture(page, `recording-${tab}`);
          expect({ tab, findings: await seriousFindings(page) }).toEqual({ tab, findings: [] });
          expect({ tab, complaints }).toEqual({ tab, complaints: [] });
          await page.close();
        }
      } finally {
        await app.end();
      }
    },
    TIMEOUT,
  );
});
