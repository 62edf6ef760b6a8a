/** Conditions on attributes: checked against the entity's schema once, then tested against values in memory. */
import { z } from 'zod';
import { StoreRefusal, invalidRequest, unprocessable } from './answers';
import { comparable, type Entity } from './entity-schema';
import { LIMITS } from './keys-and-limits';

/** What a query may ask of the range attribute of its index. */
export const rangeOperator = z.enum([
  'BEGINS_WITH',
  'BETWEEN',
  'EQUAL_TO',
  'GREATER_THAN',
  'GREATER_THAN_EQUAL_TO',
  'LESS_THAN',
  'LESS_THAN_EQUAL_TO',
]);

const filterOperator = z.enum([
  ...rangeOperator.options,
  'CONTAINS',
  'NOT_CONTAINS',
  'NOT_EQUAL_TO',
  'EXISTS',
  'NOT_EXISTS',
]);

const condition = z.strictObject({
  property: z.string(),
  condition: filterOperator,
  values: z.array(z.unknown()).readonly(),
});

/** Filters of a query and conditions of a transaction: all of a list, or any of a list. */
export const conditionsBody = z.strictObject({
  and: z.array(condition).readonly().optional(),
  or: z.array(condition).readonly().optional(),
});

/** Operators of a filter or condition. */
export type Operator = z.infer<typeof filterOperator>;

/** Filters or conditions as the SDK sends them. */
export type ConditionsBody = z.infer<typeof conditionsBody>;

/** Tells whether a value of the entity meets the conditions. */
export type Predicate = (value: Readonly<Record<string, unknown>>) => boolean;

/** Checks conditions against the schema and answers their test. Forge allows 100 conditions in one query. */
export function predicateOf(entity: Entity, body: ConditionsBody): Predicate {
  const { and, or } = body;
  if (and !== undefined && or !== undefined) {
    throw new StoreRefusal(
      400,
      'INVALID_FILTER_OPERATORS_COMBINATION',
      'Filter operators "and" and "or" cannot be present at the same level.',
    );
  }
  const list = and ?? or ?? [];
  if (list.length === 0) {
    throw new StoreRefusal(400, 'EMPTY_FILTER_OPERATOR', 'Filter operators "and" and "or" cannot be empty.');
  }
  if (list.length > LIMITS.conditions) {
    throw invalidRequest(
      `At most ${LIMITS.conditions} conditions are allowed in one query, not ${list.length}.`,
    );
  }
  const tests = list.map(({ property, condition: operator, values }) => {
    checkOperands(entity, property, operator, values);
    return (value: Readonly<Record<string, unknown>>) => meets(value[property], operator, values);
  });
  return and === undefined
    ? (value) => tests.some((test) => test(value))
    : (value) => tests.every((test) => test(value));
}

/** Refuses operands that the attribute's type does not allow. */
export function checkOperands(
  entity: Entity,
  attribute: string,
  operator: Operator,
  values: readonly unknown[],
): void {
  const type = entity.typeOf(attribute);
  if (type === undefined) {
    throw unprocessable(`Entity ${entity.name} declares no attribute "${attribute}" to compare.`);
  }
  if (type === 'any') {
    throw unprocessable(
      `Attribute "${attribute}" of entity ${entity.name} has type any, which cannot be filtered.`,
    );
  }
  checkOperandCount(operator, values);
  if (operator === 'EXISTS' || operator === 'NOT_EXISTS') {
    return;
  }
  if (isTextOperator(operator) && type !== 'string') {
    throw unprocessable(`${operator} compares strings; attribute "${attribute}" has type ${type}.`);
  }
  for (const value of values) {
    if (!(isTextOperator(operator) && typeof value === 'string')) {
      entity.checkAttribute(attribute, value);
    }
  }
}

/** Refuses a list of operands of the wrong length. */
export function checkOperandCount(operator: Operator, values: readonly unknown[]): void {
  const needed = operator === 'BETWEEN' ? 2 : 1;
  if (values.length < needed) {
    throw new StoreRefusal(
      400,
      'INSUFFICIENT_FILTER_VALUES',
      `The specified condition needs at least ${needed} value(s).`,
    );
  }
  if (values.length > needed) {
    throw invalidRequest(`${operator} takes ${needed} value(s), not ${values.length}.`);
  }
}

/** Compares two values of one type as the store orders them: text by its UTF-8 bytes. */
export function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'string' && typeof right === 'string') {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  }
  return Number(left) - Number(right);
}

function isTextOperator(operator: Operator): boolean {
  return operator === 'BEGINS_WITH' || operator === 'CONTAINS' || operator === 'NOT_CONTAINS';
}

/** An absent attribute meets only the negative conditions. */
function meets(held: unknown, operator: Operator, values: readonly unknown[]): boolean {
  const value = comparable(held);
  const operand = comparable(values[0]);
  if (operator === 'EXISTS' || operator === 'NOT_EXISTS') {
    return (held !== undefined) === (operator === 'EXISTS');
  }
  if (value === undefined || operand === undefined) {
    return operator === 'NOT_EQUAL_TO' || operator === 'NOT_CONTAINS';
  }
  switch (operator) {
    case 'BEGINS_WITH':
      return String(value).startsWith(String(operand));
    case 'CONTAINS':
      return String(value).includes(String(operand));
    case 'NOT_CONTAINS':
      return !String(value).includes(String(operand));
    case 'EQUAL_TO':
      return value === operand;
    case 'NOT_EQUAL_TO':
      return value !== operand;
    case 'GREATER_THAN':
      return compareValues(value, operand) > 0;
    case 'GREATER_THAN_EQUAL_TO':
      return compareValues(value, operand) >= 0;
    case 'LESS_THAN':
      return compareValues(value, operand) < 0;
    case 'LESS_THAN_EQUAL_TO':
      return compareValues(value, operand) <= 0;
    case 'BETWEEN': {
      const upper = comparable(values[1]);
      return upper !== undefined && compareValues(value, operand) >= 0 && compareValues(value, upper) <= 0;
    }
  }
}
