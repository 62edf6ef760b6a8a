/** Tests of the filter language and of sorting, against plain predicates. */
import fc from 'fast-check';
import { FilterError, parseFilter, type Filter, type Literal, type Operator } from './bbql-parser';
import { predicateOf, sorterOf } from './bbql-evaluator';
import { PULL_REQUEST_FIELDS } from './queryable-fields';
import { account, minute, pullRequest } from './workspace.fixture';
import { textOf } from './values';
import type { JsonObject } from './workspace-source';

function matches(query: string, value: JsonObject): boolean {
  return predicateOf(parseFilter(query), PULL_REQUEST_FIELDS)(value);
}

describe('the filter language of q', () => {
  const merged = pullRequest(1, { updated_on: '2024-01-02T00:00:00.500000+00:00' });

  it.each([
    ['state = "MERGED"', true],
    ['state != "MERGED"', false],
    ['state IN ("OPEN", "MERGED")', true],
    ['state not in ("OPEN", "MERGED")', false],
    ['id >= 1 AND id < 2', true],
    ['id > 1', false],
    ['draft = false', true],
    ['title ~ "CHANGE"', true],
    ['title !~ "change"', false],
    ['closed_by.uuid != null', true],
    ['closed_by.uuid = null', false],
    ['updated_on >= "2024-01-02T01:00:00.500+01:00"', true],
    ['updated_on > 2024-01-02T00:00:00.500000+00:00', false],
    ['updated_on > 2024-01-02', true],
    ['source.branch.name = "feature/1"', true],
    ['reviewers.uuid = "{dora}"', true],
    ['reviewers.uuid != "{dora}"', false],
    ['id = 1 OR id = 2 AND state = "OPEN"', true],
    ['(id = 2 OR id = 1) and state = "OPEN"', false],
    ['title = "Change \\"1\\""', false],
  ])('%s is %s', (query, expected) => {
    expect(matches(query, merged)).toBe(expected);
  });

  it.each([
    ['participants.user.uuid = "{dora}"', 'participants.user.uuid'],
    ['state = MERGED', 'double quotes'],
    ['state "MERGED"', 'an operator'],
    ['state =', 'it ends'],
    ['(state = "OPEN"', 'it ends'],
    ['state = "OPEN" id = 1', 'AND, OR'],
    ['id = "one"', 'of type number'],
    ['updated_on > "yesterday"', 'of type instant'],
    ['id > null', 'null'],
    ['id ~ 1', 'text'],
    ['id = 1 & id = 2', '"&"'],
    ['', 'it ends'],
  ])('refuses %s', (query, reason) => {
    expect(() => matches(query, merged)).toThrow(FilterError);
    expect(() => matches(query, merged)).toThrow(reason);
  });

  it('finds a missing value equal to null and unequal to anything else', () => {
    const open = pullRequest(4);
    expect(matches('closed_by.uuid = null', open)).toBe(true);
    expect(matches('closed_by.uuid != "{cleo}"', open)).toBe(true);
    expect(matches('merge_commit.hash > "0"', open)).toBe(false);
  });
});

interface Case {
  readonly filter: Filter;
  /** Computed without the parser and without the evaluator. */
  readonly expected: (value: JsonObject) => boolean;
}

const ids = fc.integer({ min: 1, max: 6 });
const minutes = fc.integer({ min: 0, max: 70 });
const words = fc.constantFrom('OPEN', 'MERGED', 'DECLINED', 'x"y', 'back\\slash', 'a (b), c');

function ordered(operator: Operator, left: number, right: number): boolean {
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  if (operator === '>') return left > right;
  if (operator === '>=') return left >= right;
  return operator === '<' ? left < right : left <= right;
}

const orderOperators = fc.constantFrom<Operator>('=', '!=', '>', '>=', '<', '<=');

const comparisonCases: fc.Arbitrary<Case> = fc.oneof(
  fc.record({ operator: orderOperators, id: ids }).map(({ operator, id }) => ({
    filter: { kind: 'comparison', field: 'id', operator, literal: { kind: 'number', value: id } } as const,
    expected: (value: JsonObject) => ordered(operator, Number(value.id), id),
  })),
  fc.record({ operator: orderOperators, at: minutes }).map(({ operator, at }) => ({
    filter: {
      kind: 'comparison',
      field: 'created_on',
      operator,
      literal: { kind: 'instant', value: minute(at) },
    } as const,
    expected: (value: JsonObject) =>
      ordered(operator, Date.parse(textOf(value, 'created_on') ?? ''), Date.parse(minute(at))),
  })),
  fc
    .record({ negated: fc.boolean(), wanted: fc.array<string>(words, { minLength: 1, maxLength: 3 }) })
    .map(({ negated, wanted }) => ({
      filter: {
        kind: 'membership',
        field: 'state',
        negated,
        literals: wanted.map((value) => ({ kind: 'text', value }) as const),
      } as const,
      expected: (value: JsonObject) => wanted.includes(textOf(value, 'state') ?? '') !== negated,
    })),
  fc
    .record({ operator: fc.constantFrom<Operator>('=', '!=', '~', '!~'), word: words })
    .map(({ operator, word }) => ({
      filter: {
        kind: 'comparison',
        field: 'title',
        operator,
        literal: { kind: 'text', value: word },
      } as const,
      expected: (value: JsonObject) => {
        const title = textOf(value, 'title') ?? '';
        const holds = operator.endsWith('~')
          ? title.toLowerCase().includes(word.toLowerCase())
          : title === word;
        return holds !== operator.startsWith('!');
      },
    })),
);

const { filterCase } = fc.letrec<{ filterCase: Case }>((tie) => ({
  filterCase: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    comparisonCases,
    fc
      .record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        parts: fc.array(tie('filterCase'), { minLength: 2, maxLength: 3 }),
      })
      .map(({ kind, parts }) => ({
        filter: { kind, parts: parts.map((part) => part.filter) },
        expected: (value: JsonObject) =>
          kind === 'and'
            ? parts.every((part) => part.expected(value))
            : parts.some((part) => part.expected(value)),
      })),
  ),
}));

function literalText(literal: Literal): string {
  if (literal.kind === 'text') return `"${literal.value.replace(/["\\]/g, '\\$&')}"`;
  return literal.kind === 'null' ? 'null' : String(literal.value);
}

/** Writes a filter down, with parentheses around every joined part. */
function written(filter: Filter, space: string, upper: boolean): string {
  const word = (text: string): string => (upper ? text.toUpperCase() : text);
  if (filter.kind === 'comparison') {
    return [filter.field, filter.operator, literalText(filter.literal)].join(space);
  }
  if (filter.kind === 'membership') {
    const values = filter.literals.map(literalText).join(`,${space}`);
    return `${filter.field} ${word(filter.negated ? 'not in' : 'in')}${space}(${values})`;
  }
  return filter.parts.map((part) => `(${written(part, space, upper)})`).join(` ${word(filter.kind)} `);
}

const pullRequests = fc
  .record({ id: ids, at: minutes, state: words, title: words })
  .map(({ id, at, state, title }) => pullRequest(id, { created_on: minute(at), state, title }));

describe('any filter, written down and read again', () => {
  it('lets through what a plain predicate lets through', () => {
    fc.assert(
      fc.property(
        filterCase,
        pullRequests,
        fc.constantFrom('', ' ', '\n  '),
        fc.boolean(),
        (each, value, space, upper) => {
          expect(matches(written(each.filter, space, upper), value)).toBe(each.expected(value));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('sort', () => {
  const values = [pullRequest(1, { created_on: null }), pullRequest(3), pullRequest(2)];
  const idsBy = (sort: string): readonly unknown[] =>
    sorterOf(sort, PULL_REQUEST_FIELDS)(values, (value) => value).map((value) => value.id);

  it('puts objects without the field last, in both directions', () => {
    expect(idsBy('created_on')).toEqual([2, 3, 1]);
    expect(idsBy('-created_on')).toEqual([3, 2, 1]);
  });

  it('compares instants, not their spelling', () => {
    const early = pullRequest(1, { updated_on: '2024-01-01T00:00:00Z' });
    const late = pullRequest(2, { updated_on: '2024-01-01T00:00:00.000001-00:00' });
    const sorted = sorterOf('-updated_on', PULL_REQUEST_FIELDS)([early, late], (value) => value);
    expect(sorted).toEqual([late, early]);
  });

  it('refuses a field that cannot be sorted by', () => {
    expect(() => idsBy('-participants')).toThrow(FilterError);
  });

  it('reads nested fields', () => {
    const [ann, ben] = [
      pullRequest(1, { author: account('ann') }),
      pullRequest(2, { author: account('ben') }),
    ];
    const sorted = sorterOf('-author.nickname', PULL_REQUEST_FIELDS)([ann, ben], (value) => value);
    expect(sorted).toEqual([ben, ann]);
  });
});
