/** The one way to Bitbucket: takes each request out of the budget, sends it, and names every failure. */
import {
  asApp,
  asUser,
  NeedsAuthenticationError,
  routeFromAbsolute,
  type APIResponse,
  type Route,
} from '@forge/api';
import type { z } from 'zod';
import { positiveNumber } from '../facts/positive-number';
import type { Page } from './answers';
import {
  BitbucketForbidden,
  BitbucketNotFound,
  BitbucketRateLimited,
  BitbucketRefused,
  BitbucketTrouble,
  BitbucketUnreadable,
} from './errors';

/** A repository by Bitbucket's uuids, braces included: they survive renames and transfers of slugs. */
export interface RepositoryAddress {
  readonly workspaceUuid: string;
  readonly repositoryUuid: string;
}

/** What an answer says of the hour's limit. */
export interface RateLimitNews {
  /** Requests an hour; `null` where the answer does not say (only scaled endpoints do). */
  readonly limit: number | null;
  /** Less than a fifth of the hour is left, whoever spent the rest. */
  readonly nearLimit: boolean;
  /** The answer was 429. */
  readonly limited: boolean;
  /** Bitbucket's own word on how long to wait, with 429; undocumented and often absent. */
  readonly retryAfterSeconds: number | null;
}

/** What Bitbucket's answers may say of limits (`X-RateLimit-Reset` was seen; only the others are documented). */
const LIMIT_HEADERS = [
  'x-ratelimit-limit',
  'x-ratelimit-resource',
  'x-ratelimit-nearlimit',
  'x-ratelimit-reset',
  'retry-after',
] as const;

/** The same with which headers said it. */
export interface AnswerNews extends RateLimitNews {
  readonly headers: readonly string[];
}

/** On whose account requests go; each is taken before it is sent, so that one that is never answered counts too. */
export interface Caller {
  /** As the app, or as the user who looks: then Bitbucket answers what that user may know. */
  readonly as: 'app' | 'user';
  /** Requests taken so far. */
  readonly sent: number;
  /** Bitbucket refused somebody lately: requests go one after the other, so that few more are refused. */
  readonly hadTrouble: boolean;
  /** Throws BudgetSpent where nothing is left for this kind of work. */
  take(endpoint: string): Promise<void>;
  /** Takes so many together beforehand, where requests go side by side; each is still taken by itself. Throws as above. */
  reserve(count: number, endpoint: string): Promise<void>;
  learn(news: AnswerNews): Promise<void>;
}

/** The user who looks: their requests are on their own account, not on the app's. */
export const VIEWER: Caller = {
  as: 'user',
  sent: 0,
  hadTrouble: false,
  take: () => Promise.resolve(),
  reserve: () => Promise.resolve(),
  learn: () => Promise.resolve(),
};

/** The app, where nothing may be stored of what it spends: everything was erased. */
export const UNCOUNTED: Caller = { ...VIEWER, as: 'app' };

const ACCEPT_JSON = { headers: { Accept: 'application/json' } };

/** Reads one JSON answer; every failure leaves as one of the classes in `errors.ts`. */
export async function read<Schema extends z.ZodType>(
  caller: Caller,
  endpoint: string,
  schema: Schema,
  where: Route,
): Promise<z.output<Schema>> {
  await caller.take(endpoint);
  let response: APIResponse;
  try {
    const bitbucket = caller.as === 'user' ? asUser() : asApp();
    response = await bitbucket.requestBitbucket(where, ACCEPT_JSON);
  } catch (cause) {
    // Forge shows its consent screen for this one, and calls again.
    if (cause instanceof NeedsAuthenticationError) throw cause;
    throw Object.assign(new BitbucketTrouble(endpoint, null), { cause });
  }
  const news = newsOf(response);
  await caller.learn(news);
  refuse(endpoint, response.status, news.retryAfterSeconds);
  let body: unknown;
  try {
    body = await response.json();
  } catch (cause) {
    // Bitbucket answers some faults with an HTML page and status 200: never parsed, never logged.
    throw Object.assign(new BitbucketUnreadable(endpoint, '', 'it is not JSON'), { cause });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BitbucketUnreadable(endpoint, issue?.path.join('.') ?? '', issue?.message ?? 'unknown shape');
}

/**
 * One page of a list: the first one, or the one that an earlier page's `next` names, followed as it is but for our own
 * `fields`. A page whose `next` leads back to itself cannot be believed: its elements would count twice.
 */
export async function readPage<T>(
  caller: Caller,
  endpoint: string,
  schema: z.ZodType<Page<T>>,
  first: Route,
  next: string | null,
): Promise<Page<T>> {
  const where = next === null ? first : routeFromAbsolute(withFieldsOf(first, next));
  const page = await read(caller, endpoint, schema, where);
  if (page.next === null) return page;
  const following = withoutFields(page.next);
  // Resolved against itself a link is written as any other, whatever was encoded in it.
  const isItself = new URL(withoutFields(where.value), following).href === new URL(following).href;
  if (!isItself) return { ...page, next: following };
  throw new BitbucketUnreadable(endpoint, 'next', 'it leads back to the page itself');
}

const FIELDS = /([?&])fields=([^&]*)(&|$)/;

/** Our fields are most of a link's length and the same on every page: who keeps thousands of links keeps them without. */
function withoutFields(link: string): string {
  return link.replace(FIELDS, (_, before: string, __, after: string) => (after === '' ? '' : before));
}

/** A link that was kept with its fields keeps them. */
function withFieldsOf({ value }: Route, link: string): string {
  const fields = FIELDS.exec(value)?.[2];
  if (fields === undefined || FIELDS.test(link)) return link;
  return `${link}${link.includes('?') ? '&' : '?'}fields=${fields}`;
}

/** Follows `next` at most this often for one pull request: 50 pages hold 2,500 entries, the longest recorded has 423. */
const MOST_PAGES = 50;

/** All elements of a list, how many of them did not fit, and whether the page limit cut it short. */
export interface Whole<T> {
  readonly values: readonly T[];
  readonly refused: number;
  readonly cut: boolean;
}

/** Reads a list to its end, a page after the other. */
export async function readAll<T>(readOne: (next: string | null) => Promise<Page<T>>): Promise<Whole<T>> {
  const values: T[] = [];
  const followed = new Set<string>();
  let refused = 0;
  let next: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: Page<T> = await readOne(next);
    values.push(...page.values);
    refused += page.refused;
    next = page.next;
    if (next === null) return { values, refused, cut: false };
    // A circle: half a list, and that half several times.
    if (followed.has(next)) break;
    followed.add(next);
  }
  return { values, refused, cut: true };
}

function refuse(endpoint: string, status: number, retryAfterSeconds: number | null): void {
  if (status === 429) throw new BitbucketRateLimited(endpoint, retryAfterSeconds);
  if (status === 401 || status === 403) throw new BitbucketForbidden(endpoint, status);
  if (status === 404 || status === 410) throw new BitbucketNotFound(endpoint, status);
  // 408 is a time-out, whatever its number says.
  if (status >= 400 && status < 500 && status !== 408) throw new BitbucketRefused(endpoint, status);
  if (status < 200 || status >= 300) throw new BitbucketTrouble(endpoint, status);
}

function newsOf({ status, headers }: APIResponse): AnswerNews {
  return {
    headers: LIMIT_HEADERS.filter((name) => headers.get(name) !== null),
    // Seen live: "60, 60;w=3600". The first number is the limit.
    limit: positiveNumber(headers.get('x-ratelimit-limit')?.split(',')[0] ?? null),
    nearLimit: headers.get('x-ratelimit-nearlimit')?.toLowerCase() === 'true',
    limited: status === 429,
    retryAfterSeconds: status === 429 ? positiveNumber(headers.get('retry-after')) : null,
  };
}
