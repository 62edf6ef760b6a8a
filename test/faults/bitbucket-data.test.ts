/** Answers of Bitbucket that are wrong for long: dates that are none, nulls, lists that are gone, and lists without an end. */
import { isJsonObject } from '../../local/bitbucket/values';
import type { Json } from '../../local/bitbucket/workspace-source';
import { isRecord, readRepositoryRecord } from '../../src/storage/repositories';
import { restartImport } from '../../src/sync/create-tasks';
import { REPOSITORY_ID } from '../small-workspace';
import type { Stored } from '../sync/what-is-stored';
import type { TestClock } from './forge-life';
import { smallLife, type SmallLife } from './small-life';

const HOUR = 3_600_000;
const BEGINS_AT = Date.UTC(2026, 10, 17, 9);
const TIMEOUT = 120_000;
const LIMIT = 1_000;

/** As Bitbucket really wrote one. */
const NO_DATE = '2011-08-29T06:50:23+518:00';

const clock: TestClock = { now: BEGINS_AT };
let small: SmallLife;
beforeEach(async () => {
  jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
  small = await smallLife(clock, BEGINS_AT, { requestsPerHour: LIMIT });
});
afterEach(async () => {
  await small.close();
  jest.restoreAllMocks();
});

type ForgeFetch = (
  meta: { readonly remote?: string },
  target: string,
  init?: RequestInit,
) => Promise<Response>;
const globals = globalThis as { __forge_fetch__?: ForgeFetch };

/** Puts `spoil` between Bitbucket and the app; `null`: the true answer. Returns what takes it away. */
function spoil(spoiled: (target: string, body: Json) => Json | Response | null): () => void {
  const behind = globals.__forge_fetch__;
  if (behind === undefined) throw new Error('Start the app first.');
  globals.__forge_fetch__ = async (meta, target, init) => {
    const answer = await behind(meta, target, init);
    if (meta.remote !== 'bitbucket' || !answer.ok) return answer;
    const other = spoiled(target, (await answer.clone().json()) as Json);
    if (other === null) return answer;
    return other instanceof Response ? other : new Response(JSON.stringify(other), { status: 200 });
  };
  return () => {
    globals.__forge_fetch__ = behind;
  };
}

/** Every field of a name that `is` names, as `other`. */
function replaced(value: Json, is: (name: string) => boolean, other: Json): Json {
  if (Array.isArray(value)) return value.map((each: Json) => replaced(each, is, other));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, is(name) ? other : replaced(each, is, other)]),
  );
}

let known: Stored | null = null;

/** What a fair time leaves, lived through once. */
async function fair(): Promise<Stored> {
  if (known !== null) return known;
  small.life.install(BEGINS_AT);
  const stored = await small.settled(BEGINS_AT + HOUR);
  await small.close();
  small = await smallLife(clock, BEGINS_AT, { requestsPerHour: LIMIT });
  known = stored;
  return stored;
}

/** Lives some hours with it, then an admin has everything imported again without it. */
async function afterwards(stop: () => void, hours = 3): Promise<Stored> {
  const { life, invariants, settled } = small;
  const end = BEGINS_AT + hours * HOUR;
  life.install(BEGINS_AT);
  life.schedule(BEGINS_AT, end);
  await life.until(end, () => invariants.check(clock.now));
  stop();
  // One that was never seen is found by the daily list.
  if (isRecord(await readRepositoryRecord(REPOSITORY_ID))) {
    await restartImport(REPOSITORY_ID, Math.floor(clock.now / 1_000));
  }
  return settled(end);
}

/** Each field of a date, in every answer. */
const DATES = ['created_on', 'updated_on', 'participated_on', 'date', 'completed_on', 'started_on'] as const;

it.each(DATES)(
  'imports what has no impossible date in "%s", and all of it once that is mended',
  async (field) => {
    const expected = await fair();
    const stop = spoil((_, body) => replaced(body, (name) => name === field, NO_DATE));
    expect(await afterwards(stop)).toEqual(expected);
  },
  TIMEOUT,
);

/** Fields of which the documentation knows no null. */
const NEVER_NULL = ['id', 'state', 'uuid', 'values', 'hash', 'update', 'target', 'build_number'] as const;

it.each(NEVER_NULL)(
  'goes on where "%s" is null, and has everything once it is mended',
  async (field) => {
    const expected = await fair();
    const stop = spoil((_, body) => replaced(body, (name) => name === field, null));
    const stored = await afterwards(stop);
    expect(stored).toEqual(expected);
  },
  TIMEOUT,
);

const notFound = (): Response => new Response('{"type":"error"}', { status: 404 });
const forbidden = (): Response => new Response('{"type":"error"}', { status: 403 });

it(
  'says that a deleted fork’s lists were not read, and reads everything else',
  async () => {
    const expected = await fair();
    spoil((target) =>
      /\/pullrequests\/2\/(commits|activity)|from_pullrequest_id=2&/.test(target) ? notFound() : null,
    );
    small.life.install(BEGINS_AT);
    const stored = await small.settled(BEGINS_AT + HOUR);
    const others = (facts: Stored['facts']): unknown => facts.filter(({ id }) => id !== 2);
    expect(others(stored.facts)).toEqual(others(expected.facts));
    const fork = stored.facts.find(({ id }) => id === 2);
    expect(fork?.coverage).toMatchObject({ diffstat: false });
    expect(fork).toMatchObject({ linesAdded: null, linesRemoved: null, filesChanged: null });
  },
  TIMEOUT,
);

it(
  'forgets nothing where everything is forbidden for some hours',
  async () => {
    const expected = await fair();
    const stop = spoil(() => forbidden());
    const { life, invariants, settled } = small;
    life.install(BEGINS_AT);
    life.schedule(BEGINS_AT, BEGINS_AT + 4 * HOUR);
    await life.until(BEGINS_AT + 4 * HOUR, () => invariants.check(clock.now));
    stop();
    expect(await settled(BEGINS_AT + 4 * HOUR)).toEqual(expected);
  },
  TIMEOUT,
);

it(
  'keeps to the limit of the hour and ends each run where no list has an end, and has everything once they do',
  async () => {
    const expected = await fair();
    let pages = 0;
    const stop = spoil((target, body) => {
      if (!isJsonObject(body) || !Array.isArray(body.values)) return null;
      pages += 1;
      const url = new URL(`https://api.bitbucket.org${target}`);
      url.searchParams.set('endless', String(pages));
      return { ...body, next: url.href };
    });
    const stored = await afterwards(stop, 1);
    expect(pages).toBeGreaterThan(100);
    expect(stored).toEqual(expected);
  },
  TIMEOUT,
);
