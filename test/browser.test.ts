/** The panel and the page in a real Chromium, under the real policy: from the demo, from a recording, in every state. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startWeb, type Web } from '../local/forge/web/server';
import { picture, seriousFindings, startBrowsing, TIMEOUT, type Browsing, type Visit } from './browsing';
import { appDirectory } from './forge-host';
import { fakeHost, STATES, type StateName } from './screen-states';
import { describeWithSharedData } from './shared-data';
import { startApp, type StartedApp } from './started-app';

let browsing: Browsing;
let folder: string;
let demo: StartedApp;

const visit = (address: string, width?: number): Promise<Visit> => browsing.visit(address, width);

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-browser-'));
  // Builds the Custom UI too.
  demo = await startApp('--data', path.join(folder, 'demo'));
  await demo.says('Complete: ');
  browsing = await startBrowsing();
}, TIMEOUT);
afterAll(async () => {
  await browsing.close();
  await demo.end();
  rmSync(folder, { recursive: true, force: true });
});

describe('the demo', () => {
  it(
    'shows figures on the page, and the pull requests behind one',
    async () => {
      const { page, app, complaints } = await visit(`${demo.url}/demo/payments-api/app/repository-page`);
      await app.getByRole('heading', { name: 'Pull request flow' }).waitFor();
      const tile = app.getByRole('button', { name: /^Time to merge/ }).first();
      const shown = await tile.locator('.tile-value').innerText();
      expect(shown).toMatch(/\d/);
      await picture(page, 'page-light');
      await tile.click();
      const list = app.getByRole('region', { name: 'What is behind the figure', exact: true });
      await list.locator('tbody tr').first().waitFor();
      expect(await list.locator('tbody tr').count()).toBe(20);
      await app.getByText(/The median of these \d+ values is/).waitFor();
      expect(await app.locator('.explained').innerText()).toContain(
        shown.split('\n')[0]?.replace(' median', '').trim(),
      );
      // Titles are read as the viewer.
      await app
        .locator('.explained tbody a')
        .filter({ hasText: /#\d+ \w+/ })
        .first()
        .waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await app.locator('.explained').waitFor({ state: 'detached' });
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIMEOUT,
  );

  it(
    'keeps the chosen window in the address',
    async () => {
      const { page, app } = await visit(`${demo.url}/demo/payments-api/app/repository-page`);
      await app.getByText('365 days', { exact: true }).click();
      await app.getByText(/each figure beside the 365 days before/).waitFor();
      expect(page.url()).toContain('days=365');
      await page.reload();
      await app.getByText(/each figure beside the 365 days before/).waitFor();
      await page.close();
    },
    TIMEOUT,
  );

  it(
    'follows Bitbucket into the dark, and the system is readable there',
    async () => {
      const { page, app, complaints } = await visit(`${demo.url}/demo/payments-api/app/repository-page`);
      await app.locator('.tile-value').first().waitFor();
      const background = (): Promise<string> =>
        app.locator('html').evaluate((element) => getComputedStyle(element).backgroundColor);
      const light = await background();
      await page.selectOption('#theme', 'dark');
      await app.locator('html[data-color-mode=dark]').waitFor();
      expect(await background()).not.toBe(light);
      await picture(page, 'page-dark');
      expect(await seriousFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIMEOUT,
  );

  it(
    'shows the compact panel below the source, narrow and wide',
    async () => {
      const { page, app, complaints } = await visit(`${demo.url}/demo/web-storefront`);
      await app.getByText('Open now').waitFor();
      expect(await app.locator('.tile').count()).toBe(5);
      await picture(page, 'panel-light');
      expect(await seriousFindings(page)).toEqual([]);
      await page.setViewportSize({ width: 360, height: 800 });
      await picture(page, 'panel-narrow');
      const overflow = await app
        .locator('html')
        .evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await app.getByText('All figures').click();
      await app.getByRole('heading', { name: 'Pull request flow' }).waitFor();
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIMEOUT,
  );

  it(
    'shows each chart as a table, and can be used with the keyboard alone',
    async () => {
      const { page, app } = await visit(`${demo.url}/demo/payments-api/app/repository-page`);
      await app.locator('.tile-value').first().waitFor();
      const switches = app.getByRole('button', { name: 'Show as a table' });
      expect(await switches.count()).toBe(3);
      await switches.first().focus();
      await page.keyboard.press('Enter');
      await app.getByRole('columnheader', { name: 'Week of' }).waitFor();
      await app
        .getByRole('button', { name: /^Merged/ })
        .first()
        .focus();
      await page.keyboard.press('Enter');
      await app.getByRole('heading', { name: 'Merged: what is behind it' }).waitFor();
      await page.close();
    },
    TIMEOUT,
  );

  it(
    'takes an event from the drawer to the panel',
    async () => {
      const { page, app, complaints } = await visit(`${demo.url}/demo/mobile-app/app/repository-page`);
      await app.locator('.tile-value').first().waitFor();
      const opened = async (): Promise<number> =>
        Number(/(\d+) pull requests? (are|is) open/.exec(await app.locator('body').innerText())?.[1]);
      const before = await opened();
      await page.getByRole('button', { name: 'Send an event' }).click();
      await page.selectOption('#drawer select[name=action]', 'open');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('avi:bitbucket:created:pullrequest,').waitFor();
      await picture(page, 'event-drawer');
      // The refresh waits for the burst to end; then the figures have one more.
      for (let tries = 0; tries < 60; tries += 1) {
        await page.waitForTimeout(500);
        await page.reload();
        await app.locator('.tile-value').first().waitFor();
        if ((await opened()) === before + 1) break;
      }
      expect(await opened()).toBe(before + 1);
      expect(complaints).toEqual([]);
      await page.close();
    },
    TIMEOUT,
  );
});

describeWithSharedData('a recording', (data) => {
  it(
    'shows its figures, and the pull requests behind one',
    async () => {
      const recording = path.join(data, 'bitbucket-archive/osrf__drcsim');
      const app = await startApp(
        '--recording',
        recording,
        '--now',
        '2014-06-01T00:00:00Z',
        '--data',
        path.join(folder, 'recording'),
      );
      try {
        await app.says('Complete: 544 pull requests');
        const {
          page,
          app: frame,
          complaints,
        } = await visit(`${app.url}/recording/drcsim/app/repository-page`);
        await frame.getByText('365 days', { exact: true }).click();
        await frame
          .getByRole('button', { name: /^Merged/ })
          .first()
          .click();
        await frame
          .getByRole('region', { name: 'What is behind the figure', exact: true })
          .locator('tbody tr')
          .first()
          .waitFor();
        await picture(page, 'recording');
        expect(complaints).toEqual([]);
        await page.close();
      } finally {
        await app.end();
      }
    },
    TIMEOUT,
  );
});

describe('every state', () => {
  let web: Web;
  let state: StateName;
  beforeAll(async () => {
    web = await startWeb({
      host: fakeHost(() => state),
      appDirectory,
      port: 0,
      account: { accountId: 'viewer', displayName: 'You' },
      repositories: () => Promise.resolve([{ uuid: '{r}', slug: 'shop', name: 'shop' }]),
    });
  });
  afterAll(() => web.close());

  it.each(Object.entries(STATES).map(([name, { says }]) => [name as StateName, says] as const))(
    '%s',
    async (name, says) => {
      state = name;
      for (const [place, suffix] of [
        ['page', '/app/repository-page'],
        ['panel', ''],
      ] as const) {
        const { page, app, complaints } = await visit(`${web.url}/states/shop${suffix}`);
        await app.getByText(says).first().waitFor();
        await picture(page, `state-${name}-${place}`);
        expect(await seriousFindings(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      }
      expect(web.policyViolations()).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    'offers another try after a failure, and recovers',
    async () => {
      state = 'resolver-fails';
      const { page, app } = await visit(`${web.url}/states/shop/app/repository-page`);
      const again = app.getByRole('button', { name: 'Try again' });
      await again.waitFor();
      state = 'complete';
      await again.click();
      await app.locator('.tile-value').first().waitFor();
      await page.close();
    },
    TIMEOUT,
  );
});
