/**
 * Runs the app's unchanged bundle: gives the published `@forge` SDKs the two globals they live on, `__forge_runtime__`
 * and `__forge_fetch__`, one runtime for each invocation.
 */
'use strict';

const { AsyncLocalStorage } = require('node:async_hooks');
const net = require('node:net');
const path = require('node:path');
const { inspect } = require('node:util');

const NativeRequest = globalThis.Request;
const nativeFetch = globalThis.fetch;
const RealDate = globalThis.Date;

/** The runtime of the invocation whose code asks; parallel invocations of one process never see each other's. */
const invocations = new AsyncLocalStorage();

// A getter, because the SDKs read the global on every call.
Object.defineProperty(globalThis, '__forge_runtime__', {
  configurable: true,
  get: () => invocations.getStore(),
});

/**
 * The functions live in the time of the host: a recording of years ago is replayed at its own time, and a test crosses
 * 24 hours at once. The host sends its `now` with each invocation; here it becomes an offset to this machine's clock,
 * or a fixed instant where the host's clock stands still while functions run. Timers keep real time.
 */
let latestClock = { now: RealDate.now(), receivedAt: performance.now(), standsStill: false };

function hostNow() {
  const clock = invocations.getStore()?.clock ?? latestClock;
  return clock.standsStill ? clock.now : Math.floor(clock.now + performance.now() - clock.receivedAt);
}

const HostDate = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [hostNow()] : args, newTarget),
  apply: () => new RealDate(hostNow()).toString(),
  get: (target, property, receiver) =>
    property === 'now' ? hostNow : Reflect.get(target, property, receiver),
});
RealDate.prototype.constructor = HostDate;
globalThis.Date = HostDate;

/** Route of the platform's proxy for what the SDK asks. */
function proxyRoute(meta) {
  switch (meta.type) {
    case 'fpp': {
      const place =
        meta.contextAri === undefined
          ? `remote/${meta.remote}`
          : `contextAri/${encodeURIComponent(meta.contextAri)}`;
      const account = meta.accountId === undefined ? '' : `/account/${encodeURIComponent(meta.accountId)}`;
      return `/fpp/provider/${meta.provider}/${place}${account}`;
    }
    case 'kvs':
    case 'sql':
    case 'os':
    case 'realtime':
      return `/fpp/as/app/provider/atlassian/capability/${meta.type}`;
    default:
      return `/not-modelled/${encodeURIComponent(meta.type)}`;
  }
}

function throughProxy(route, target, init) {
  const runtime = invocations.getStore();
  if (runtime === undefined) {
    return Promise.reject(
      new Error(`${target} was asked for outside an invocation; do it inside a function of the manifest.`),
    );
  }
  const headers = new Headers(init.headers);
  headers.set('forge-proxy-authorization', `Bearer ${runtime.proxy.token}`);
  // A header carries ASCII only; everything else is percent-encoded in a URL anyway.
  headers.set('forge-proxy-target', String(target).replace(/[^\x20-\x7e]+/g, encodeURIComponent));
  headers.set('x-b3-traceid', runtime.tracing.traceId);
  return nativeFetch(new URL(route, runtime.proxy.url), { ...init, headers, redirect: 'manual' });
}

globalThis.__forge_fetch__ = (meta, target, init = {}) => throughProxy(proxyRoute(meta), target, init);

/** The platform's own fetch: an address that the manifest does not list is refused with the name that apps test for. */
globalThis.fetch = async function fetch(input, init) {
  const request = new NativeRequest(input, init);
  const bodiless = request.method === 'GET' || request.method === 'HEAD';
  const response = await throughProxy('/egress', request.url, {
    method: request.method,
    headers: request.headers,
    signal: request.signal,
    ...(bodiless ? {} : { body: await request.arrayBuffer() }),
  });
  if (response.headers.get('forge-proxy-error') !== 'BLOCKED_EGRESS') return response;
  const error = new Error(
    `URL not included in the external fetch backend permissions: ${request.url}. Visit go.atlassian.com/forge-egress for more information.`,
  );
  error.name = 'REQUEST_EGRESS_ALLOWLIST_ERR';
  error.status = 403;
  throw error;
};

/** Ports of the proxies that invocations named: the only place a function may connect to, by whatever module. */
const proxyPorts = new Set();
const nativeConnect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connect(...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  const {
    host,
    port,
    path: socketPath,
  } = typeof first === 'object' && first !== null ? first : { host: args[1], port: first };
  if (socketPath == null && host === '127.0.0.1' && proxyPorts.has(Number(port))) {
    return nativeConnect.apply(this, args);
  }
  const error = new Error(
    `A function tried to connect to ${socketPath ?? `${host}:${port}`} past the platform; use fetch and permissions.external of the manifest.`,
  );
  error.name = 'REQUEST_EGRESS_ALLOWLIST_ERR';
  throw error;
};

function loggable(value) {
  if (value instanceof Error) return value.stack;
  try {
    return JSON.stringify(value) === undefined ? inspect(value) : value;
  } catch {
    return inspect(value);
  }
}

const LOG_LEVELS = { debug: 20, log: 30, info: 30, warn: 40, error: 50 };
for (const [method, logLevel] of Object.entries(LOG_LEVELS)) {
  // One JSON object a line, as the tunnel of the Forge CLI reads it.
  console[method] = (...values) => {
    const invocationId = invocations.getStore()?.appContext.invocationId ?? 'none';
    process.stdout.write(
      `${JSON.stringify({ invocationId, logLevel, logArguments: values.map(loggable) })}\n`,
    );
  };
}

function nothing() {}
const METRICS = {
  counter: () => ({ incr: nothing, incrBy: nothing, decr: nothing, decrBy: nothing }),
  timing: () => ({ measure: () => ({ stop: nothing }) }),
  gauge: () => ({ set: nothing }),
};

/** An identifier as the SDK's types describe it: its last part by name, and the whole as its text. */
function identified(ari, property) {
  const text = () => ari;
  return { [property]: ari.slice(ari.lastIndexOf('/') + 1), toString: text, toJSON: text };
}

function installationOf({ ari, contexts }) {
  return {
    ari: identified(ari, 'installationId'),
    contexts: contexts.map((context) => identified(context, 'workspaceId')),
  };
}

function runtimeOf(meta, lambdaContext) {
  return {
    proxy: meta.proxy,
    contextAri: meta.contextAri,
    appContext: {
      ...meta.appContext,
      ...(meta.appContext.installation && { installation: installationOf(meta.appContext.installation) }),
    },
    aaid: meta.aaid,
    tracing: meta.tracing,
    realtime: meta.realtime ?? {},
    externalAuth: meta.externalAuth ?? [],
    container: { appCodeDir: __dirname, region: 'local', runtime: `nodejs${process.versions.node}` },
    lambdaContext,
    metrics: METRICS,
    featureFlags: (name) => (meta.featureFlags ?? []).includes(name),
    clock: latestClock,
  };
}

function functionOf(handler) {
  const dot = handler.lastIndexOf('.');
  const exported = require(path.join(__dirname, `${handler.slice(0, dot)}.cjs`))[handler.slice(dot + 1)];
  if (typeof exported !== 'function') {
    throw new Error(`The handler ${handler} of the manifest is not an exported function.`);
  }
  return exported;
}

/** Runs one invocation and answers its result or its error; it never rejects. */
exports.main = async function main(lambdaEvent, lambdaContext) {
  const meta = lambdaEvent._meta;
  for (const { key, value } of lambdaEvent.variables ?? []) {
    if (value !== undefined) process.env[key] = value;
  }
  proxyPorts.add(Number(new URL(meta.proxy.url).port));
  if (meta.clock !== undefined) latestClock = { ...meta.clock, receivedAt: performance.now() };
  const runtime = runtimeOf(meta, lambdaContext);
  return invocations.run(runtime, async () => {
    try {
      const body = await functionOf(lambdaEvent.handler)(lambdaEvent.body, {
        installContext: meta.contextAri,
        ...(runtime.appContext.installation && { installation: runtime.appContext.installation }),
        ...(meta.license && { license: meta.license }),
        ...(meta.aaid && { principal: { accountId: meta.aaid } }),
      });
      return {
        success: true,
        status: 200,
        body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
      };
    } catch (error) {
      return {
        success: false,
        status: 500,
        error: {
          errorType: error?.name ?? 'Error',
          errorMessage: String(error?.message ?? error),
          stack: String(error?.stack ?? '').split('\n'),
          serviceKey: error?.serviceKey,
        },
      };
    }
  });
};
