/** Batches: up to 25 keys in one request, best effort, with the failures named one by one. */
import type { z } from 'zod';
import { StoreRefusal, duplicateKey, invalidRequest, type StoreAnswer, type StoreErrorBody } from './answers';
import { LIMITS, byteLength, found } from './keys-and-limits';
import type { batchDeleteBody, batchGetBody, batchSetBody } from './requests';
import { placeOf, rowAnswer, writeTo, type ItemKey, type StoreServices } from './services';

type Outcome<Result> =
  | { readonly item: ItemKey; readonly result: Result }
  | { readonly item: ItemKey; readonly error: StoreErrorBody };

/** Reads each key; a missing one is among the failed with `KEY_NOT_FOUND`. */
export function batchGet(services: StoreServices, items: z.infer<typeof batchGetBody>): StoreAnswer {
  refuseWhole(items, 'get');
  const outcomes = items.map((item) =>
    attempt(item, () => {
      const place = placeOf(services, item);
      const row = found(services.rows.get(place.space, place.key));
      services.bandwidth.read(place, byteLength(row.json));
      return { row, fields: item.options?.metadataFields };
    }),
  );
  services.meter.read(sum(outcomes, ({ row }) => byteLength(row.json)));
  return answer(outcomes, ({ row, fields }) => rowAnswer(row, fields));
}

/** Writes each value; an item that Forge would not take fails alone. */
export function batchSet(services: StoreServices, items: z.infer<typeof batchSetBody>): StoreAnswer {
  refuseWhole(items, 'set');
  const bytes = items.reduce(
    (total, { value }) => total + (value === undefined ? 0 : byteLength(JSON.stringify(value))),
    0,
  );
  if (bytes > LIMITS.requestBytes) {
    throw new StoreRefusal(
      400,
      'MAX_SIZE',
      `A batch may hold ${LIMITS.requestBytes} bytes of values, not ${bytes}.`,
    );
  }
  const outcomes = items.map((item) =>
    attempt(item, () => {
      const write = writeTo(services, placeOf(services, item), item.value, item.options?.ttl);
      services.bandwidth.write(write, write.bytes);
      return write;
    }),
  );
  services.meter.write(sum(outcomes, (write) => write.bytes));
  services.rows.transaction(() => {
    for (const { space, key, json, expiresAt } of successes(outcomes)) {
      services.rows.put(space, key, json, expiresAt);
    }
  });
  return answer(outcomes, () => ({}));
}

/** Deletes each key; a missing one counts as deleted. */
export function batchDelete(services: StoreServices, items: z.infer<typeof batchDeleteBody>): StoreAnswer {
  refuseWhole(items, 'delete');
  const outcomes = items.map((item) => attempt(item, () => placeOf(services, item)));
  services.meter.write(0);
  services.rows.transaction(() => {
    for (const { space, key } of successes(outcomes)) {
      services.rows.delete(space, key);
    }
  });
  return answer(outcomes, () => ({}));
}

/** An empty list, too many keys or a key named twice fails the whole batch. */
function refuseWhole(items: readonly ItemKey[], verb: 'get' | 'set' | 'delete'): void {
  if (items.length === 0) {
    throw invalidRequest('A batch needs at least one key.');
  }
  if (items.length > LIMITS.batchKeys) {
    throw new StoreRefusal(
      400,
      'TOO_MANY_BATCH_ENTITIES',
      `Number of entities to ${verb} was ${items.length}, but you can only ${verb} a maximum of ${LIMITS.batchKeys} entities at a time.`,
    );
  }
  refuseDuplicates(items);
}

/** Refuses a key that is named twice for the same store or entity. */
export function refuseDuplicates(items: readonly ItemKey[]): void {
  const seen = new Set<string>();
  for (const { key, entityName } of items) {
    const identity = JSON.stringify([entityName ?? null, key]);
    if (seen.has(identity)) {
      throw duplicateKey(key);
    }
    seen.add(identity);
  }
}

function attempt<Result>(item: ItemKey, work: () => Result): Outcome<Result> {
  try {
    return { item, result: work() };
  } catch (error) {
    if (error instanceof StoreRefusal) {
      return { item, error: error.body() };
    }
    throw error;
  }
}

function successes<Result>(outcomes: readonly Outcome<Result>[]): readonly Result[] {
  return outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
}

function sum<Result>(outcomes: readonly Outcome<Result>[], bytesOf: (result: Result) => number): number {
  return successes(outcomes).reduce((total, result) => total + bytesOf(result), 0);
}

function answer<Result>(
  outcomes: readonly Outcome<Result>[],
  describe: (result: Result) => Readonly<Record<string, unknown>>,
): StoreAnswer {
  return {
    status: 200,
    body: {
      successfulKeys: outcomes.flatMap((outcome) =>
        'result' in outcome ? [{ ...named(outcome.item), ...describe(outcome.result) }] : [],
      ),
      failedKeys: outcomes.flatMap((outcome) =>
        'error' in outcome ? [{ ...named(outcome.item), error: outcome.error }] : [],
      ),
    },
  };
}

function named({ key, entityName }: ItemKey): ItemKey {
  return entityName === undefined ? { key } : { key, entityName };
}
