/** Queries by key prefix and by the indexes of custom entities, page by page. */
import type { z } from 'zod';
import type { DatabaseValue } from '../database';
import { StoreRefusal, invalidRequest, type StoreAnswer } from './answers';
import { checkOperandCount, checkOperands, predicateOf, type Operator, type Predicate } from './conditions';
import type { Position } from './cursors';
import { KEY_INDEX, comparable, partitionKey, type Entity } from './entity-schema';
import { LIMITS, byteLength } from './keys-and-limits';
import type { MetadataFields, entityQueryBody, queryBody } from './requests';
import type { Row } from './rows';
import { rowAnswer, type StoreServices } from './services';

type EntityQuery = z.infer<typeof entityQueryBody>;

interface Sql {
  readonly text: string;
  readonly values: readonly DatabaseValue[];
}

interface Page {
  /** Everything but page size and cursor: a cursor is good for this query only. */
  readonly query: unknown;
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  readonly fields: MetadataFields | undefined;
  readonly filter: Predicate | null;
  /** The value of an index that is read; `null` of plain keys, which have none. */
  readonly indexValue: string | null;
  /** Reads up to `limit` rows after a position. */
  read(after: Position | null, limit: number): readonly Row[];
  positionOf(row: Row): Position;
}

/** Plain keys in lexicographic order, all or those with one prefix. */
export function queryKeys(services: StoreServices, body: z.infer<typeof queryBody>): StoreAnswer {
  const prefix = body.where?.[0]?.values[0];
  const where = prefix === undefined ? EVERYTHING : rangeSql('row.key', 'BEGINS_WITH', [prefix]);
  return answerPage(services, {
    query: { prefix },
    limit: body.limit,
    cursor: body.after,
    fields: body.options?.metadataFields,
    filter: null,
    indexValue: null,
    read: (after, limit) => {
      const all = joined(where, afterKey(after, false));
      return services.view.rows().byKey('kvs', all.text, all.values, false, limit);
    },
    positionOf: (row) => [row.key, row.key],
  });
}

/** Rows of an entity in the order of one index. Filters work on the page that was read, so a page may come back empty. */
export function queryEntity(services: StoreServices, body: EntityQuery): StoreAnswer {
  const entity = services.catalogue.get(body.entityName);
  const descending = body.sort === 'DESC';
  const { entityName, indexName, partition = [], range, filters } = body;
  const page = {
    query: { entityName, indexName, partition, range, filters, descending },
    limit: body.limit,
    cursor: body.cursor,
    fields: body.options?.metadataFields ?? body.metadataFields,
    filter: filters === undefined ? null : predicateOf(entity, filters),
    indexValue: JSON.stringify([entityName, indexName, partition]),
  };
  return answerPage(services, {
    ...page,
    ...(indexName === KEY_INDEX
      ? keyIndexReader(services, entity, body, descending)
      : indexReader(services, entity, body, descending)),
  });
}

function keyIndexReader(
  services: StoreServices,
  entity: Entity,
  { partition = [], range }: EntityQuery,
  descending: boolean,
): Pick<Page, 'read' | 'positionOf'> {
  if (partition.length > 0) {
    throw invalidRequest(`The index ${KEY_INDEX} has no partition.`);
  }
  if (range !== undefined) {
    checkOperandCount(range.condition, range.values);
    if (range.values.some((value) => typeof value !== 'string')) {
      throw invalidRequest(`The index ${KEY_INDEX} compares strings.`);
    }
  }
  const where = range === undefined ? EVERYTHING : rangeSql('row.key', range.condition, range.values);
  return {
    read: (after, limit) => {
      const all = joined(where, afterKey(after, descending));
      return services.view.rows().byKey(`entity:${entity.name}`, all.text, all.values, descending, limit);
    },
    positionOf: (row) => [row.key, row.key],
  };
}

function indexReader(
  services: StoreServices,
  entity: Entity,
  { indexName, partition = [], range }: EntityQuery,
  descending: boolean,
): Pick<Page, 'read' | 'positionOf'> {
  const index = entity.index(indexName);
  if (partition.length !== index.partition.length) {
    throw invalidRequest(
      `Index ${index.name} needs ${index.partition.length} partition value(s), not ${partition.length}.`,
    );
  }
  index.partition.forEach((attribute, at) => entity.checkAttribute(attribute, partition[at]));
  if (range !== undefined) {
    checkOperands(entity, index.range, range.condition, range.values);
  }
  const where =
    range === undefined ? EVERYTHING : rangeSql('entry.range_value', range.condition, range.values);
  const place = {
    space: `entity:${entity.name}`,
    index: index.name,
    partition: partitionKey(partition),
  } as const;
  return {
    read: (after, limit) => {
      const all = joined(where, afterEntry(after, descending));
      return services.view.rows().byIndex(place, all.text, all.values, descending, limit);
    },
    positionOf: (row) => [comparable(valueOf(row)[index.range]) ?? '', row.key],
  };
}

function answerPage(services: StoreServices, page: Page): StoreAnswer {
  const limit = page.limit ?? LIMITS.defaultPage;
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMITS.largestPage) {
    throw new StoreRefusal(
      400,
      'COMPLEX_QUERY_PAGE_LIMIT_NOT_IN_RANGE',
      `The page limit must be set between 1 and ${LIMITS.largestPage}.`,
    );
  }
  const after = page.cursor === undefined ? null : services.cursors.open(page.query, page.cursor);
  const rows = page.read(after, limit + 1);
  const read = rows.slice(0, limit);
  const bytes = read.reduce((sum, row) => sum + byteLength(row.json), 0);
  if (page.indexValue !== null) services.bandwidth.query(page.indexValue, bytes);
  services.meter.read(bytes);
  const { filter } = page;
  const kept = filter === null ? read : read.filter((row) => filter(valueOf(row)));
  const last = read.at(-1);
  return {
    status: 200,
    body: {
      data: kept.map((row) => rowAnswer(row, page.fields)),
      ...(last !== undefined &&
        rows.length > limit && { cursor: services.cursors.seal(page.query, page.positionOf(last)) }),
    },
  };
}

const EVERYTHING: Sql = { text: '', values: [] };

function joined(...parts: readonly Sql[]): Sql {
  return { text: parts.map((part) => part.text).join(' '), values: parts.flatMap((part) => part.values) };
}

function afterKey(after: Position | null, descending: boolean): Sql {
  return after === null
    ? EVERYTHING
    : { text: `and row.key ${descending ? '<' : '>'} ?`, values: [after[1]] };
}

function afterEntry(after: Position | null, descending: boolean): Sql {
  return after === null
    ? EVERYTHING
    : { text: `and (entry.range_value, entry.key) ${descending ? '<' : '>'} (?, ?)`, values: after };
}

const COMPARISONS = {
  EQUAL_TO: '=',
  GREATER_THAN: '>',
  GREATER_THAN_EQUAL_TO: '>=',
  LESS_THAN: '<',
  LESS_THAN_EQUAL_TO: '<=',
} as const;

/** A condition on one column as SQL that SQLite answers from its index. */
function rangeSql(
  column: 'row.key' | 'entry.range_value',
  operator: Exclude<Operator, 'CONTAINS' | 'NOT_CONTAINS' | 'NOT_EQUAL_TO' | 'EXISTS' | 'NOT_EXISTS'>,
  operands: readonly unknown[],
): Sql {
  const values = operands.map((operand) => comparable(operand) ?? null);
  const [first = null, second = null] = values;
  switch (operator) {
    case 'BEGINS_WITH':
      // No UTF-8 text holds the byte ff, so every text with the prefix sorts below prefix + ff and nothing else does.
      return { text: `and ${column} >= ? and ${column} < ? || cast(x'ff' as text)`, values: [first, first] };
    case 'BETWEEN':
      return { text: `and ${column} between ? and ?`, values: [first, second] };
    case 'EQUAL_TO':
    case 'GREATER_THAN':
    case 'GREATER_THAN_EQUAL_TO':
    case 'LESS_THAN':
    case 'LESS_THAN_EQUAL_TO':
      return { text: `and ${column} ${COMPARISONS[operator]} ?`, values: [first] };
  }
}

/** The value of a row of an entity, which was checked to be an object when it was written. */
function valueOf(row: Row): Readonly<Record<string, unknown>> {
  return JSON.parse(row.json) as Readonly<Record<string, unknown>>;
}
