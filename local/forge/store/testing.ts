/** Connects the published `@forge/kvs` in this process to a store, so that tests run production code unchanged. */
import type { ForgeStore } from './forge-store';

/** Who calls, as the SDKs tell the runtime. */
interface ForgeFetchMeta {
  readonly type: string;
}

type ForgeFetch = (meta: ForgeFetchMeta, path: string, init?: RequestInit) => Promise<Response>;

/** The two globals through which every `@forge` package reaches its runtime. */
interface ForgeGlobals {
  __forge_runtime__?: unknown;
  __forge_fetch__?: ForgeFetch;
}

/**
 * Sends every storage request of this process to `store` until the answered function is called.
 * Other requests go to whatever was connected before. Call it before or after importing `@forge/kvs`: the SDK looks
 * for a runtime of its own kind at import only, and must find none.
 */
export function connectForgeStore(store: ForgeStore): () => void {
  const globals = globalThis as ForgeGlobals;
  const before: ForgeGlobals = {
    ...(globals.__forge_runtime__ !== undefined && { __forge_runtime__: globals.__forge_runtime__ }),
    ...(globals.__forge_fetch__ !== undefined && { __forge_fetch__: globals.__forge_fetch__ }),
  };
  // `kvs` must stay undefined: with it the SDK would freeze one token for the life of the process.
  globals.__forge_runtime__ ??= { kvs: undefined };
  globals.__forge_fetch__ = async (meta, path, init) => {
    if (meta.type === 'kvs') {
      return storeResponse(store, path, init);
    }
    if (before.__forge_fetch__ === undefined) {
      throw new Error(`Only storage is connected in this test; "${meta.type}" asked for ${path}.`);
    }
    return before.__forge_fetch__(meta, path, init);
  };
  return () => {
    delete globals.__forge_runtime__;
    delete globals.__forge_fetch__;
    Object.assign(globals, before);
  };
}

/** The store's answer to one request of the SDK, as the `fetch` response it expects. */
function storeResponse(store: ForgeStore, path: string, init: RequestInit | undefined): Response {
  const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
  const answer = store.handle(path, body);
  return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), {
    status: answer.status,
    headers: { 'content-type': 'application/json' },
  });
}
