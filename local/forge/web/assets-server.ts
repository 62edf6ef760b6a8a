/** Serves the Custom UI from an origin of its own, under the policy that Atlassian's own package makes for it. */
import { existsSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { CSPInjectionService, CSPProcessingService } from '@forge/csp';
import { load } from 'cheerio';
import type { ForgeManifest } from '../manifest';
import { bundleTranslations, TRANSLATIONS_FOLDER } from '../translations';
import { bundleBrowserCode } from './browser-code';
import { listen, type Listening } from './http';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Where Forge puts its bridge script; ours provides the same `window.__bridge`. */
const BRIDGE_PATH = '/__forge/global-bridge.js';

/** The app's files, read as they are when they are asked for; the translations as they were last read. */
export interface AssetsServer extends Listening {
  /** Reads the translations anew. Throws ManifestError where they cannot be used; then the former ones stay. */
  readTranslations(): void;
}

/**
 * `productOrigin` may frame the pages; reports of violations go to it. Resources are at `/<resource key>/`, and the
 * translations in a folder within each. Throws ManifestError where the translations cannot be used.
 */
export async function serveAssets(
  manifest: ForgeManifest,
  appDirectory: string,
  productOrigin: string,
): Promise<AssetsServer> {
  let translations = bundleTranslations(manifest, appDirectory);
  const bridge = await bundleBrowserCode('global-bridge.ts');
  const listening = await listen(0, (request, response) => {
    answer(request, response, { manifest, appDirectory, productOrigin, translations, bridge });
    return Promise.resolve();
  });
  return {
    ...listening,
    readTranslations: () => {
      translations = bundleTranslations(manifest, appDirectory);
    },
  };
}

interface ServedApp {
  readonly manifest: ForgeManifest;
  readonly appDirectory: string;
  readonly productOrigin: string;
  /** JSON by file name. */
  readonly translations: ReadonlyMap<string, string>;
  /** The script. */
  readonly bridge: string;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { manifest, appDirectory, productOrigin, translations, bridge }: ServedApp,
): void {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === BRIDGE_PATH) {
    response.writeHead(200, { 'content-type': TYPES['.js'] });
    response.end(bridge);
    return;
  }
  const [, resourceKey = '', ...rest] = pathname.split('/').map(decodeURIComponent);
  const resource = manifest.resources.find((each) => each.key === resourceKey);
  const translated = rest[0] === TRANSLATIONS_FOLDER ? translations.get(rest.slice(1).join('/')) : undefined;
  if (resource && translated !== undefined) {
    response.writeHead(200, { 'content-type': TYPES['.json'] });
    response.end(translated);
    return;
  }
  const root = path.resolve(appDirectory, resource?.path ?? '.');
  const file = path.resolve(root, rest.join('/') || 'index.html');
  if (!resource || !file.startsWith(root + path.sep) || !existsSync(file)) {
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('The app has no such file.');
    return;
  }
  const content = readFileSync(file);
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  if (path.extname(file) !== '.html') {
    response.writeHead(200, { 'content-type': type });
    response.end(content);
    return;
  }
  const page = load(content);
  page('head').prepend(`<script src="${BRIDGE_PATH}"></script>`);
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': policyFor(content.toString('utf8'), manifest, productOrigin),
  });
  response.end(page.html());
}

/** The production policy; `hostname` is how the package lets our page frame it. */
function policyFor(html: string, manifest: ForgeManifest, productOrigin: string): string {
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    debug: () => undefined,
  };
  const { content, external, scopes } = manifest.permissions;
  const permissions = { scopes, content, external };
  const details = new CSPProcessingService(logger as never, load).getCspDetails(html, permissions as never);
  return new CSPInjectionService()
    .getInjectableCSP({
      existingCSPDetails: details,
      microsEnv: 'prod',
      hostname: productOrigin,
      tunnelCSPReporterUri: `${productOrigin}/__host/csp`,
    })
    .join('; ');
}
