/** The web side of the local host: pages like Bitbucket's, the app in a frame of another origin, the bridge between. */
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { serveAssets } from './assets-server';
import { answerBridge } from './bridge';
import { bundleBrowserCode } from './browser-code';
import { listen, readText, sendHtml, sendJson, type Listening } from './http';
import { pageAt } from './pages';
import type { WebOptions } from './web-options';

export { PortInUseError } from './http';
export type { EventDrawer, ProgressLine, RepositoryCard, WebOptions } from './web-options';

export interface Web {
  /** Address of the pages. */
  readonly url: string;
  /** What Chromium reported against the app's content security policy. */
  policyViolations(): readonly unknown[];
  close(): Promise<void>;
}

const action = z.object({ key: z.string(), repository: z.string(), pullRequest: z.number().nullable() });

/** Starts both servers. Throws PortInUseError. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const violations: unknown[] = [];
  const script = await bundleBrowserCode('product-page.ts');
  const style = readFileSync(path.join(__dirname, 'page.css'), 'utf8');
  const assets: { current: Listening | null } = { current: null };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', pages.origin);
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
        sendJson(response, await answerBridge(options, JSON.parse(await readText(request))));
        return;
      case '/__host/progress':
        sendJson(response, (await options.progress?.()) ?? null);
        return;
      case '/__host/event':
        sendJson(response, await sendEvent(options, JSON.parse(await readText(request))));
        return;
      default:
        await page(options, response, pathname, assets.current?.port ?? 0);
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
    close: async () => {
      await server.close();
      await assets.current?.close();
    },
  };
}

async function page(
  options: WebOptions,
  response: ServerResponse,
  pathname: string,
  assetsPort: number,
): Promise<void> {
  const { host, account, eventDrawer } = options;
  const html = pageAt(
    {
      manifest: host.manifest,
      workspace: host.workspace,
      // Another name for this machine, so that the frame is of another origin than the page, as on the platform.
      assetsOrigin: `http://localhost:${assetsPort}`,
      viewer: account.displayName,
      repositories: await options.repositories(),
      actions: (repositoryUuid) => eventDrawer?.actions(repositoryUuid) ?? null,
    },
    pathname,
  );
  if (html === null)
    sendHtml(
      response,
      404,
      '<!doctype html><title>Not found</title><p>There is no such page. <a href="/">All repositories</a></p>',
    );
  else sendHtml(response, 200, html);
}

async function sendEvent({ eventDrawer }: WebOptions, body: unknown): Promise<object> {
  if (!eventDrawer) return { error: 'Only the demo workspace can be changed.' };
  const { key, repository, pullRequest } = action.parse(body);
  try {
    return await eventDrawer.run(key, repository, pullRequest);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
