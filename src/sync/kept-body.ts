/** What is kept of a message that cannot be read: all of it where it is ids, instants and states only, else nothing. */
import { ID_FORM } from '../facts/forms';

/** The messages of the queues have seven fields at most; a later release's may have some more. */
const MOST_FIELDS = 20;
const MOST_ELEMENTS = 50;

/**
 * The body, to be sent again once the release that knows its form is deployed; `{}` where anything of it may be somebody's
 * text. Only this app sends to its queues, but what it will send is not known here.
 */
export function keptBody(body: unknown): object {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return {};
  const fields = Object.entries(body);
  if (fields.length > MOST_FIELDS) return {};
  return fields.every(([name, value]) => ID_FORM.test(name) && (isPlain(value) || isPlainList(value)))
    ? body
    : {};
}

function isPlainList(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MOST_ELEMENTS && value.every(isPlain);
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'string') return ID_FORM.test(value);
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}
