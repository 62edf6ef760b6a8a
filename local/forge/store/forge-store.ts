/** Forge's hosted storage on this machine: answers the protocol that `@forge/kvs` speaks, with the documented limits. */
import type { z } from 'zod';
import { openDatabase, type HostDatabase } from '../database';
import { StoreRefusal, notModelled, type StoreAnswer } from './answers';
import { Bandwidth } from './bandwidth';
import { batchDelete, batchGet, batchSet } from './batches';
import { CursorSeal } from './cursors';
import { EntityCatalogue, type EntityDefinition } from './entity-schema';
import { queryEntity, queryKeys } from './queries';
import { QueryView } from './query-view';
import { UsageMeter, type StoreUsage, type UseListener } from './rates';
import * as requests from './requests';
import { RowTable, entityName, type SpacedRow } from './rows';
import { entityPlace, plainPlace, type StoreServices } from './services';
import { deleteRow, getRow, setRow } from './single-keys';
import { transact } from './transactions';

/** What a store needs to work. */
export interface ForgeStoreOptions {
  /** Where the rows live; the store makes its own tables in it. */
  readonly database: HostDatabase;
  /** `app.storage.entities` of the manifest. */
  readonly entities: readonly EntityDefinition[];
  /** The host's time, in milliseconds since the epoch. */
  readonly clock: { now(): number };
  /** Answers 429 over Forge's rates; off unless told, since a clock that stands still never refills them. */
  readonly enforceRates?: boolean;
  /** Told of each read and write. */
  readonly onUse?: UseListener;
}

/** One live row, as tests compare whole stores. */
export interface StoredRow {
  readonly kind: 'kvs' | 'secret' | 'entity';
  readonly entityName: string | null;
  readonly key: string;
  readonly value: unknown;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly updatedAt: number;
  /** Milliseconds since the epoch, or `null` for a row that stays. */
  readonly expiresAt: number | null;
}

type Operation = (body: unknown) => StoreAnswer;

/** The storage service of one installation. */
export class ForgeStore {
  private readonly services: StoreServices;
  private readonly operations: ReadonlyMap<string, Operation>;

  constructor(options: ForgeStoreOptions) {
    const { clock, enforceRates = false } = options;
    const catalogue = new EntityCatalogue(options.entities);
    const rows: RowTable = new RowTable(options.database, clock, catalogue, (change) => view.note(change));
    const view = new QueryView(rows, () => new RowTable(openDatabase(':memory:'), clock, catalogue), clock);
    this.services = {
      catalogue,
      clock,
      rows,
      view,
      bandwidth: new Bandwidth(clock, enforceRates),
      meter: new UsageMeter(clock, enforceRates, options.onUse),
      cursors: new CursorSeal(),
    };
    this.operations = operationsOf(this.services);
  }

  /**
   * Answers one request of `@forge/kvs`.
   *
   * @param path Path of the service, for example `/api/v1/get`.
   * @param body Parsed JSON of the request.
   */
  handle(path: string, body: unknown): StoreAnswer {
    const { meter } = this.services;
    try {
      meter.request(path);
      const operation = this.operations.get(path);
      if (operation === undefined) {
        throw notModelled(`the path ${path}`);
      }
      return operation(body);
    } catch (error) {
      if (!(error instanceof StoreRefusal)) {
        throw error;
      }
      meter.refusal();
      return { status: error.status, body: error.body() };
    }
  }

  /** What was asked of this store since it was made, in Forge's units. */
  usage(): StoreUsage {
    return this.services.meter.usage();
  }

  /** Every live row, secrets included, ordered by store and key. */
  dump(): readonly StoredRow[] {
    return this.services.rows.all().map(({ space, json, ...row }) => {
      const name = entityName(space);
      return {
        kind: name !== null ? 'entity' : space === 'secret' ? 'secret' : 'kvs',
        entityName: name,
        key: row.key,
        value: JSON.parse(json) as unknown,
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        expiresAt: row.expiresAt,
      };
    });
  }

  /** Deletes every row, as an uninstallation does. */
  clear(): void {
    this.services.rows.clear();
    this.services.view.synchronise();
  }

  /** Puts the rows of an earlier `dump` in the place of everything, instants included. */
  restore(rows: readonly StoredRow[]): void {
    this.services.rows.restore(rows.map(spacedRow));
    this.services.view.synchronise();
  }

  /**
   * From now on queries see the rows as they were so many milliseconds before, as Forge's eventually consistent ones may;
   * reads by key stay strict. 0: queries see what is there.
   */
  delayQueries(milliseconds: number): void {
    this.services.view.delay(milliseconds);
  }

  /** Runs `work` with queries that see everything, for a test that looks at the store. */
  withoutDelay<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.services.view.strictly(work);
  }
}

function spacedRow({ kind, entityName: entity, value, ...row }: StoredRow): SpacedRow {
  const space = kind === 'entity' ? `entity:${entity ?? ''}` : kind;
  return { ...row, space, json: JSON.stringify(value) };
}

function operationsOf(services: StoreServices): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>();
  function serve<Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    answer: (body: z.infer<Schema>) => StoreAnswer,
  ): void {
    operations.set(path, (body) => answer(requests.parseBody(schema, path, body)));
  }
  for (const [prefix, space] of [
    ['/api/v1', 'kvs'],
    ['/api/v1/secret', 'secret'],
  ] as const) {
    serve(`${prefix}/get`, requests.getBody, (body) =>
      getRow(services, plainPlace(space, body.key), body.options?.metadataFields),
    );
    serve(`${prefix}/set`, requests.setBody, (body) => setRow(services, plainPlace(space, body.key), body));
    serve(`${prefix}/delete`, requests.deleteBody, (body) =>
      deleteRow(services, plainPlace(space, body.key)),
    );
  }
  serve('/api/v1/entity/get', requests.entityGetBody, (body) =>
    getRow(services, entityPlace(services, body.entityName, body.key), body.options?.metadataFields),
  );
  serve('/api/v1/entity/set', requests.entitySetBody, (body) =>
    setRow(services, entityPlace(services, body.entityName, body.key), body),
  );
  serve('/api/v1/entity/delete', requests.entityDeleteBody, (body) =>
    deleteRow(services, entityPlace(services, body.entityName, body.key)),
  );
  serve('/api/v1/query', requests.queryBody, (body) => queryKeys(services, body));
  serve('/api/v1/entity/query', requests.entityQueryBody, (body) => queryEntity(services, body));
  serve('/api/v1/batch/get', requests.batchGetBody, (body) => batchGet(services, body));
  serve('/api/v1/batch/set', requests.batchSetBody, (body) => batchSet(services, body));
  serve('/api/v1/batch/delete', requests.batchDeleteBody, (body) => batchDelete(services, body));
  serve('/api/v1/transaction', requests.transactionBody, (body) => transact(services, body));
  return operations;
}
