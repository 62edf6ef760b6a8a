/** Cuts lists into Bitbucket's pages, in the four forms its endpoints use. */
import { badRequest } from './errors';
import type { Json, JsonObject } from './workspace-source';

/** A list whose elements are fetched when a page needs them. */
export interface Elements {
  readonly length: number;
  at(index: number): JsonObject;
}

/**
 * - `numbered`: `?page=2`, with `size`, `page`, `next` and `previous`; a page past the end is empty.
 * - `sequence`: an opaque `?page=`, with `page` and no `size`; a page past the end is refused (a pull request's commits).
 * - `history`: `?ctx=…&page=2`, no `size`, no `page`; new elements in front do not move it (the commit list).
 * - `log`: `?ctx=…`, neither `size` nor `page`; new elements in front do not move it (activity).
 */
export type PageForm = 'numbered' | 'sequence' | 'history' | 'log';

/** How an endpoint pages: its form, the page length without `pagelen`, and the longest it allows. */
export interface Paging {
  readonly form: PageForm;
  readonly standard: number;
  readonly most: number;
}

/** A list in memory as elements. */
export function elementsOf(values: readonly JsonObject[]): Elements {
  return {
    length: values.length,
    at(index) {
      const value = values[index];
      if (value === undefined) throw new RangeError(`The list has no element ${index}.`);
      return value;
    },
  };
}

const WHOLE_NUMBER = /^[1-9]\d{0,8}$/;

function pageLength(query: URLSearchParams, paging: Paging): number {
  const asked = query.get('pagelen');
  if (asked === null) return paging.standard;
  const length = WHOLE_NUMBER.test(asked) ? Number(asked) : NaN;
  if (!(length <= paging.most)) throw badRequest('Invalid pagelen');
  return length;
}

function encodeCursor(kind: PageForm, value: number): string {
  return Buffer.from(`${kind}:${value.toString(36)}`).toString('base64url');
}

function decodeCursor(kind: PageForm, cursor: string): number {
  const [found, value, ...rest] = Buffer.from(cursor, 'base64url').toString('latin1').split(':');
  if (found !== kind || value === undefined || rest.length > 0 || !/^[0-9a-z]{1,9}$/.test(value)) {
    throw badRequest('Invalid page');
  }
  return parseInt(value, 36);
}

function pageNumber(query: URLSearchParams): number {
  const page = query.get('page') ?? '1';
  if (!WHOLE_NUMBER.test(page)) throw badRequest('Invalid page');
  return Number(page);
}

function valuesOf(elements: Elements, start: number, length: number): readonly Json[] {
  const values: Json[] = [];
  const end = Math.min(elements.length, start + length);
  for (let index = Math.max(0, start); index < end; index += 1) values.push(elements.at(index));
  return values;
}

function linkTo(url: URL, changes: Readonly<Record<string, string>>): string {
  const link = new URL(url);
  for (const [name, value] of Object.entries(changes)) link.searchParams.set(name, value);
  return link.href;
}

function numbered(elements: Elements, length: number, url: URL): JsonObject {
  const page = pageNumber(url.searchParams);
  const start = (page - 1) * length;
  return {
    pagelen: length,
    size: elements.length,
    values: valuesOf(elements, start, length),
    page,
    ...(start + length < elements.length ? { next: linkTo(url, { page: String(page + 1) }) } : {}),
    ...(page > 1 ? { previous: linkTo(url, { page: String(page - 1) }) } : {}),
  };
}

function sequence(elements: Elements, length: number, url: URL): JsonObject {
  const given = url.searchParams.get('page') ?? '1';
  const page = WHOLE_NUMBER.test(given) ? Number(given) : decodeCursor('sequence', given);
  const start = (page - 1) * length;
  if (page < 1 || (page > 1 && start >= elements.length)) throw badRequest('Invalid page');
  return {
    pagelen: length,
    values: valuesOf(elements, start, length),
    page,
    ...(start + length < elements.length
      ? { next: linkTo(url, { page: encodeCursor('sequence', page + 1) }) }
      : {}),
  };
}

/** The cursor is the length of the list when the walk began, so that later elements in front are skipped. */
function history(elements: Elements, length: number, url: URL): JsonObject {
  const cursor = url.searchParams.get('ctx');
  const total = cursor === null ? elements.length : decodeCursor('history', cursor);
  const page = pageNumber(url.searchParams);
  const start = Math.max(0, elements.length - total) + (page - 1) * length;
  const next = { ctx: encodeCursor('history', total), page: String(page + 1) };
  return {
    pagelen: length,
    values: valuesOf(elements, start, length),
    ...(start + length < elements.length ? { next: linkTo(url, next) } : {}),
  };
}

/** The cursor is the number of elements still to come, so that later elements in front are skipped. */
function log(elements: Elements, length: number, url: URL): JsonObject {
  const cursor = url.searchParams.get('ctx');
  const toCome = cursor === null ? elements.length : decodeCursor('log', cursor);
  const start = Math.max(0, elements.length - toCome);
  const left = elements.length - start - length;
  return {
    pagelen: length,
    values: valuesOf(elements, start, length),
    ...(left > 0 ? { next: linkTo(url, { ctx: encodeCursor('log', left) }) } : {}),
  };
}

const FORMS = { numbered, sequence, history, log };

/**
 * The page of a list that a URL asks for; `next` and `previous` keep its origin and query.
 *
 * @throws {Refused} 400 for a `pagelen` or page that Bitbucket does not take.
 */
export function pageOf(elements: Elements, paging: Paging, url: URL): JsonObject {
  return FORMS[paging.form](elements, pageLength(url.searchParams, paging), url);
}
