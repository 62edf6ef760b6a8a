/** Get, set and delete of one key: of the Key-Value Store, of the secrets and of custom entities alike. */
import { keyConflict, type StoreAnswer } from './answers';
import { byteLength, found } from './keys-and-limits';
import type { MetadataFields, SetBody } from './requests';
import { rowAnswer, writeTo, type Place, type StoreServices } from './services';

/** Answers the live row of a place; strictly consistent. */
export function getRow(
  services: StoreServices,
  place: Place,
  fields: MetadataFields | undefined,
): StoreAnswer {
  const row = services.rows.get(place.space, place.key);
  const bytes = row === undefined ? 0 : byteLength(row.json);
  services.bandwidth.read(place, bytes);
  services.meter.read(bytes);
  return { status: 200, body: rowAnswer(found(row), fields) };
}

/** Writes a value: the last write wins, unless the request asks to fail where the key exists. */
export function setRow(services: StoreServices, place: Place, body: SetBody): StoreAnswer {
  const { options } = body;
  const write = writeTo(services, place, body.value, options?.ttl);
  services.bandwidth.write(place, write.bytes);
  services.meter.write(write.bytes);
  return services.rows.transaction(() => {
    const previous = services.rows.get(place.space, place.key);
    if (options?.keyPolicy === 'FAIL_IF_EXISTS' && previous !== undefined) {
      throw keyConflict();
    }
    const latest = services.rows.put(place.space, place.key, write.json, write.expiresAt);
    const returned =
      options?.returnValue === 'PREVIOUS' ? previous : options?.returnValue === 'LATEST' ? latest : undefined;
    return returned === undefined
      ? { status: 204 }
      : { status: 200, body: rowAnswer(returned, options?.returnMetadataFields) };
  });
}

/** Deletes a row. */
export function deleteRow(services: StoreServices, place: Place): StoreAnswer {
  services.meter.write(0);
  found(services.rows.get(place.space, place.key));
  services.rows.delete(place.space, place.key);
  return { status: 204 };
}
