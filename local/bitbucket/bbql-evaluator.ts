/** Turns a parsed filter or a `sort` into functions over raw Bitbucket objects. */
import { FilterError, type Filter, type Literal, type Operator } from './bbql-parser';
import type { FieldType, QueryableFields } from './queryable-fields';
import { microsecondsOf, valuesAt } from './values';
import type { Json, JsonObject } from './workspace-source';

/** Whether something passes a filter. */
export type Predicate<T> = (thing: T) => boolean;

export type Comparable = string | number | boolean | null;

function comparable(value: Json, type: FieldType): Comparable {
  if (type === 'instant') return typeof value === 'string' ? microsecondsOf(value) : null;
  return typeof value === 'object' ? null : value;
}

function typeOf(fields: QueryableFields, field: string): FieldType {
  const type = fields.get(field);
  if (type !== undefined) return type;
  throw new FilterError(`Invalid query: the field ${JSON.stringify(field)} cannot be queried here.`);
}

/** The literal as a value of the field's type; quoted instants are instants too. */
function literalValue(literal: Literal, type: FieldType, field: string): Comparable {
  if (literal.kind === 'null') return null;
  if (type === 'instant' && (literal.kind === 'text' || literal.kind === 'instant')) {
    const instant = microsecondsOf(literal.value);
    if (instant !== null) return instant;
  }
  if (literal.kind === type) return literal.value;
  throw new FilterError(`Invalid query: ${field} is of type ${type} and cannot be compared with that value.`);
}

/** `null` is neither above nor below anything. */
function orderOf(left: Comparable, right: Comparable): number | null {
  if (left === null || right === null || typeof left !== typeof right) return null;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function contains(value: Comparable, part: Comparable): boolean {
  return typeof value === 'string' && value.toLowerCase().includes(String(part).toLowerCase());
}

const ORDERED: Readonly<Partial<Record<Operator, (order: number) => boolean>>> = {
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
};

/**
 * How a field is read: whether a thing has a value in it that passes. A field may hold several values (reviewers): one
 * that fits is enough, and a negation wants none.
 */
export type Reader<T> = (
  field: string,
  type: FieldType,
) => (thing: T, test: (value: Comparable) => boolean) => boolean;

const fromJson: Reader<JsonObject> = (field, type) => {
  const path = field.split('.');
  return (object, test) => {
    const found = valuesAt(object, path);
    return found.length === 0 ? test(null) : found.some((value) => test(comparable(value, type)));
  };
};

function comparison<T>(
  fields: QueryableFields,
  { field, operator, literal }: Extract<Filter, { readonly kind: 'comparison' }>,
  reader: Reader<T>,
): Predicate<T> {
  const type = typeOf(fields, field);
  const wanted = literalValue(literal, type, field);
  const hasValue = reader(field, type);
  if (operator === '=' || operator === '!=') {
    const isEqual = operator === '=';
    return (thing) => hasValue(thing, (value) => value === wanted) === isEqual;
  }
  if (operator === '~' || operator === '!~') {
    if (type !== 'text' || wanted === null) {
      throw new FilterError(
        `Invalid query: ${operator} looks for a text in a text, and ${field} is ${type}.`,
      );
    }
    const holds = operator === '~';
    return (thing) => hasValue(thing, (value) => contains(value, wanted)) === holds;
  }
  const fits = ORDERED[operator];
  if (wanted === null || fits === undefined) {
    throw new FilterError(`Invalid query: ${field} cannot be ordered against null.`);
  }
  const test = (value: Comparable): boolean => {
    const order = orderOf(value, wanted);
    return order !== null && fits(order);
  };
  return (thing) => hasValue(thing, test);
}

/**
 * The predicate of a filter over the given fields of raw objects.
 *
 * @throws {FilterError} for a field that cannot be queried, or a value of another type than the field.
 */
export function predicateOf(filter: Filter, fields: QueryableFields): Predicate<JsonObject> {
  return predicateBy(filter, fields, fromJson);
}

/** As `predicateOf`, over whatever the reader reads fields of. */
export function predicateBy<T>(filter: Filter, fields: QueryableFields, reader: Reader<T>): Predicate<T> {
  switch (filter.kind) {
    case 'and': {
      const parts = filter.parts.map((part) => predicateBy(part, fields, reader));
      return (thing) => parts.every((part) => part(thing));
    }
    case 'or': {
      const parts = filter.parts.map((part) => predicateBy(part, fields, reader));
      return (thing) => parts.some((part) => part(thing));
    }
    case 'membership': {
      const type = typeOf(fields, filter.field);
      const wanted = filter.literals.map((literal) => literalValue(literal, type, filter.field));
      const hasValue = reader(filter.field, type);
      return (thing) => hasValue(thing, (value) => wanted.includes(value)) !== filter.negated;
    }
    case 'comparison':
      return comparison(fields, filter, reader);
  }
}

/** The fields that a filter looks at. */
export function fieldsOf(filter: Filter): readonly string[] {
  return 'parts' in filter ? filter.parts.flatMap(fieldsOf) : [filter.field];
}

/** Puts things in order by the objects they stand for, without changing the list. */
export type Sorter = <T>(things: readonly T[], objectOf: (thing: T) => JsonObject) => readonly T[];

/**
 * The order of a `sort` parameter: one field, descending with a leading `-`; objects without the field stand last, and
 * equal ones stay as they were.
 *
 * @throws {FilterError} for a field that cannot be sorted by.
 */
export function sorterOf(sort: string, fields: QueryableFields): Sorter {
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  const type = fields.get(field);
  if (type === undefined) {
    throw new FilterError(`Invalid sort: the field ${JSON.stringify(field)} cannot be sorted by here.`);
  }
  const path = field.split('.');
  return (things, objectOf) =>
    things
      .map((thing) => ({ thing, key: comparable(valuesAt(objectOf(thing), path)[0] ?? null, type) }))
      .sort(({ key: left }, { key: right }) => {
        if (left === null || right === null) return Number(left === null) - Number(right === null);
        const order = orderOf(left, right) ?? 0;
        return descending ? -order : order;
      })
      .map(({ thing }) => thing);
}
