/** Stores what only events tell of a pull request, merged so that order and repetition make no difference. */
import { z } from 'zod';
import { NOTHING_OBSERVED, mergeObservations, type Observations } from '../facts/observations';
import { StorageConflict } from './errors';
import { createEntity, getEntity, getMany, transact } from './forge-storage';
import { ENTITY, key, type RepositoryId } from './keys';

const storedObservation = z.object({
  version: z.number().int(),
  detail: z
    .object({
      /** Absent where a version without it wrote the row. */
      schema: z.literal(1).default(1),
      sightings: z.array(
        z.object({
          at: z.number(),
          truncated: z.boolean(),
          statuses: z.array(z.object({ actorId: z.string(), status: z.string(), at: z.number() })),
        }),
      ),
      closedAt: z.number().nullable(),
    })
    .transform(({ sightings, closedAt }) => ({ sightings, closedAt })),
});

const MOST_ATTEMPTS = 8;

/** Adds to what was observed of a pull request. Throws StorageConflict only where others kept writing first. */
export async function observe(repository: RepositoryId, id: number, seen: Observations): Promise<void> {
  const rowKey = key.pullRequest(repository, id);
  for (let attempt = 1; ; attempt += 1) {
    const stored = await getEntity(ENTITY.observation, rowKey);
    if (stored === undefined) {
      if (await createEntity(ENTITY.observation, rowKey, row(repository, id, 0, seen))) return;
      continue;
    }
    const { version, detail } = storedObservation.parse(stored);
    const merged = mergeObservations(detail, seen);
    if (JSON.stringify(merged) === JSON.stringify(mergeObservations(detail, NOTHING_OBSERVED))) return;
    try {
      await transact([
        {
          key: rowKey,
          entityName: ENTITY.observation,
          value: row(repository, id, version + 1, merged),
          ifVersion: version,
        },
      ]);
      return;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** What was observed of each of these pull requests; those of which nothing was are absent. */
export async function readObservations(
  repository: RepositoryId,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Observations>> {
  const rows = await getMany(
    ids.map((id) => ({ key: key.pullRequest(repository, id), entityName: ENTITY.observation })),
  );
  const found = new Map<number, Observations>();
  for (const id of ids) {
    const stored = rows.get(key.pullRequest(repository, id));
    if (stored !== undefined) found.set(id, storedObservation.parse(stored).detail);
  }
  return found;
}

/** The people whom a stored row names. */
export function accountsObserved(stored: unknown): readonly string[] {
  const { sightings } = storedObservation.parse(stored).detail;
  return sightings.flatMap(({ statuses }) => statuses.map(({ actorId }) => actorId));
}

/**
 * Puts a new id in the place of each of these people: whose approval was withdrawn is forgotten, that it was is not.
 * Tells whether there was one of them. Throws StorageConflict only where others kept writing first.
 */
export async function eraseInObservation(
  repository: RepositoryId,
  id: number,
  closed: ReadonlySet<string>,
  newId: () => string,
): Promise<boolean> {
  const rowKey = key.pullRequest(repository, id);
  const standIns = new Map([...closed].map((actorId) => [actorId, newId()]));
  for (let attempt = 1; ; attempt += 1) {
    const stored = await getEntity(ENTITY.observation, rowKey);
    if (stored === undefined || !accountsObserved(stored).some((each) => closed.has(each)))
      return attempt > 1;
    const { version, detail } = storedObservation.parse(stored);
    const sightings = detail.sightings.map((sighting) => ({
      ...sighting,
      statuses: sighting.statuses.map((status) => ({
        ...status,
        actorId: standIns.get(status.actorId) ?? status.actorId,
      })),
    }));
    const value = row(repository, id, version + 1, { ...detail, sightings });
    try {
      await transact([{ key: rowKey, entityName: ENTITY.observation, value, ifVersion: version }]);
      return true;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

function row(repository: RepositoryId, number: number, version: number, detail: Observations): object {
  return { repository, number, version, detail: { ...detail, schema: 1 } };
}
