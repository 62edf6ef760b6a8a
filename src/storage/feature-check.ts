/** Tries each feature of Forge's storage that the app relies on, on rows of its own, which it removes again. */
import { StorageConflict, StorageError } from './errors';
import {
  create,
  createEntity,
  get,
  getEntity,
  PAGE_SIZE,
  queryPrefix,
  removeMany,
  rowsAfter,
  set,
  transact,
} from './forge-storage';
import { JOB_ENTITY, key } from './keys';

/**
 * `plain-keys`, `entities`: what is written is read; `create-once`: a key that exists is not written; `lifetimes`: a value
 * is given its end; `conditions`: a write under a wrong version is refused, under the right one made; `all-or-nothing`:
 * with it the rest of its transaction; `queries`: rows are found by their place.
 */
export const STORAGE_FEATURES = [
  'plain-keys',
  'create-once',
  'lifetimes',
  'entities',
  'conditions',
  'all-or-nothing',
  'queries',
] as const;
export type StorageFeature = (typeof STORAGE_FEATURES)[number];

/** `unseen`: a query did not show it yet; `wrong`: it was answered otherwise; `code` is Forge's, where it refused. */
export type FeatureState =
  { readonly state: 'works' | 'unseen' | 'wrong' } | { readonly state: 'refused'; readonly code: string };

const ROW = { key: key.featureCheck(), entityName: JOB_ENTITY };
const PLAIN = key.featureCheckValue();

/** Some twenty requests. Two at once may tell each other's rows as wrong; nothing else is touched. */
export async function checkFeatures(): Promise<Readonly<Record<StorageFeature, FeatureState>>> {
  await clear();
  try {
    return {
      'plain-keys': await stateOf(async () => {
        await set(PLAIN, { turn: 1 }, { unit: 'HOURS', value: 1 });
        return (await turnOf()) === 1;
      }),
      'create-once': await stateOf(async () => !(await create(PLAIN, { turn: 2 })) && (await turnOf()) === 1),
      lifetimes: await stateOf(async () => {
        for await (const row of queryPrefix(PLAIN)) return row.expiresAt !== undefined;
        return null;
      }),
      entities: await stateOf(async () => {
        const isNew = await createEntity(JOB_ENTITY, ROW.key, { version: 0, detail: {} });
        return isNew && (await versionOf()) === 0;
      }),
      conditions: await stateOf(async () => {
        await transact([{ ...ROW, value: { version: 1, detail: {} }, ifVersion: 0 }]);
        const isRefused = await isConflict(
          transact([{ ...ROW, value: { version: 2, detail: {} }, ifVersion: 0 }]),
        );
        return isRefused && (await versionOf()) === 1;
      }),
      'all-or-nothing': await stateOf(async () => {
        const isRefused = await isConflict(
          transact([
            { key: PLAIN, value: { turn: 3 } },
            { ...ROW, value: { version: 9, detail: {} }, ifVersion: 8 },
          ]),
        );
        return isRefused && (await turnOf()) === 1;
      }),
      queries: await stateOf(async () => {
        const rows = await rowsAfter(JOB_ENTITY, null, PAGE_SIZE);
        return rows.some((row) => row.key === ROW.key) ? true : null;
      }),
    };
  } finally {
    await clear();
  }
}

function clear(): Promise<void> {
  return removeMany([ROW, { key: PLAIN }]);
}

/** `true`: it works; `null`: not seen. What Forge refuses is what is asked for here; what failed is for the caller. */
async function stateOf(check: () => Promise<boolean | null>): Promise<FeatureState> {
  try {
    const works = await check();
    return { state: works === null ? 'unseen' : works ? 'works' : 'wrong' };
  } catch (error) {
    if (error instanceof StorageError) return { state: 'refused', code: error.code };
    throw error;
  }
}

async function isConflict(writing: Promise<void>): Promise<boolean> {
  try {
    await writing;
    return false;
  } catch (error) {
    if (error instanceof StorageConflict) return true;
    throw error;
  }
}

async function turnOf(): Promise<unknown> {
  return fieldOf(await get(PLAIN), 'turn');
}

async function versionOf(): Promise<unknown> {
  return fieldOf(await getEntity(JOB_ENTITY, ROW.key), 'version');
}

function fieldOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? new Map(Object.entries(value)).get(name) : undefined;
}
