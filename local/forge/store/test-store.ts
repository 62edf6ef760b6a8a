/** A store in memory behind the published `@forge/kvs`, with the entities and the clock that the store's tests share. */
import { ForgeKvsAPIError } from '@forge/kvs';
import { openDatabase } from '../database';
import type { EntityDefinition } from './entity-schema';
import { ForgeStore } from './forge-store';
import { connectForgeStore } from './testing';

/** Instant at which the test clock starts: 2026-01-01T00:00:00Z in milliseconds. */
export const START = Date.UTC(2026, 0, 1);

/** Entities with every attribute type and every form of index. */
export const ENTITIES: readonly EntityDefinition[] = [
  {
    name: 'visit',
    attributes: {
      place: { type: 'string' },
      state: { type: 'string' },
      at: { type: 'integer' },
      score: { type: 'float' },
      open: { type: 'boolean' },
      detail: { type: 'any' },
    },
    indexes: [
      'score',
      { name: 'by-place', partition: ['place'], range: ['at'] },
      { name: 'by-place-state', partition: ['place', 'state'], range: ['at'] },
      { name: 'by-at-place', partition: ['at'], range: ['place'] },
    ],
  },
  { name: 'other', attributes: { place: { type: 'string' } } },
];

/** A row of the entity `visit`. */
export interface Visit {
  readonly place?: string;
  readonly state?: string;
  readonly at?: number;
  readonly score?: number;
  readonly open?: boolean;
  readonly detail?: unknown;
}

/** A clock that stands still until it is moved, in milliseconds. */
export interface TestClock {
  time: number;
  now(): number;
}

/** One connected store of a test. */
export interface TestStore {
  readonly store: ForgeStore;
  readonly clock: TestClock;
  disconnect(): void;
}

/** Opens an empty store in memory and connects the SDK of this process to it. */
export function openTestStore(options: { readonly enforceRates?: boolean } = {}): TestStore {
  const clock: TestClock = { time: START, now: () => clock.time };
  const database = openDatabase(':memory:');
  const store = new ForgeStore({ database, entities: ENTITIES, clock, ...options });
  const disconnect = connectForgeStore(store);
  return {
    store,
    clock,
    disconnect: () => {
      disconnect();
      database.close();
    },
  };
}

/** Status and code of the error with which the SDK rejects, as `409 KEY_CONFLICT`; fails when it does not. */
export async function refusalOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
  } catch (error) {
    if (error instanceof ForgeKvsAPIError) {
      return `${error.responseDetails.status} ${error.code}`;
    }
    throw error;
  }
  throw new Error('The store accepted the request.');
}
