/** Consumers of the fixture app: one that works, and one that fails in every way a test asks for. */
import { InvocationError, InvocationErrorCode, Queue, type AsyncEvent } from '@forge/events';
import { kvs } from '@forge/kvs';

/** Writes a row of an entity for each visit. */
export async function consumeVisit(
  event: AsyncEvent<{ readonly place: string; readonly number: number }>,
): Promise<void> {
  const { place, number } = event.body;
  await kvs.entity('visit').set(`${place}:${number}`, { place, count: number });
  await kvs.set(`visit:${number}`, { at: Date.now(), iso: new Date().toISOString() });
}

interface Scenario {
  readonly kind: 'ask' | 'ask-wrongly' | 'throw' | 'throw-always' | 'hang' | 'chain' | 'record';
  readonly name?: string;
  readonly [property: string]: unknown;
}

export async function consumeScenario(event: AsyncEvent<Scenario>): Promise<unknown> {
  const { kind, name = kind } = event.body;
  const tries = [...((await kvs.get<readonly unknown[]>(`tries:${name}`)) ?? []), event.retryContext ?? null];
  await kvs.set(`tries:${name}`, tries);
  switch (kind) {
    case 'ask':
      return tries.length > 2
        ? undefined
        : new InvocationError({
            retryAfter: 300,
            retryReason: InvocationErrorCode.FUNCTION_UPSTREAM_RATE_LIMITED,
            retryData: { tries: tries.length },
          });
    case 'ask-wrongly':
      return tries.length > 1
        ? undefined
        : new InvocationError({
            retryAfter: 1,
            retryReason: InvocationErrorCode.FUNCTION_RETRY_REQUEST,
            retryData: { much: 'x'.repeat(5_000) },
          });
    case 'throw':
      if (tries.length < 4) throw new Error('not yet');
      return undefined;
    case 'throw-always':
      throw new Error('never');
    case 'hang':
      // The test kills the process here; the second delivery ends.
      if (tries.length === 1) await new Promise(() => setInterval(() => undefined, 1_000));
      return undefined;
    case 'chain':
      await new Queue({ key: 'scenarios' }).push({ body: event.body });
      return undefined;
    case 'record':
      return undefined;
  }
}

/** Does not come to its end the first time. */
export async function consumeImpatiently(event: AsyncEvent): Promise<void> {
  if (event.retryContext !== undefined) {
    await kvs.set('impatient', event.retryContext);
    return;
  }
  console.log('process', process.pid);
  await new Promise(() => setInterval(() => undefined, 1_000));
}

/** Uses more memory than it has, the first time. */
export async function consumeMemory(event: AsyncEvent): Promise<void> {
  if (event.retryContext !== undefined) {
    await kvs.set('small', event.retryContext);
    return;
  }
  const kept: unknown[] = [];
  for (;;) kept.push(new Array(100_000).fill(kept.length));
}
