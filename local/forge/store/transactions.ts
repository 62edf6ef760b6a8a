/** Transactions: up to 25 sets, deletes and checks, written together or not at all. */
import type { z } from 'zod';
import { StoreRefusal, conditionalCheckFailed, unprocessable, type StoreAnswer } from './answers';
import { refuseDuplicates } from './batches';
import { predicateOf, type ConditionsBody, type Predicate } from './conditions';
import { LIMITS } from './keys-and-limits';
import type { transactionBody } from './requests';
import { placeOf, writeTo, type Place, type StoreServices } from './services';

interface Guard extends Place {
  readonly holds: Predicate;
}

/** Tests every condition against the state before the transaction, then applies all sets and deletes. */
export function transact(services: StoreServices, body: z.infer<typeof transactionBody>): StoreAnswer {
  const { set = [], delete: deletions = [], check = [] } = body;
  const operations = [...set, ...deletions, ...check];
  if (operations.length === 0) {
    throw invalidTransaction('A transaction needs at least one operation.');
  }
  if (operations.length > LIMITS.transactionOperations) {
    throw unprocessable(
      `A transaction may hold ${LIMITS.transactionOperations} operations, not ${operations.length}.`,
    );
  }
  refuseDuplicates(operations);
  const writes = set.map((item) => writeTo(services, placeOf(services, item), item.value, item.options?.ttl));
  const gone = deletions.map((item) => placeOf(services, item));
  const guards = operations.flatMap(({ conditions, ...item }) =>
    conditions === undefined ? [] : [guardOf(placeOf(services, item), conditions)],
  );
  const bytes = writes.reduce((total, write) => total + write.bytes, 0);
  if (bytes > LIMITS.requestBytes) {
    throw new StoreRefusal(
      400,
      'MAX_SIZE',
      `A transaction may hold ${LIMITS.requestBytes} bytes of values, not ${bytes}.`,
    );
  }
  for (const write of writes) services.bandwidth.write(write, write.bytes);
  services.meter.write(bytes);
  services.rows.transaction(() => {
    if (!guards.every((guard) => passes(services, guard))) {
      throw conditionalCheckFailed();
    }
    for (const { space, key, json, expiresAt } of writes) {
      services.rows.put(space, key, json, expiresAt);
    }
    for (const { space, key } of gone) {
      services.rows.delete(space, key);
    }
  });
  return { status: 204 };
}

/** Conditions compare attributes, so only a row of an entity can carry them. */
function guardOf(place: Place, conditions: ConditionsBody): Guard {
  if (place.entity === null) {
    throw invalidTransaction(
      `Key ${place.key} belongs to no entity; only rows of custom entities can carry conditions.`,
    );
  }
  return { ...place, holds: predicateOf(place.entity, conditions) };
}

/** A condition on a missing row fails, whatever it asks. */
function passes(services: StoreServices, guard: Guard): boolean {
  const row = services.rows.get(guard.space, guard.key);
  return row !== undefined && guard.holds(JSON.parse(row.json) as Readonly<Record<string, unknown>>);
}

function invalidTransaction(message: string): StoreRefusal {
  return new StoreRefusal(400, 'INVALID_TRANSACTION_REQUEST', message);
}
