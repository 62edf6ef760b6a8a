/** What resolvers of the fixture app try out on the platform, one probe for each rule of it. */
import net from 'node:net';
import api, { fetch as apiFetch, privacy, requestBitbucket, route } from '@forge/api';
import { Queue, type PushEvent } from '@forge/events';
import { kvs } from '@forge/kvs';

type Probe = (payload: unknown) => unknown;

/** An error as a test compares it. */
interface Caught {
  readonly type: string;
  readonly name: string;
  readonly message: string;
  readonly status?: unknown;
}

async function caught(work: () => Promise<unknown>): Promise<Caught | { readonly result: unknown }> {
  try {
    return { result: await work() };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const { name, message } = error;
    return {
      type: error.constructor.name,
      name,
      message,
      ...('status' in error && { status: error.status }),
    };
  }
}

interface Push {
  readonly queue: string;
  readonly events: PushEvent[];
  readonly times?: number;
}

let leaked: Promise<unknown> | undefined;

export const probes: Readonly<Record<string, Probe>> = {
  push: (payload) => {
    const { queue, events, times = 1 } = payload as Push;
    return caught(async () => {
      const pushes: string[] = [];
      for (let push = 0; push < times; push += 1) {
        pushes.push((await new Queue({ key: queue }).push(events)).jobId);
      }
      return pushes;
    });
  },
  job: (payload) => {
    const { queue, jobId, cancel } = payload as { queue: string; jobId: string; cancel?: boolean };
    const job = new Queue({ key: queue }).getJob(jobId);
    return caught(() => (cancel === true ? job.cancel() : job.getStats()));
  },
  bitbucket: (payload) => {
    const { path, as } = payload as { readonly path: string; readonly as: 'app' | 'user' | 'none' };
    const request =
      as === 'app'
        ? api.asApp().requestBitbucket
        : as === 'user'
          ? api.asUser().requestBitbucket
          : requestBitbucket;
    return caught(async () => {
      const response = await request(route`/2.0/${path}`, { headers: { Accept: 'application/json' } });
      return { status: response.status, body: await response.text() };
    });
  },
  fetch: (payload) => caught(async () => (await apiFetch((payload as { url: string }).url)).status),
  connect: (payload) =>
    caught(
      () =>
        new Promise((resolve, reject) => {
          const socket = net.connect((payload as { port: number }).port, '127.0.0.1');
          socket.once('error', reject);
          socket.once('connect', () => {
            socket.destroy();
            resolve('connected');
          });
        }),
    ),
  report: (payload) => {
    const { ids } = payload as { readonly ids: readonly string[] };
    const updatedAt = new Date().toISOString();
    return privacy.reportPersonalData(ids.map((accountId) => ({ accountId, updatedAt }))).then(
      (accounts) => ({ accounts }),
      (refused: unknown) => {
        if (!(refused instanceof Object && 'status' in refused && 'headers' in refused)) throw refused;
        const headers = refused.headers as Headers;
        return { status: refused.status, retryAfter: headers.get('retry-after') };
      },
    );
  },
  graph: () => caught(async () => (await api.asApp().requestGraph('{ me { id } }')).json()),
  time: () => ({
    now: Date.now(),
    created: new Date().toISOString(),
    text: Date(),
    fixed: new Date(0).toISOString(),
    isDate: new Date() instanceof Date,
    same: new Date().constructor === Date,
    zone: new Date(0).getTimezoneOffset(),
  }),
  /** Asks the platform after its own invocation has ended. */
  leak: () => {
    leaked = new Promise((resolve) => setTimeout(resolve, 50)).then(() => caught(() => kvs.set('late', 1)));
    return 'started';
  },
  leaked: () => leaked,
  store: async () => {
    const before = await caught(() => kvs.set('probe', { text: 'kept' }));
    return { before, value: await caught(() => kvs.get('probe')) };
  },
  large: (payload) => 'x'.repeat((payload as { readonly length: number }).length),
  chatter: (payload) => {
    const { lines } = payload as { readonly lines: number };
    for (let line = 0; line < lines; line += 1) console.warn('chatter', line, 'x'.repeat(1_000));
  },
  nothing: () => undefined,
};
