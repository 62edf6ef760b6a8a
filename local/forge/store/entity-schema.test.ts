/** Custom entities through the published SDK: only declared entities, attributes and types, as Forge enforces them. */
import { kvs } from '@forge/kvs';
import { openDatabase } from '../database';
import { EntityDefinitionError, type EntityDefinition } from './entity-schema';
import { ForgeStore } from './forge-store';
import { openTestStore, refusalOf, type TestStore } from './test-store';

let test: TestStore;

beforeEach(() => {
  test = openTestStore();
});

afterEach(() => test.disconnect());

describe('a value of a custom entity', () => {
  it.each([
    [{ place: 'x', at: 2_147_483_647, score: 1.5, open: false, detail: { any: [null] } }],
    [{ at: -2_147_483_648, score: 0 }],
    [{ detail: null }],
    [{ score: -9.9e125 }],
    [{}],
  ])('may be %j', async (value) => {
    await kvs.entity('visit').set('row', value);
    expect(await kvs.entity('visit').get('row')).toEqual(value);
  });

  it.each([
    [{ at: 2_147_483_648 }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ at: -2_147_483_649 }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ at: 1.5 }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ at: '5' }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ at: null }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ place: '' }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ place: 5 }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ score: '1.5' }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ score: 1e126 }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ score: 1e-131 }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ open: 0 }, '400 INCORRECT_PROPERTY_TYPE'],
    [{ undeclared: 1 }, '400 INVALID_ENTITY_VALUE'],
    [[1], '400 INVALID_ENTITY_VALUE'],
    ['text', '400 INVALID_ENTITY_VALUE'],
    [{ place: 'x'.repeat(901), at: 1 }, '400 INVALID_ENTITY_VALUE'],
    [{ place: 'x'.repeat(1_700), at: 1 }, '400 INVALID_ENTITY_VALUE'],
  ])('may not be %j', async (value, refusal) => {
    expect(await refusalOf(kvs.entity('visit').set('row', value))).toBe(refusal);
    expect(await kvs.entity('visit').get('row')).toBeUndefined();
  });

  it('belongs to a declared entity, with keys of its own', async () => {
    await kvs.entity('visit').set('row', { place: 'visit' });
    await kvs.entity('other').set('row', { place: 'other' });
    await kvs.set('row', 'plain');
    expect(await kvs.entity('visit').get('row')).toEqual({ place: 'visit' });
    await kvs.entity('visit').delete('row');
    expect(await kvs.entity('other').get('row')).toEqual({ place: 'other' });
    expect(await kvs.get('row')).toBe('plain');
    expect(await refusalOf(kvs.entity('absent').get('row'))).toBe('404 SCHEMA_NOT_FOUND');
    expect(await refusalOf(kvs.entity('absent').set('row', {}))).toBe('404 SCHEMA_NOT_FOUND');
    expect(await refusalOf(kvs.entity('visit').get(''))).toBe('400 EMPTY_KEY');
    expect(await refusalOf(kvs.entity('visit').get('{row}'))).toBe('400 INVALID_KEY');
  });
});

describe('the entities of a manifest', () => {
  const attributes = { name: { type: 'string' }, blob: { type: 'any' } } as const;

  it.each<[string, readonly EntityDefinition[]]>([
    ['an index on an undeclared attribute', [{ name: 'row', attributes, indexes: ['absent'] }]],
    ['an index on an attribute of type any', [{ name: 'row', attributes, indexes: ['blob'] }]],
    [
      'two range attributes',
      [{ name: 'row', attributes, indexes: [{ name: 'by-two', range: ['name', 'name'] }] }],
    ],
    [
      'an index named twice',
      [
        {
          name: 'row',
          attributes,
          indexes: ['name', { name: 'name', range: ['name'] }],
        },
      ],
    ],
    [
      'the reserved index name',
      [{ name: 'row', attributes, indexes: [{ name: 'by-key', range: ['name'] }] }],
    ],
    [
      'eight indexes',
      [
        {
          name: 'row',
          attributes,
          indexes: Array.from({ length: 8 }, (_, at) => ({ name: `index-${at}`, range: ['name'] })),
        },
      ],
    ],
    ['an entity name of two characters', [{ name: 'ab', attributes }]],
    [
      'an attribute name of 31 characters',
      [{ name: 'row', attributes: { ['a'.repeat(31)]: { type: 'string' } } }],
    ],
    [
      'an entity declared twice',
      [
        { name: 'row', attributes },
        { name: 'row', attributes },
      ],
    ],
    ['21 entities', Array.from({ length: 21 }, (_, at) => ({ name: `row-${at}`, attributes }))],
    [
      '51 attributes',
      [
        {
          name: 'row',
          attributes: Object.fromEntries(
            Array.from({ length: 51 }, (_, at) => [`a${at}`, { type: 'string' as const }]),
          ),
        },
      ],
    ],
  ])('may not hold %s', (_, entities) => {
    const database = openDatabase(':memory:');
    expect(() => new ForgeStore({ database, entities, clock: Date })).toThrow(EntityDefinitionError);
    database.close();
  });

  it('may gain an index, which then finds the rows that were there before', () => {
    const database = openDatabase(':memory:');
    const before = new ForgeStore({ database, entities: [{ name: 'row', attributes }], clock: Date });
    before.handle('/api/v1/entity/set', { entityName: 'row', key: 'one', value: { name: 'x' } });
    const entities = [{ name: 'row', attributes, indexes: ['name'] }];
    const after = new ForgeStore({ database, entities, clock: Date });
    expect(after.handle('/api/v1/entity/query', { entityName: 'row', indexName: 'name' })).toEqual({
      status: 200,
      body: { data: [{ key: 'one', value: { name: 'x' } }] },
    });
    database.close();
  });
});
