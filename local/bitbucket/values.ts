/** Small questions about JSON values: is it an object, what stands at a path, which instant does a text name. */
import type { Json, JsonObject } from './workspace-source';

/** Whether a value from outside is a JSON object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a JSON list. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The text of a property, or `null` where it is absent or something else. */
export function textOf(value: JsonObject, name: string): string | null {
  const found = value[name];
  return typeof found === 'string' ? found : null;
}

/** The object in a property, or `null` where it is absent or something else. */
export function objectOf(value: JsonObject, name: string): JsonObject | null {
  const found = value[name];
  return isJsonObject(found) ? found : null;
}

/**
 * Every value at a dotted path. A list on the way, or at the end, contributes each of its elements; an absent property
 * contributes nothing.
 */
export function valuesAt(value: Json, path: readonly string[]): readonly Json[] {
  let found: readonly Json[] = [value];
  for (const name of path) {
    found = found.flatMap((each) => {
      if (!isJsonObject(each)) return [];
      const next = each[name];
      if (next === undefined) return [];
      return isJsonList(next) ? next : [next];
    });
  }
  return found;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d+))?(Z|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The instant an ISO 8601 text names, in microseconds since 1970 (Bitbucket sends six decimals); a text without a zone
 * is taken as UTC. `null` where the text is not an instant.
 */
export function microsecondsOf(text: string): number | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [, day = '', time = '00:00', fraction = '', zone = 'Z'] = match;
  const milliseconds = Date.parse(`${day}T${time}${zone}`);
  if (Number.isNaN(milliseconds)) return null;
  return milliseconds * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
