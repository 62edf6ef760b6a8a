/** What the local Forge host offers to those who start it, browse it and test with it. */
import type { AccountReports } from './account-reports';
import type { BitbucketDoor } from './bitbucket-gateway';
import type { BoundedLog } from './bounded-log';
import type { ForgeManifest } from './manifest';
import type { ForgeStore, StoredRow } from './store';

/** A timer that does not keep an otherwise idle virtual clock moving, and that `idle()` does not wait for. */
export interface ScheduleOptions {
  readonly background?: boolean;
}

/** The time of the platform: of the queue, of the schedules, and of the functions. */
export interface HostClock {
  /** Milliseconds since the epoch that the platform and the functions see. */
  now(): number;
  /** Runs `run` once, `delayMs` from now; the answered function takes it back. */
  schedule(delayMs: number, run: () => void, options?: ScheduleOptions): () => void;
  /**
   * Only a clock whose time stands still between its jumps has it: no jump happens until the answered function is
   * called. Functions on such a clock see one instant for the whole of an invocation.
   */
  hold?(): () => void;
}

/** One line of the host, or of a function's console. */
export interface HostLogLine {
  /** Milliseconds since the epoch on the host's clock. */
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly source: 'host' | 'function';
  readonly message: string;
  /** What the function gave its console, as far as JSON carries it. */
  readonly arguments?: readonly unknown[];
  readonly invocationId?: string;
  readonly functionKey?: string;
}

export interface ForgeHostOptions {
  /** Folder that holds `manifest.yml`. */
  readonly appDirectory: string;
  /** Folder that `buildFunctions` wrote. */
  readonly bundleDirectory: string;
  /** Path of the database file, or `:memory:`. */
  readonly databaseFile: string;
  /** Origin of the Bitbucket stand-in, for example `http://127.0.0.1:4000`. */
  readonly bitbucketUrl: string;
  /** Answers every request to Bitbucket in the stand-in's place. */
  readonly bitbucketDoor?: BitbucketDoor;
  readonly workspace: Workspace;
  readonly clock: HostClock;
  readonly onLog?: (line: HostLogLine) => void;
  /** Answers 429 over Forge's rates per minute; off unless told, since a clock that stands still never refills them. */
  readonly enforceRates?: boolean;
  /** Runs the scheduled triggers by the clock; off unless told. */
  readonly runSchedules?: boolean;
  /** Permissions of the manifest that this installation does not have, as while an admin has not agreed to them. */
  readonly withoutScopes?: readonly string[];
  /** What the platform says of the app's licence; absent: `active` where the manifest asks for one, else nothing. */
  readonly licence?: Licence;
  /** Values for `${NAME}` in the manifest, before the defaults that it declares. */
  readonly environment?: Readonly<Record<string, string>>;
}

export type Licence = 'active' | 'inactive';

/** A Bitbucket workspace; `uuid` has its braces. */
export interface Workspace {
  readonly uuid: string;
  readonly slug: string;
}

/** Where the app is installed, as the platform identifies it. */
export interface Installation {
  /** A uuid without braces. */
  readonly id: string;
  /** `ari:cloud:ecosystem::installation/<id>`. */
  readonly ari: string;
  /** `ari:cloud:bitbucket::workspace/<uuid with braces>`. */
  readonly contextAri: string;
  readonly environmentId: string;
}

/** How one invocation ended, in the platform's eyes. */
export type Outcome =
  | 'succeeded'
  /** It returned an `InvocationError`. */
  | 'asked-for-retry'
  /** It threw. */
  | 'threw'
  /** It was killed at its time limit. */
  | 'timed-out'
  | 'out-of-memory'
  /** Its process ended under it. */
  | 'process-ended';

/** One invocation of a trigger, a consumer or a scheduled trigger, after it ended. */
export interface DeliveryRecord {
  readonly kind: 'trigger' | 'consumer' | 'scheduledTrigger';
  readonly moduleKey: string;
  readonly functionKey: string;
  readonly invocationId: string;
  /** Identity of the message; the same for every delivery of it. Absent for schedules. */
  readonly eventId?: string;
  readonly queueName?: string;
  readonly jobId?: string;
  /** The Bitbucket or life cycle event, for triggers. */
  readonly eventType?: string;
  /** 1 for the first delivery. */
  readonly attempt: number;
  /** Milliseconds since the epoch on the host's clock. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly outcome: Outcome;
  readonly error?: string;
  /** What happens next to a message that did not succeed: its next delivery, or `dropped`. */
  readonly next?: number | 'dropped';
}

/** What became of one product event at one trigger, after the last of its retries. */
export interface TriggerDelivery {
  readonly triggerKey: string;
  readonly functionKey: string;
  /** `filtered`: the manifest's filter kept it out; `cancelled`: the host closed before the last retry. */
  readonly outcome: 'succeeded' | 'filtered' | 'dropped' | 'cancelled';
  readonly attempts: number;
  /** What the function returned at last. */
  readonly result?: unknown;
  readonly error?: string;
}

/** Where a front end is shown, and to whom. */
export interface FrontEndPlace {
  /** Key of the UI module. */
  readonly moduleKey: string;
  /** `context.extension`: `type` is added from the manifest where it is missing. */
  readonly extension: Readonly<Record<string, unknown>>;
  /** The viewer; `undefined` for nobody, which makes `asUser()` fail as it does on the platform. */
  readonly accountId: string | undefined;
  /** The viewer's locale, a BCP 47 tag; absent: `DEFAULT_LOCALE`. */
  readonly locale?: string;
}

/** The locale of those who chose none. */
export const DEFAULT_LOCALE = 'en-US';

/** One `invoke` of a front end. */
export interface ResolverRequest extends FrontEndPlace {
  /** Name that the resolver defined. */
  readonly functionKey: string;
  readonly payload: unknown;
}

/** A request of a front end to Bitbucket. */
export interface ProductRequest {
  readonly method: string;
  /** Path and query, for example `/2.0/repositories/acme/api`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ProductResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One running local Forge platform with one installation of one app. */
export interface ForgeHost {
  readonly manifest: ForgeManifest;
  readonly store: ForgeStore;
  readonly workspace: Workspace;
  readonly installation: Installation;
  /** Version of the app, `<major>.0.0`; the major part grows when the manifest's permissions change. */
  readonly appVersion: string;
  /** Where functions reach the platform, for the log and for tests of refusals. */
  readonly proxyUrl: string;
  /**
   * Tells the app of its installation on the first start, and of a new major version on a later one; waits until the
   * event is handled or given up.
   */
  install(): Promise<void>;
  /**
   * Lets the app clear up, and takes its store away; returns what it had left there. The next `install` is a new
   * installation.
   */
  uninstall(): Promise<readonly StoredRow[]>;
  /** What Atlassian knows of accounts, for the report of personal data. */
  readonly accounts: AccountReports;
  /**
   * Sends a product event to every trigger that subscribes to it, and answers when each has handled it or has been
   * given up, retries included. `eventType`, `selfGenerated`, `context` and `contextToken` are added, and `timestamp`
   * where the payload has no such property.
   */
  emit(eventType: string, payload: Readonly<Record<string, unknown>>): Promise<readonly TriggerDelivery[]>;
  /** Runs one scheduled trigger now and answers what it returned; rejects with an InvocationFailure. */
  runSchedule(key: string): Promise<unknown>;
  /** Answers one `invoke` of a front end; rejects with an InvocationFailure whose message is the function's. */
  resolve(request: ResolverRequest): Promise<unknown>;
  /** What the platform tells a resolver, and `view.getContext` of the bridge, of the place a module is shown at. */
  frontEndContext(place: FrontEndPlace): Readonly<Record<string, unknown>>;
  /** The way of the bridge's `fetchProduct`: a request to Bitbucket as the viewer, with the app's scopes. */
  requestBitbucketAs(who: 'user', request: ProductRequest, accountId: string): Promise<ProductResponse>;
  /** Resolves when nothing runs and no message waits, whether for now or for later; schedules do not count. */
  idle(): Promise<void>;
  /** Messages that wait or run, product events with their retries included. */
  queueDepth(): number;
  /** The newest log lines. */
  readonly logs: BoundedLog<HostLogLine>;
  /** The newest invocations of triggers, consumers and schedules. */
  readonly deliveries: BoundedLog<DeliveryRecord>;
  /** Runs later invocations in new processes, for a bundle that was built anew; what runs ends as it began. */
  renewFunctions(): void;
  /** Kills the functions' processes in the middle of what they do; the next invocation starts a new one. */
  killFunctionProcess(): void;
  /** Stops everything and releases the database; messages that were not handled stay in it for the next start. */
  close(): Promise<void>;
}
