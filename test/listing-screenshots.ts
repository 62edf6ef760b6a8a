/**
 * `npm run screenshots [-- NAME …]`: takes the Marketplace listing's pictures and the README's of the demo, by the browser
 * tests' own means.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../local/forge/web/browser';
import { UsageError } from '../local/start/options';
import { appDirectory } from './forge-host';
import { DEMO_NOW, importedDemo } from './imported-demo';
import { startApp } from './started-app';

/** A highlight's picture has 1,840 x 900 pixels: Atlassian's page "Building your presence on Marketplace". */
const WIDTH = 1_840;

/** The smallest whole measures of that shape; a picture is a multiple of them in the page's own pixels. */
const SHAPE = { width: 92, height: 45 };

/** Around what is shown, in pixels of the page; above it, less than stands between two parts of a screen. */
const MARGIN = { across: 20, above: 8 };

/** Room for all that a screen holds. */
const PAGE_HEIGHT = 3_000;

/** Charts take their width once they stand; titles and names come after them. */
const SETTLING_MILLISECONDS = 1_000;

interface Screenshot {
  readonly name: string;
  /** The address below the demo's repository. */
  readonly address: string;
  readonly theme: 'light' | 'dark';
  /** How many times the shape: the more, the smaller everything in the picture. */
  readonly times: number;
  /** Shows what is to be seen, and says what the picture begins with. */
  readonly show: (app: FrameLocator, page: Page) => Promise<Locator>;
}

const addressOf = (tab: string, days: number): string => `app/repository-page#/?tab=${tab}&days=${days}`;

const SCREENSHOTS: readonly Screenshot[] = [
  {
    name: 'where-the-time-goes',
    address: addressOf('overview', 365),
    theme: 'light',
    times: 14,
    show: async (app) => {
      const distribution = app.locator('section.card', { hasText: 'Distribution of time to merge' });
      await distribution.waitFor();
      return distribution;
    },
  },
  {
    name: 'explained',
    address: addressOf('overview', 90),
    theme: 'light',
    times: 14,
    show: async (app) => {
      const tile = app.getByRole('button', { name: /^Time to first review/ }).first();
      await tile.click();
      await app.locator('.explained tbody tr').first().waitFor();
      return app.locator('.explained');
    },
  },
  {
    name: 'delivery',
    address: addressOf('delivery', 90),
    theme: 'light',
    times: 14,
    show: async (app) => {
      await app.getByRole('heading', { name: 'Deployments by day' }).waitFor();
      return app.getByRole('tablist');
    },
  },
  {
    name: 'work-in-progress',
    address: addressOf('openWork', 90),
    theme: 'dark',
    times: 14,
    show: async (app) => {
      await app.getByRole('heading', { name: 'What is open' }).waitFor();
      return app.getByRole('tablist');
    },
  },
  {
    name: 'pull-request',
    address: 'pull-requests/419',
    theme: 'light',
    times: 12,
    show: async (app, page) => {
      await app.getByRole('heading', { name: 'Timeline' }).waitFor();
      // With the panel's own heading.
      return page.locator('section.panel');
    },
  },
];

/** The README's picture: the page as it stands in the local host. */
const README_PICTURE = 'page';
const README_SIZE = { width: 1_360, height: 1_000 };

/** Takes those that are named, or all. Throws UsageError for a name that none has. */
async function main(names: readonly string[]): Promise<void> {
  const known = [README_PICTURE, ...SCREENSHOTS.map(({ name }) => name)];
  const unknown = names.find((each) => !known.includes(each));
  if (unknown !== undefined)
    throw new UsageError(`There is no picture ${unknown}. Name some of ${known.join(', ')}.`);
  const isAskedFor = (name: string): boolean => names.length === 0 || names.includes(name);
  const temporary = mkdtempSync(path.join(os.tmpdir(), 'throughline-screenshots-'));
  const { data } = await importedDemo(path.join(temporary, 'demo'));
  const demo = await startApp('--now', DEMO_NOW, '--data', data);
  const browser = await launchBrowser();
  const repository = `${demo.url}/demo/payments-api`;
  const documents = path.join(appDirectory, 'docs');
  try {
    await demo.says('Complete: ');
    for (const screenshot of SCREENSHOTS.filter(({ name }) => isAskedFor(name))) {
      const file = path.join(documents, 'marketplace', `${screenshot.name}.png`);
      await takeForListing(browser, repository, screenshot, file);
      console.log(`Wrote ${file}.`);
    }
    if (isAskedFor(README_PICTURE)) {
      const file = path.join(documents, `${README_PICTURE}.png`);
      await takeForReadme(browser, repository, file);
      console.log(`Wrote ${file}.`);
    }
  } finally {
    await browser.close();
    await demo.end();
    rmSync(temporary, { recursive: true, force: true });
  }
}

async function takeForReadme(browser: Browser, repository: string, file: string): Promise<void> {
  const page = await browser.newPage({ viewport: README_SIZE });
  await page.goto(`${repository}/${addressOf('overview', 90)}`);
  await settled(page);
  await page.screenshot({ path: file });
  await page.close();
}

async function takeForListing(
  browser: Browser,
  repository: string,
  { address, theme, times, show }: Screenshot,
  file: string,
): Promise<void> {
  const width = SHAPE.width * times;
  const page = await browser.newPage({
    viewport: { width: 2 * width, height: PAGE_HEIGHT },
    deviceScaleFactor: WIDTH / width,
  });
  await page.goto(`${repository}/${address}`);
  const app = appOn(page);
  await page.selectOption('#theme', theme);
  await app.locator(`html[data-color-mode=${theme}]`).waitFor();
  const first = await show(app, page);
  // What stands beside the app keeps its width, whatever the page's.
  const around = page.locator('section.panel, iframe[data-module]').first();
  const beside = 2 * width - (await boxOf(around)).width;
  await page.setViewportSize({ width: width - 2 * MARGIN.across + beside, height: PAGE_HEIGHT });
  await settled(page);
  await page.screenshot({
    path: file,
    clip: {
      x: (await boxOf(around)).x - MARGIN.across,
      y: (await boxOf(first)).y - MARGIN.above,
      width,
      height: SHAPE.height * times,
    },
  });
  await page.close();
}

function appOn(page: Page): FrameLocator {
  return page.frameLocator('iframe[data-module]');
}

/** Waits until all parts have loaded, and charts, titles and names stand. */
async function settled(page: Page): Promise<void> {
  await appOn(page).getByRole('heading').first().waitFor();
  await appOn(page).locator('.loading').first().waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(SETTLING_MILLISECONDS);
}

/** Where something stands on the page; throws where it is not shown. */
async function boxOf(
  locator: Locator,
): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('What the picture begins with is not shown.');
  return box;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? error.message : error);
  process.exitCode = isUsage ? 2 : 1;
});
