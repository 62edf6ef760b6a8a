/** The platform under the app's SDKs in simulated time: storage, queues, Bitbucket and logs, each charged to who calls. */
import type { StandIn } from '../bitbucket/stand-in';
import type { AccountReports } from '../forge/account-reports';
import type { ForgeStore } from '../forge/store';
import type { UseListener } from '../forge/store/rates';
import { Answer } from './answer';
import { BusiestMinute } from './busiest-minute';
import type { Engine, Invocation } from './engine';
import type { MessageQueue } from './message-queue';
import { RowTrafficMeter, type WrittenRow } from './stored-rows';
import type { Timeline } from './timeline';

/** How long each call takes, in milliseconds: assumptions, printed with the results. */
export const LATENCIES = {
  bitbucket: 350,
  storageRead: 12,
  storageWrite: 18,
  queuePush: 40,
  other: 100,
} as const;

/** Who looks at the screens. */
export const VIEWER_ACCOUNT = 'account-viewer';

/** A log message with how often it came. */
export interface LoggedMessage {
  readonly level: 'info' | 'warn' | 'error';
  readonly text: string;
  readonly count: number;
}

export interface PlatformOptions {
  readonly timeline: Timeline;
  readonly engine: Engine;
  readonly store: ForgeStore;
  readonly queue: MessageQueue;
  readonly bitbucket: StandIn;
  readonly scopes: readonly string[];
  /** Told of every row that the app stored. */
  readonly onWrite: (row: WrittenRow, invocation: Invocation) => void;
}

interface Meta {
  readonly type: string;
  readonly provider?: string;
  readonly remote?: string;
}

type ForgeFetch = (meta: Meta, target: string, init?: { readonly body?: unknown }) => Promise<Answer>;

const LEVELS = ['info', 'warn', 'error'] as const;

const PUSH = '/webhook/queue/publish/';
const REPORT_ACCOUNTS = '/app/report-accounts';

/** A redirect is followed so often. */
const MOST_REDIRECTS = 3;

/** Everything that the SDKs of this process reach. */
export class Platform {
  readonly rows = new RowTrafficMeter();
  readonly busiest = { reads: new BusiestMinute(), writes: new BusiestMinute() };
  /** Requests to Bitbucket beside those that the app made: its redirects, which the caller's HTTP client follows. */
  redirects = 0;
  /** Storage requests that were refused because they were too many. */
  throttled = 0;
  private readonly logged = new Map<string, { level: LoggedMessage['level']; text: string; count: number }>();
  private caller: Invocation | null = null;
  private bytesOfRequest = 0;

  constructor(
    private readonly options: PlatformOptions,
    private readonly accounts: AccountReports,
  ) {}

  /** For the store, which tells it of each read and write while it answers. */
  readonly noteUse: UseListener = (kind, bytes, units) => {
    if (this.caller === null) return;
    const now = this.options.timeline.now();
    const account = this.caller.account(now);
    this.busiest[kind === 'read' ? 'reads' : 'writes'].note(now, this.caller.purpose, units);
    if (kind === 'read') {
      account.readUnits += units;
      account.bytesRead += bytes;
      if (bytes === 0) account.emptyReads += 1;
    } else {
      account.writeUnits += units;
      account.bytesWritten += bytes;
    }
    this.bytesOfRequest += bytes;
  };

  /** What the app wrote into its log, by message, the most frequent first. */
  log(): readonly LoggedMessage[] {
    return [...this.logged.values()].sort((a, b) => b.count - a.count);
  }

  /** Puts itself under the SDKs, the clock and the console of this process, until the answered function is called. */
  connect(): () => void {
    const { timeline, engine } = this.options;
    const globals = globalThis as { __forge_runtime__?: unknown; __forge_fetch__?: ForgeFetch };
    const clock = Date.now;
    const { info, warn, error } = console;
    globals.__forge_runtime__ = {
      kvs: undefined,
      appContext: { invocationId: 'simulated', environmentId: 'simulated', appId: 'simulated' },
      lambdaContext: { getRemainingTimeInMillis: () => engine.remaining() },
      contextAri: '',
    };
    globals.__forge_fetch__ = (meta, target, init) =>
      this.fetch(meta, target, typeof init?.body === 'string' ? init.body : '');
    Date.now = () => Math.floor(timeline.now());
    for (const level of LEVELS) console[level] = (line: unknown) => this.logLine(level, String(line));
    return () => {
      delete globals.__forge_runtime__;
      delete globals.__forge_fetch__;
      Date.now = clock;
      Object.assign(console, { info, warn, error });
    };
  }

  private fetch(meta: Meta, target: string, body: string): Promise<Answer> {
    const { engine, timeline } = this.options;
    if (meta.type === 'kvs') {
      const isRead = target.endsWith('/get') || target.endsWith('/query');
      const latency = isRead ? LATENCIES.storageRead : LATENCIES.storageWrite;
      return engine.call(latency, (invocation) => this.storage(target, body, isRead, invocation));
    }
    if (meta.remote === 'bitbucket') {
      const as = meta.provider === 'user' ? 'user' : 'app';
      return engine.call(LATENCIES.bitbucket, (invocation) => this.askBitbucket(target, as, invocation));
    }
    if (target.startsWith(PUSH)) {
      return engine.call(LATENCIES.queuePush, (invocation) => {
        const { status, message, events } = this.options.queue.push(body, invocation.run.chain);
        const account = invocation.account(timeline.now());
        account.pushes += 1;
        account.pushedEvents += events;
        return new Answer(status, JSON.stringify({ message, errorMessage: message }));
      });
    }
    if (target === REPORT_ACCOUNTS) {
      return engine.call(LATENCIES.other, () => {
        const answer = this.accounts.answer(JSON.parse(body));
        return new Answer(answer.status, answer.body?.toString() ?? '', answer.headers);
      });
    }
    throw new Error(`${target} is not simulated.`);
  }

  private storage(path: string, text: string, isRead: boolean, invocation: Invocation): Answer {
    const body: unknown = JSON.parse(text);
    invocation.account(this.options.timeline.now()).storageRequests += 1;
    this.caller = invocation;
    this.bytesOfRequest = 0;
    const answer = this.options.store.handle(path, body);
    this.caller = null;
    if (answer.status === 429) this.throttled += 1;
    if (answer.status < 300) {
      if (isRead) this.rows.read(path, body, answer.body, this.bytesOfRequest);
      else for (const row of this.rows.wrote(path, body)) this.options.onWrite(row, invocation);
    }
    return new Answer(answer.status, answer.body === undefined ? '' : JSON.stringify(answer.body));
  }

  private askBitbucket(target: string, as: 'app' | 'user', invocation: Invocation): Answer {
    const account = invocation.account(this.options.timeline.now());
    account.bitbucketRequests += 1;
    const headers = {
      'x-forge-as': as,
      'x-forge-scopes': this.options.scopes.join(' '),
      ...(as === 'user' ? { 'x-forge-account': VIEWER_ACCOUNT } : {}),
    };
    let path = target;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = this.options.bitbucket.answer({ method: 'GET', path, headers });
      const location = answer.headers.Location;
      if (answer.status !== 302 || location === undefined) {
        if (answer.status === 429) account.bitbucketRefusals += 1;
        return new Answer(answer.status, answer.body, inLowerCase(answer.headers));
      }
      this.redirects += 1;
      const { pathname, search } = new URL(location, 'https://api.bitbucket.org');
      path = `${pathname}${search}`;
    }
    throw new Error(`${target} leads from one redirect to the next.`);
  }

  private logLine(level: LoggedMessage['level'], line: string): void {
    const account = this.options.engine.running().account(this.options.timeline.now());
    account.logLines += 1;
    account.logBytes += Buffer.byteLength(line);
    const text = messageOf(line);
    const known = this.logged.get(`${level} ${text}`);
    if (known === undefined) this.logged.set(`${level} ${text}`, { level, text, count: 1 });
    else known.count += 1;
  }
}

/** The app writes a JSON object a line: its message, with the cause and the task or queue where it names them. */
function messageOf(line: string): string {
  if (!line.startsWith('{')) return line.slice(0, 200);
  const data = JSON.parse(line) as Readonly<Record<string, unknown>>;
  return ['message', 'cause', 'reason', 'task', 'queue', 'function']
    .flatMap((name) => (name in data ? [String(data[name])] : []))
    .join(' · ');
}

function inLowerCase(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
