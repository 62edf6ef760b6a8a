/** How long a reader waits for the first figure, in Chromium under the policy that Forge sets. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Browser, BrowserContext } from 'playwright-core';
import { startBitbucket } from '../../bitbucket/server';
import { createDemoWorkspace } from '../../demo/demo-workspace';
import { virtualClock } from '../../forge/clock';
import { createForgeHost } from '../../forge/host';
import type { ForgeHost } from '../../forge/host-api';
import { launchBrowser } from '../../forge/web/browser';
import { startWeb, type Web } from '../../forge/web/server';
import { buildUi } from '../../start/build';
import { repositoryCards } from '../../start/workspace-cards';
import { appDirectory, appFunctions } from '../functions';
import { oneRepository } from '../recorded-answers';
import { rowsAgainst, type Case, type Section, type SectionSettings, type Table } from '../section';

/** What shows a figure of a tile, and what the empty page shows in its place. */
const FIGURE = '.tile-value';

const ACCOUNT = { accountId: 'account-measuring', displayName: 'Measuring' };

export const PANEL: Section = {
  name: 'panel',
  measures:
    'From the request of the repository’s page to the first figure in the app’s frame, in Chromium on this machine.',
  tables,
};

async function* tables({ effort, folder }: SectionSettings): AsyncGenerator<Table> {
  await buildUi(appDirectory);
  const now = Date.now();
  const clock = virtualClock(now);
  const source = oneRepository(createDemoWorkspace({ endsAt: now }));
  const bitbucket = await startBitbucket({ source, clock });
  const host = await createForgeHost({
    appDirectory,
    bundleDirectory: await appFunctions(folder),
    databaseFile: ':memory:',
    bitbucketUrl: bitbucket.url,
    workspace: source.workspace,
    clock,
  });
  const cards = repositoryCards(source);
  const serve = (directory: string): Promise<Web> =>
    startWeb({
      host,
      appDirectory: directory,
      port: 0,
      account: ACCOUNT,
      repositories: () => Promise.resolve(cards),
    });
  const closing: (() => Promise<void>)[] = [() => bitbucket.close(), () => host.close()];
  try {
    await host.install();
    await host.idle();
    const app = await serve(appDirectory);
    closing.push(() => app.close());
    const empty = await serve(emptyApp(folder));
    closing.push(() => empty.close());
    const browser = await launchBrowser();
    closing.push(() => browser.close());
    const page = `/${source.workspace.slug}/${cards[0]?.slug ?? ''}/src`;
    const pullRequests = source.repositories()[0]?.pullRequestIds().length ?? 0;
    yield {
      title: `Panel of a repository of ${pullRequests} pull requests`,
      unit: 'ms',
      baseline: 'a page of the same host whose app is one line of text',
      rows: await rowsAgainst(
        firstVisit('an empty app', browser, `${empty.url}${page}`),
        [
          firstVisit('first visit, new function process', browser, `${app.url}${page}`, () =>
            host.killFunctionProcess(),
          ),
          firstVisit('first visit, warm function process', browser, `${app.url}${page}`, () =>
            warmUp(host, cards[0]?.uuid),
          ),
          secondVisit('second visit', browser, `${app.url}${page}`),
        ],
        effort,
      ),
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

/** An app whose page shows its one text at once; its translations are the app's own, as the manifest demands them. */
function emptyApp(folder: string): string {
  const directory = path.join(folder, 'empty-app');
  mkdirSync(path.join(directory, 'static/dist'), { recursive: true });
  cpSync(path.join(appDirectory, 'static/locales'), path.join(directory, 'static/locales'), {
    recursive: true,
  });
  writeFileSync(
    path.join(directory, 'static/dist/index.html'),
    `<!doctype html><html lang="en"><head><title>Empty</title></head><body><p class="${FIGURE.slice(1)}">0</p></body></html>`,
  );
  return directory;
}

/** Asks for what the panel asks for. */
async function warmUp(host: ForgeHost, repositoryUuid = ''): Promise<void> {
  await host.resolve({
    moduleKey: 'repository-panel',
    functionKey: 'overview',
    payload: { query: { window: 90 } },
    extension: { repository: { uuid: repositoryUuid } },
    accountId: ACCOUNT.accountId,
  });
}

/** In a profile of its own, which has nothing in its cache. */
function firstVisit(
  name: string,
  browser: Browser,
  address: string,
  before: () => void | Promise<void> = () => undefined,
): Case {
  return {
    name,
    sample: async () => {
      const context = await browser.newContext();
      try {
        await before();
        return await millisecondsToFigure(context, address);
      } finally {
        await context.close();
      }
    },
  };
}

function secondVisit(name: string, browser: Browser, address: string): Case {
  return {
    name,
    sample: async () => {
      const context = await browser.newContext();
      try {
        await millisecondsToFigure(context, address);
        return await millisecondsToFigure(context, address);
      } finally {
        await context.close();
      }
    },
  };
}

async function millisecondsToFigure(context: BrowserContext, address: string): Promise<number> {
  const page = await context.newPage();
  const start = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await page.frameLocator('iframe[data-module]').locator(FIGURE).first().waitFor();
  const milliseconds = performance.now() - start;
  await page.close();
  return milliseconds;
}
