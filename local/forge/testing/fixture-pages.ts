/** Starts the web side of a host of the fixture app, and opens its pages in a browser. */
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Frame, Page } from 'playwright-core';
import { startWeb, type Web, type WebOptions } from '../web/server';
import { FIXTURE_APP, REPOSITORY, temporaryFolder } from './fixture-host';

export const OTHER_REPOSITORY = { uuid: '{9d2c6b1e-44b0-4f6a-8b39-0f1a7d2c5e31}' };

const LOOKER = { accountId: 'account-1', displayName: 'Looker' };
const GUEST = { accountId: 'account-2', displayName: 'Guest' };

export interface FixturePages {
  readonly web: Web;
  /** The pages' own copy of the fixture app. */
  readonly appDirectory: string;
  close(): Promise<void>;
}

/** Two repositories, of which a guest sees the first; `options` replace the defaults. */
export async function startFixturePages(
  options: Pick<WebOptions, 'host'> & Partial<WebOptions>,
): Promise<FixturePages> {
  const appDirectory = temporaryFolder();
  cpSync(FIXTURE_APP, appDirectory, { recursive: true });
  await build({
    entryPoints: [path.join(FIXTURE_APP, 'static/main.ts')],
    outfile: path.join(appDirectory, 'static/main.js'),
    bundle: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
  });
  const web = await startWeb({
    appDirectory,
    port: 0,
    account: LOOKER,
    otherAccounts: [GUEST],
    repositories: () =>
      Promise.resolve([
        { ...REPOSITORY, slug: 'api', name: 'The API' },
        { ...OTHER_REPOSITORY, slug: 'shop', name: 'The shop' },
      ]),
    mayRead: (accountId, uuid) => accountId !== GUEST.accountId || uuid === REPOSITORY.uuid,
    pullRequests: () => [
      { id: 7, title: 'A <new> thing', state: 'OPEN' },
      { id: 3, title: 'An old thing', state: 'MERGED' },
    ],
    ...options,
  });
  return {
    web,
    appDirectory,
    close: async () => {
      await web.close();
      rmSync(appDirectory, { recursive: true });
    },
  };
}

/** Milliseconds until a test gives up waiting. */
const TIMEOUT = 10_000;

/** A page of the host, with what went wrong on it so far. */
export interface Visit {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function visit(browser: Browser, address: string): Promise<Visit> {
  const page = await browser.newPage();
  page.setDefaultTimeout(TIMEOUT);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(address);
  return { page, complaints };
}

/** The app's frame once it has greeted, which it does after everything else works. */
export async function appFrameOf(page: Page, greeting: string): Promise<Frame> {
  await page.frameLocator('iframe').getByText(greeting, { exact: true }).waitFor();
  const frame = page.frames().find((each) => each.url().includes('/page-files/'));
  if (!frame) throw new Error('The app has no frame.');
  return frame;
}
