/** Triggers, schedule and resolver of the fixture app. */
import api, { getAppContext, route } from '@forge/api';
import { InvocationError, InvocationErrorCode, Queue } from '@forge/events';
import { kvs, WhereConditions } from '@forge/kvs';
import Resolver from '@forge/resolver';
import { probes } from './probes';

interface PushEvent {
  readonly eventType: string;
  readonly repository: { readonly uuid: string };
  readonly workspace: { readonly uuid: string };
  /** What the test wants this trigger to do beside its work. */
  readonly wish?: 'ask-for-retry' | 'throw' | 'die';
  readonly retryContext?: { readonly retryCount: number };
}

const visits = new Queue({ key: 'visits' });

/** Trigger -> storage -> Bitbucket -> queue, twice: at once, and two minutes later. */
export async function onPush(event: PushEvent): Promise<unknown> {
  const retries = event.retryContext?.retryCount ?? 0;
  if (event.wish === 'throw') throw new Error('the trigger failed');
  if (event.wish === 'die' && retries === 0) process.exit(3);
  if (event.wish === 'ask-for-retry') {
    return new InvocationError({
      retryAfter: 60,
      retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
      retryData: { seen: retries },
    });
  }
  await kvs.set('last-event', { eventType: event.eventType });
  const response = await api
    .asApp()
    .requestBitbucket(route`/2.0/repositories/${event.workspace.uuid}/${event.repository.uuid}`);
  const { name } = (await response.json()) as { readonly name: string };
  const concurrency = { key: event.repository.uuid, limit: 1 };
  const { jobId } = await visits.push([
    { body: { place: name, number: 1 }, concurrency },
    { body: { place: name, number: 2 }, concurrency },
    { body: { place: name, number: 3 }, concurrency, delayInSeconds: 120 },
  ]);
  await kvs.set('last-job', jobId);
  return { status: response.status, jobId };
}

export async function onForeignPush(): Promise<void> {
  await Promise.resolve();
}

export async function onLifeCycle(event: { readonly eventType: string }): Promise<void> {
  const before = (await kvs.get<readonly string[]>('life')) ?? [];
  await kvs.set('life', [...before, event.eventType]);
}

export async function everyHour(request: unknown, context: unknown): Promise<unknown> {
  const runs = (await kvs.get<number>('runs')) ?? 0;
  await kvs.set('runs', runs + 1);
  return { request, context, at: Date.now() };
}

/** Removes one key, and leaves the rest to the platform. */
export async function clearUp(): Promise<void> {
  await kvs.delete('secret-of-somebody');
  await kvs.set('cleared-up-within', Math.floor(getAppContext().invocationRemainingTimeInMillis() / 10_000));
}

export function clearUpInVain(): never {
  throw new Error('there is no time');
}

const resolver = new Resolver();

resolver.define('visits', async ({ payload, context }) => {
  const { place } = payload as { readonly place: string };
  const { results } = await kvs
    .entity<{ place: string; count: number }>('visit')
    .query()
    .index('by-place', { partition: [place] })
    .where(WhereConditions.greaterThan(0))
    .getMany();
  return { visits: results.map((row) => row.value.count), context };
});

/** Answers who it runs for, before and after waiting, so that mixed-up invocations would show. */
resolver.define('who', async ({ payload, context }) => {
  const { value } = payload as { readonly value: string };
  const before = getAppContext().invocationId;
  await kvs.set(`who:${value}`, value);
  await new Promise((resolve) => setTimeout(resolve, 5));
  const stored = await kvs.get<string>(`who:${value}`);
  console.log('who', value);
  const after = getAppContext().invocationId;
  return { accountId: context.accountId as unknown, stored, sameInvocation: before === after, before };
});

resolver.define('fail', () => {
  throw new TypeError('the resolver failed');
});

for (const [name, probe] of Object.entries(probes)) {
  resolver.define(name, ({ payload }) => probe(payload));
}

export const resolve = resolver.getDefinitions();
