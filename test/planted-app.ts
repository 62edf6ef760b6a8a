/** The app in the test's own process, to which every text of Bitbucket is marked, and whose every word is searched. */
import { isJsonObject } from '../local/bitbucket/values';
import type { Json, JsonObject, WorkspaceSource } from '../local/bitbucket/workspace-source';
import { startInProcessApp, type InProcessApp } from './in-process-app';
import { KEPT_IN_ANSWERS, KEPT_IN_EVENTS, Planter, unpacked, type Planting } from './planted-texts';

/** What Bitbucket answers in place of an answer, with markers in it. */
export type Fault = 'error' | 'forbidden' | 'page' | 'malformed';

export interface PlantedApp {
  readonly forge: InProcessApp;
  readonly planter: Planter;
  /** `null` while Bitbucket answers as it should. */
  fault: Fault | null;
  /** How answers and events are marked from now on. */
  planting: Planting;
  /** Delivers an event with markers in it. */
  emit(event: JsonObject): Promise<void>;
  /** Searches what the app said to somebody; `where` names it. */
  search(where: string, said: unknown): void;
  /** Every marker that was found where it must not be: where, and the path that it was put at. */
  leaks(): readonly string[];
  /** Packed texts on their way to the store in which the target branch was read: shows that the search unpacks them. */
  readonly packedRead: number;
  close(): Promise<void>;
}

type ForgeFetch = (
  meta: { readonly type: string; readonly remote?: string },
  target: string,
  init?: RequestInit,
) => Promise<Response>;

const CONSOLE = ['debug', 'info', 'log', 'warn', 'error'] as const;

/** Starts everything; `targetBranch` is a name that may be stored. Call `close` at the end. */
export async function startPlantedApp(source: WorkspaceSource, targetBranch: string): Promise<PlantedApp> {
  const forge = await startInProcessApp(source);
  const planter = new Planter();
  const leaks = new Set<string>();
  let packedRead = 0;
  const search = (where: string, said: unknown): void => {
    const text = typeof said === 'string' ? said : JSON.stringify(said);
    for (const path of planter.pathsIn(text)) leaks.add(`${where} holds ${path}`);
  };
  const printed = CONSOLE.map((method) =>
    jest.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      for (const word of words) search('the log', word instanceof Error ? (word.stack ?? '') : word);
    }),
  );

  const planted: PlantedApp = {
    forge,
    planter,
    fault: null,
    planting: 'added',
    emit: async (event) => {
      const name = typeof event.eventType === 'string' ? event.eventType : 'an event';
      await forge.emit(planter.plant(event, KEPT_IN_EVENTS, planted.planting, name) as JsonObject);
    },
    search,
    leaks: () => {
      search('the store at the end', forge.app.store.dump());
      return [...leaks].sort();
    },
    get packedRead() {
      return packedRead;
    },
    close: async () => {
      for (const spy of printed) spy.mockRestore();
      await forge.close();
    },
  };

  const globals = globalThis as { __forge_fetch__?: ForgeFetch };
  const connected = globals.__forge_fetch__;
  if (connected === undefined) throw new Error('The app is not connected.');
  globals.__forge_fetch__ = async (meta, target, init) => {
    if (meta.remote !== 'bitbucket') {
      const body = typeof init?.body === 'string' ? init.body : '';
      search(meta.type === 'kvs' ? 'the store' : 'the queue', body);
      if (meta.type === 'kvs') {
        const [, ...packed] = unpacked(body);
        packedRead += packed.filter((text) => text.includes(targetBranch)).length;
      }
      return connected(meta, target, init);
    }
    const endpoint = endpointOf(target);
    const response = await connected(meta, withEveryField(target), init);
    const body: unknown = await response.json();
    const { fault, planting } = planted;
    const text = planter.plant(
      body as Json,
      KEPT_IN_ANSWERS,
      fault === 'malformed' ? 'malformed' : planting,
      endpoint,
    );
    const headers = headersOf(response);
    switch (fault) {
      case null:
        return new Response(JSON.stringify(text), { status: response.status, headers });
      case 'malformed':
        return new Response(JSON.stringify(text), { status: 200, headers });
      case 'page':
        return new Response(`<html>${JSON.stringify(text)}</html>`, { status: 200, headers });
      case 'error':
        return new Response(JSON.stringify(text), { status: 500, headers });
      case 'forbidden':
        return new Response(JSON.stringify(text), { status: 403, headers });
    }
  };
  return planted;
}

/** The path without ids, so that a marker's path names a kind of answer. */
function endpointOf(target: string): string {
  const { pathname } = new URL(target, 'https://api.bitbucket.org');
  return decodeURIComponent(pathname).replaceAll(/\{[^}]*\}|\/\d+|[0-9a-f]{12,40}/g, (id) =>
    id.startsWith('/') ? '/{}' : '{}',
  );
}

/** Whole answers, as a Bitbucket would send them that takes no notice of `fields`: what was asked for, and all else. */
function withEveryField(target: string): string {
  const url = new URL(target, 'https://api.bitbucket.org');
  const fields = url.searchParams.get('fields');
  if (fields !== null) {
    const wanted = fields.split(',').map((field) => `+${field.replace(/^\+/, '')}`);
    url.searchParams.set('fields', wanted.join(','));
  }
  return url.pathname + url.search;
}

const OF_THE_BODY = ['content-length', 'content-encoding', 'transfer-encoding'];

function headersOf(response: Response): Headers {
  const headers = new Headers(response.headers);
  for (const name of OF_THE_BODY) headers.delete(name);
  return headers;
}

/** The event as if it had happened in this repository. */
export function addressedTo(event: JsonObject, repositoryUuid: string, workspaceUuid: string): JsonObject {
  const { repository, workspace } = event;
  return {
    ...event,
    repository: { ...(isJsonObject(repository) ? repository : {}), uuid: repositoryUuid },
    workspace: { ...(isJsonObject(workspace) ? workspace : {}), uuid: workspaceUuid },
  };
}
