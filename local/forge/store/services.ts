/** What every operation of the store works with, and the finding of the row that a request means. */
import type { Bandwidth } from './bandwidth';
import type { CursorSeal } from './cursors';
import type { Entity, EntityCatalogue } from './entity-schema';
import { byteLength, checkKey, checkedJson, expiryOf, type TimeToLive } from './keys-and-limits';
import type { QueryView } from './query-view';
import type { UsageMeter } from './rates';
import type { MetadataFields } from './requests';
import type { Row, RowTable, Space } from './rows';

/** The parts of one store. */
export interface StoreServices {
  readonly rows: RowTable;
  /** The rows as queries see them. */
  readonly view: QueryView;
  readonly catalogue: EntityCatalogue;
  readonly meter: UsageMeter;
  readonly bandwidth: Bandwidth;
  readonly cursors: CursorSeal;
  readonly clock: { now(): number };
}

/** The row that an item of a request means. */
export interface Place {
  readonly space: Space;
  readonly key: string;
  /** `null` for a plain key or a secret. */
  readonly entity: Entity | null;
}

/** A checked write, ready to be stored. */
export interface Write extends Place {
  readonly json: string;
  readonly bytes: number;
  readonly expiresAt: number | null;
}

/** A key with the entity it belongs to, as requests name it. */
export interface ItemKey {
  readonly key: string;
  readonly entityName?: string | undefined;
}

/** Finds the row of an item of a batch or transaction, where plain keys and entities may be mixed. */
export function placeOf(services: StoreServices, item: ItemKey): Place {
  return item.entityName === undefined
    ? plainPlace('kvs', item.key)
    : entityPlace(services, item.entityName, item.key);
}

/** Checks a plain key or the key of a secret. */
export function plainPlace(space: 'kvs' | 'secret', key: string): Place {
  checkKey(key, 'KEY_TOO_SHORT');
  return { space, key, entity: null };
}

/** Checks the name of an entity and the key of its row. */
export function entityPlace(services: StoreServices, entityName: string, key: string): Place {
  const entity = services.catalogue.get(entityName);
  checkKey(key, 'EMPTY_KEY');
  return { space: `entity:${entity.name}`, key, entity };
}

/** Checks everything about a value that is to be written to a place. */
export function writeTo(
  services: StoreServices,
  place: Place,
  value: unknown,
  timeToLive?: TimeToLive,
): Write {
  const json = checkedJson(value);
  place.entity?.checkValue(value);
  return { ...place, json, bytes: byteLength(json), expiresAt: expiryOf(timeToLive, services.clock.now()) };
}

/** A row as the service answers it, with the metadata that was asked for: instants in milliseconds, expiry in ISO 8601. */
export function rowAnswer(row: Row, fields: MetadataFields = []): Readonly<Record<string, unknown>> {
  return {
    key: row.key,
    value: JSON.parse(row.json) as unknown,
    ...(fields.includes('CREATED_AT') && { createdAt: row.createdAt }),
    ...(fields.includes('UPDATED_AT') && { updatedAt: row.updatedAt }),
    ...(fields.includes('EXPIRE_TIME') &&
      row.expiresAt !== null && { expireTime: new Date(row.expiresAt).toISOString() }),
  };
}
