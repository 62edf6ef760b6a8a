/** Pages of an app that is built anew while they are open. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { removeFixtureBundle, startFixture, type Fixture } from '../testing/fixture-host';
import { appFrameOf, startFixturePages, visit, type FixturePages } from '../testing/fixture-pages';
import { launchBrowser } from './browser';

const PAGE = '/acme/api/pull-requests/7';

let fixture: Fixture;
let pages: FixturePages;
let browser: Browser;

beforeAll(async () => {
  fixture = await startFixture();
  pages = await startFixturePages({ host: fixture.host, isRebuilt: true });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await pages.close();
  await fixture.close();
  await removeFixtureBundle();
});

function change(file: string, text: string, by: string): void {
  const place = path.join(pages.appDirectory, file);
  const before = readFileSync(place, 'utf8');
  expect(before).toContain(text);
  writeFileSync(place, before.replace(text, by));
}

it('load their frames again, under the same policy, and nothing else of the page', async () => {
  const { page, complaints } = await visit(browser, pages.web.url + PAGE);
  await appFrameOf(page, 'Hello');
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));

  change('locales/en-US.json', '"Hello"', '"Hello again"');
  pages.web.showRebuilt();
  await appFrameOf(page, 'Hello again');
  expect(await page.evaluate(() => 'isTheSamePage' in window)).toBe(true);

  change('static/main.js', 'greeting.textContent = ', 'greeting.textContent = "Well: " + ');
  pages.web.showRebuilt();
  await appFrameOf(page, 'Well: Hello again');
  expect(complaints).toEqual([]);
  expect(pages.web.policyViolations()).toEqual([]);
  await page.close();
});

it('keep the former texts where the new ones cannot be read', async () => {
  const file = path.join(pages.appDirectory, 'locales/de-DE.json');
  rmSync(file);
  expect(() => pages.web.showRebuilt()).toThrow('the translations of de-DE cannot be read');
  const { page } = await visit(browser, pages.web.url + PAGE);
  await page.selectOption('#language', 'de-DE');
  await page.frameLocator('iframe').getByText('Guten Tag').waitFor();
  await page.close();
});

it('ask for nothing where the host does not build', async () => {
  const others = await startFixturePages({ host: fixture.host });
  const asked: string[] = [];
  const page = await browser.newPage();
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(others.web.url + PAGE);
  await appFrameOf(page, 'Hello');
  expect(asked).toContain('/__host/page.js');
  expect(asked).not.toContain('/__host/rebuilds');
  await page.close();
  await others.close();
});
