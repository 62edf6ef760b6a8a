/** The web side of the local host: pages like Bitbucket's, the app in a frame of another origin, the bridge between. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { serveAssets, type AssetsServer } from './assets-server';
import { answerBridge } from './bridge';
import { bundleBrowserCode } from './browser-code';
import { eventChoices, sendEvent } from './event-door';
import { listen, readText, sendHtml, sendJson } from './http';
import { DEFAULT_LOCALE } from '../host-api';
import { pageAt } from './pages';
import { Rebuilds } from './rebuilds';
import { accountsOf, viewerOf } from './viewer';
import type { Account, WebOptions } from './web-options';

export { PortInUseError } from './http';
export type {
  Account,
  EventDrawer,
  ProgressLine,
  PullRequestLine,
  RepositoryCard,
  WebOptions,
} from './web-options';

export interface Web {
  /** Address of the pages. */
  readonly url: string;
  /** What Chromium reported against the app's content security policy. */
  policyViolations(): readonly unknown[];
  /**
   * Shows what was built since: reads the translations anew and has the open pages load their frames again. Throws
   * ManifestError where the translations cannot be used.
   */
  showRebuilt(): void;
  close(): Promise<void>;
}

/** Starts both servers. Throws PortInUseError. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const violations: unknown[] = [];
  const script = await bundleBrowserCode('product-page.ts');
  const style = readFileSync(path.join(__dirname, 'page.css'), 'utf8');
  const assets: { current: AssetsServer | null } = { current: null };
  const rebuilds = new Rebuilds();

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', pages.origin);
    const { pathname } = url;
    const viewer = viewerOf(options, request.headers.cookie);
    // A page elsewhere must not drive this server through the browser.
    if (request.method === 'POST' && pathname !== '/__host/csp' && request.headers.origin !== pages.origin) {
      response.writeHead(403).end('Only the local pages may ask this.');
      return;
    }
    switch (pathname) {
      case '/__host/page.js':
        response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' }).end(script);
        return;
      case '/__host/page.css':
        response.writeHead(200, { 'content-type': 'text/css; charset=utf-8' }).end(style);
        return;
      case '/__host/csp':
        violations.push(JSON.parse(await readText(request)));
        response.writeHead(204).end();
        return;
      case '/__host/bridge':
        sendJson(response, await answerBridge(options, viewer, JSON.parse(await readText(request))));
        return;
      case '/__host/progress':
        sendJson(response, (await options.progress?.()) ?? null);
        return;
      case '/__host/rebuilds':
        rebuilds.follow(response);
        return;
      case '/__host/events':
        sendJson(response, await eventChoices(options));
        return;
      case '/__host/event':
        sendJson(response, sendEvent(options, JSON.parse(await readText(request))));
        return;
      default:
        await page(options, response, url, viewer, assets.current?.port ?? 0);
    }
  };

  const server = await listen(options.port, handle);
  const pages = { origin: `http://127.0.0.1:${server.port}` };
  try {
    assets.current = await serveAssets(options.host.manifest, options.appDirectory, pages.origin);
  } catch (error) {
    await server.close();
    throw error;
  }
  return {
    url: pages.origin,
    policyViolations: () => violations,
    showRebuilt: () => {
      assets.current?.readTranslations();
      rebuilds.tell();
    },
    close: async () => {
      await server.close();
      await assets.current?.close();
    },
  };
}

async function page(
  options: WebOptions,
  response: ServerResponse,
  url: URL,
  viewer: Account,
  assetsPort: number,
): Promise<void> {
  const { host, eventDrawer, mayRead, pullRequests } = options;
  const repositories = await options.repositories();
  const answer = await pageAt(
    {
      manifest: host.manifest,
      workspace: host.workspace,
      // Another name for this machine, so that the frame is of another origin than the page, as on the platform.
      assetsOrigin: `http://localhost:${assetsPort}`,
      viewer,
      accounts: accountsOf(options),
      locale: options.locale ?? DEFAULT_LOCALE,
      repositories: repositories.filter(({ uuid }) => mayRead?.(viewer.accountId, uuid) ?? true),
      pullRequests: async (repositoryUuid, id) => (await pullRequests?.(repositoryUuid, id)) ?? null,
      actions: (repositoryUuid) => eventDrawer?.actions(repositoryUuid) ?? null,
      isRebuilt: options.isRebuilt ?? false,
      dataFrom: options.dataFrom ?? 'local stand-in',
    },
    url.pathname,
  );
  if (answer === null) {
    sendHtml(
      response,
      404,
      '<!doctype html><title>Not found</title><p>There is no such page, or this account may not see it. <a href="/">All repositories</a></p>',
    );
  } else if ('movedTo' in answer) {
    response.writeHead(302, { location: `${answer.movedTo}${url.search}` }).end();
  } else {
    sendHtml(response, 200, answer.html);
  }
}
