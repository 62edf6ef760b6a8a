/** Custom entities as the manifest declares them: their attributes, their indexes and the strict check of values. */
import { z } from 'zod';
import { StoreRefusal } from './answers';
import { LIMITS, byteLength } from './keys-and-limits';

const attributeType = z.enum(['string', 'integer', 'float', 'boolean', 'any']);

const indexDefinition = z.union([
  z.string(),
  z.object({
    name: z.string().min(3).max(50),
    partition: z.array(z.string()).readonly().optional(),
    range: z.array(z.string()).length(1, 'an index has exactly one range attribute').readonly(),
  }),
]);

/** One entry of `app.storage.entities` in the manifest, with the limits that Forge documents for it. */
export const entityDefinition = z.object({
  name: z.string().min(3).max(60),
  attributes: z.record(z.string().min(1).max(30), z.object({ type: attributeType })),
  indexes: z.array(indexDefinition).max(7, 'an entity has at most 7 indexes').readonly().optional(),
});

/** Type of an attribute. */
export type AttributeType = z.infer<typeof attributeType>;

/** A custom entity as the manifest declares it. */
export type EntityDefinition = z.infer<typeof entityDefinition>;

/** An index with every default filled in. */
export interface EntityIndex {
  readonly name: string;
  readonly partition: readonly string[];
  readonly range: string;
}

/** Where one row stands in one index. */
export interface IndexEntry {
  readonly index: string;
  readonly partition: string;
  readonly range: string | number;
}

/** Name of the index on the key that every entity has without declaring it. */
export const KEY_INDEX = 'by-key';

const ENTITIES = 20;
const ATTRIBUTES = 50;
const SMALLEST_INTEGER = -2_147_483_648;
const LARGEST_INTEGER = 2_147_483_647;
const SMALLEST_FLOAT = 1e-130;
const LARGEST_FLOAT = 1e126;

/** The manifest declares entities that Forge would not deploy. */
export class EntityDefinitionError extends Error {
  constructor(problem: string) {
    super(`app.storage.entities of the manifest cannot be deployed: ${problem}.`);
    this.name = 'EntityDefinitionError';
  }
}

/** One declared entity, ready to check and index values. */
export class Entity {
  readonly name: string;
  readonly indexes: readonly EntityIndex[];
  private readonly types: ReadonlyMap<string, AttributeType>;

  constructor(definition: EntityDefinition) {
    this.name = definition.name;
    this.types = new Map(Object.entries(definition.attributes).map(([name, { type }]) => [name, type]));
    this.indexes = (definition.indexes ?? []).map((index) => normalisedIndex(index));
    this.refuseUndeployable();
  }

  /** Everything that decides what stands in the indexes; when it changes they are built anew. */
  get indexSignature(): string {
    return JSON.stringify(this.indexes);
  }

  /** Type of an attribute, or `undefined` for one that the manifest does not declare. */
  typeOf(attribute: string): AttributeType | undefined {
    return this.types.get(attribute);
  }

  /** The declared index of that name. */
  index(name: string): EntityIndex {
    const index = this.indexes.find((candidate) => candidate.name === name);
    if (index === undefined) {
      throw new StoreRefusal(
        400,
        'INVALID_ENTITY_INDEX',
        `Entity ${this.name} has no index ${name}; declare it in the manifest or use ${KEY_INDEX}.`,
      );
    }
    return index;
  }

  /** Refuses a value whose attributes are not exactly as declared. */
  checkValue(value: unknown): asserts value is Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new StoreRefusal(
        400,
        'INVALID_ENTITY_VALUE',
        `A value of entity ${this.name} must be an object.`,
      );
    }
    for (const [attribute, held] of Object.entries(value)) {
      this.checkAttribute(attribute, held);
    }
    this.entries(value as Readonly<Record<string, unknown>>);
  }

  /** Refuses a value that the attribute could not hold. */
  checkAttribute(attribute: string, value: unknown): void {
    const type = this.typeOf(attribute);
    if (type === undefined) {
      throw new StoreRefusal(
        400,
        'INVALID_ENTITY_VALUE',
        `Entity ${this.name} declares no attribute "${attribute}" in the manifest.`,
      );
    }
    if (!isOfType(value, type)) {
      throw new StoreRefusal(
        400,
        'INCORRECT_PROPERTY_TYPE',
        `Data type for property "${attribute}" is defined as "${type}"`,
      );
    }
  }

  /** Where a checked value stands in each index; a row without one of the attributes stands in none of that index. */
  entries(value: Readonly<Record<string, unknown>>): readonly IndexEntry[] {
    return this.indexes.flatMap((index) => {
      const range = comparable(value[index.range]);
      const values = index.partition.map((attribute) => value[attribute]);
      if (range === undefined || values.includes(undefined)) {
        return [];
      }
      const partition = partitionKey(values);
      refuseOversized(index, partition, range);
      return [{ index: index.name, partition, range }];
    });
  }

  private refuseUndeployable(): void {
    const names = this.indexes.map((index) => index.name);
    if (this.types.size > ATTRIBUTES) {
      throw new EntityDefinitionError(`${this.name} has more than ${ATTRIBUTES} attributes`);
    }
    if (new Set(names).size !== names.length || names.includes(KEY_INDEX)) {
      throw new EntityDefinitionError(`${this.name} uses an index name twice or the reserved ${KEY_INDEX}`);
    }
    for (const index of this.indexes) {
      for (const attribute of [...index.partition, index.range]) {
        const type = this.typeOf(attribute);
        if (type === undefined || type === 'any') {
          throw new EntityDefinitionError(
            `index ${index.name} of ${this.name} needs attribute ${attribute} with a type other than any`,
          );
        }
      }
    }
  }
}

/** Every entity that the manifest declares. */
export class EntityCatalogue {
  private readonly entities: ReadonlyMap<string, Entity>;

  constructor(definitions: readonly EntityDefinition[]) {
    const parsed = z.array(entityDefinition).safeParse(definitions);
    if (!parsed.success) {
      throw new EntityDefinitionError(z.prettifyError(parsed.error));
    }
    this.entities = new Map(parsed.data.map((definition) => [definition.name, new Entity(definition)]));
    if (this.entities.size !== definitions.length || definitions.length > ENTITIES) {
      throw new EntityDefinitionError(`entity names must be unique and at most ${ENTITIES}`);
    }
  }

  /** The declared entity of that name. */
  get(name: string): Entity {
    const entity = this.entities.get(name);
    if (entity === undefined) {
      throw new StoreRefusal(
        404,
        'SCHEMA_NOT_FOUND',
        `The schema provided does not exist: the manifest declares no entity ${name}.`,
      );
    }
    return entity;
  }

  /** Every declared entity. */
  all(): readonly Entity[] {
    return [...this.entities.values()];
  }
}

/** One text for the values of a partition, the same for equal values only. */
export function partitionKey(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

/** A range value as it is compared: booleans as 0 and 1. */
export function comparable(value: unknown): string | number | undefined {
  if (typeof value === 'boolean') {
    return Number(value);
  }
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

function normalisedIndex(index: z.infer<typeof indexDefinition>): EntityIndex {
  if (typeof index === 'string') {
    return { name: index, partition: [], range: index };
  }
  const [range = ''] = index.range;
  return { name: index.name, partition: index.partition ?? [], range };
}

function isOfType(value: unknown, type: AttributeType): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string' && value.length > 0;
    case 'integer':
      return (
        typeof value === 'number' &&
        Number.isInteger(value) &&
        value >= SMALLEST_INTEGER &&
        value <= LARGEST_INTEGER
      );
    case 'float':
      return (
        typeof value === 'number' &&
        (value === 0 || (Math.abs(value) >= SMALLEST_FLOAT && Math.abs(value) < LARGEST_FLOAT))
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'any':
      return true;
  }
}

function refuseOversized(index: EntityIndex, partition: string, range: string | number): void {
  const tooLong =
    byteLength(partition) > LIMITS.partitionBytes
      ? `partition is larger than ${LIMITS.partitionBytes} bytes`
      : byteLength(String(range)) > LIMITS.rangeBytes
        ? `range is larger than ${LIMITS.rangeBytes} bytes`
        : null;
  if (tooLong !== null) {
    throw new StoreRefusal(
      400,
      'INVALID_ENTITY_VALUE',
      `Index ${index.name} cannot hold this value: its ${tooLong}.`,
    );
  }
}
