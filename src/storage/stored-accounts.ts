/**
 * Every place in which account ids are stored, read and cleaned a page at a time in the order of the keys, so that each
 * walk over the store can stop anywhere and go on.
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isAccountId, peopleIn } from '../facts/without-accounts';
import { StorageConflict } from './errors';
import { queryPrefix, rowsAfter, set, setEntity, transact } from './forge-storage';
import { AUDIT_ENTITY, ENTITY, IMPORT_PAGES } from './keys';
import { decodeLedger } from './ledger-codec';
import { accountsObserved, eraseInObservation } from './observations';
import { pack, unpack } from './packed';
import { eraseInLedger } from './pull-requests';
import { unitsOf } from './units';
import { changeSettings, readSettings } from './workspace-settings';

/**
 * Facts stand in the ledgers as they do in their own rows. Pages that an import keeps name those who will stand in the
 * ledgers, and a recount lists whom the facts named: these are cleaned, and need not be read for a report.
 */
export const ACCOUNT_PLACES = [
  'import-pages',
  'ledgers',
  'observations',
  'audit',
  'recounts',
  'settings',
] as const;
export type AccountPlace = (typeof ACCOUNT_PLACES)[number];

/** Those that name everybody. */
export const REPORTED_PLACES = ['ledgers', 'observations', 'audit', 'settings'] as const;
export type ReportedPlace = (typeof REPORTED_PLACES)[number];

interface Row {
  readonly key: string;
  readonly value: unknown;
}

/** A ledger's part has up to 200,000 characters, a task's row nearly as many: a page of them stays below Forge's 5 MB. */
const LARGE_ROWS = 20;
const SMALL_ROWS = 100;

/** Import pages are found by the first digit of their repository. */
const DIGITS = Array.from({ length: 16 }, (_, digit) => digit.toString(16));

/** Where the following page begins, `null` at the end; and the units that reading or rewriting this one took, about. */
interface Walked {
  readonly next: string | null;
  readonly units: number;
}

/** A rewriting reads its row once more, and writes it. */
const UNITS_OF_A_REWRITING = 2;

/** The account ids of one page of a place, each once. */
export async function accountsAfter(
  place: ReportedPlace,
  after: string | null,
): Promise<Walked & { readonly ids: readonly string[] }> {
  if (place === 'settings') return { ids: inOrder(await inSettings()), next: null, units: 1 };
  const { rows, next } = await pageOf(place, after);
  const ids = rows.flatMap(({ value }) => {
    switch (place) {
      case 'ledgers':
        return factsOfPart(value).flatMap(peopleIn);
      case 'observations':
        return accountsObserved(value);
      case 'audit':
        return inAudit(value);
    }
  });
  return { ids: inOrder(ids), next, units: unitsOf(rows) };
}

/** Takes accounts out of one page of a place; `erased` rows had one of them. Running it again does no harm. */
export async function eraseAfter(
  place: AccountPlace,
  after: string | null,
  closed: ReadonlySet<string>,
): Promise<Walked & { readonly erased: number }> {
  if (place === 'settings') return { erased: Number(await eraseInSettings(closed)), next: null, units: 1 };
  if (place === 'import-pages') return eraseInImportPages(after, closed);
  const { rows, next } = await pageOf(place, after);
  let erased = 0;
  let units = unitsOf(rows);
  for (const row of rows) {
    if (!(await eraseInRow(place, row, closed))) continue;
    erased += 1;
    units += unitsOf([row]) * UNITS_OF_A_REWRITING;
  }
  return { erased, next, units };
}

async function pageOf(
  place: Exclude<AccountPlace, 'settings' | 'import-pages'>,
  after: string | null,
): Promise<{ readonly rows: readonly Row[]; readonly next: string | null }> {
  const { entityName, limit } = PAGES[place];
  const rows = await rowsAfter(entityName, after, limit);
  // A page that is not full is the last: what was written behind it meanwhile is found by the next walk.
  return { rows, next: rows.length < limit ? null : (rows.at(-1)?.key ?? null) };
}

const PAGES = {
  ledgers: { entityName: ENTITY.ledger, limit: LARGE_ROWS },
  observations: { entityName: ENTITY.observation, limit: SMALL_ROWS },
  audit: { entityName: AUDIT_ENTITY, limit: SMALL_ROWS },
  recounts: { entityName: ENTITY.task, limit: LARGE_ROWS },
} as const;

function eraseInRow(
  place: keyof typeof PAGES,
  { key, value }: Row,
  closed: ReadonlySet<string>,
): Promise<boolean> {
  const [repository = '', rest = ''] = key.split(':');
  switch (place) {
    case 'ledgers': {
      const names = factsOfPart(value).flatMap(peopleIn);
      return names.some((id) => closed.has(id)) ? eraseInLedger(repository, rest, closed) : no();
    }
    case 'observations':
      return accountsObserved(value).some((id) => closed.has(id))
        ? eraseInObservation(repository, Number(rest), closed, randomUUID)
        : no();
    case 'audit':
      return eraseInAudit(key, value, closed);
    case 'recounts':
      return rest === 'recount' ? eraseInTask(key, value, closed) : no();
  }
}

function no(): Promise<false> {
  return Promise.resolve(false);
}

const part = z.object({ detail: z.object({ body: z.string() }) });

/** A ledger's parts can be read one by one. */
function factsOfPart(value: unknown): ReturnType<typeof decodeLedger> {
  const { body } = part.parse(value).detail;
  return body === '' ? [] : decodeLedger(body);
}

/** What an admin changed may name a person; a team's name does not look like one. */
const ACCOUNT_ID = /^([0-9a-f]{24}|[0-9a-z]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const auditRow = z.looseObject({ detail: z.looseObject({ by: z.string().nullable() }) });

function inAudit(value: unknown): readonly string[] {
  const { by, ...rest } = auditRow.parse(value).detail;
  return [...(by === null ? [] : [by]), ...textsIn(rest).filter((text) => ACCOUNT_ID.test(text))];
}

/** An entry is written once, so it needs no guard. */
async function eraseInAudit(key: string, value: unknown, closed: ReadonlySet<string>): Promise<boolean> {
  if (!textsIn(value).some((text) => closed.has(text))) return false;
  await setEntity(AUDIT_ENTITY, key, auditRow.parse(withoutTexts(value, closed)));
  return true;
}

const taskRow = z.looseObject({ version: z.number().int() });

/** A recount lists whom facts named before and after. Whoever works on it begins again from what is stored. */
async function eraseInTask(key: string, value: unknown, closed: ReadonlySet<string>): Promise<boolean> {
  if (!textsIn(value).some((text) => closed.has(text))) return false;
  const { version, ...rest } = taskRow.parse(withoutTexts(value, closed));
  try {
    const row = { ...rest, version: version + 1 };
    await transact([{ key, entityName: ENTITY.task, value: row, ifVersion: version }]);
  } catch (error) {
    // It went on meanwhile: the next walk, which comes because this one found something, tries again.
    if (!(error instanceof StorageConflict)) throw error;
  }
  return true;
}

const importPageRow = z.object({ body: z.string() });

/**
 * The pages of the repositories that begin with the same digit. One that its import removes at this very moment comes
 * back, without these people, and goes with its repository: there is no condition on a plain key.
 */
async function eraseInImportPages(
  after: string | null,
  closed: ReadonlySet<string>,
): Promise<Walked & { readonly erased: number }> {
  const place = after === null ? 0 : DIGITS.indexOf(after) + 1;
  const digit = DIGITS[place] ?? '';
  let erased = 0;
  let units = 1;
  for await (const { key, value } of queryPrefix(`${IMPORT_PAGES}${digit}`)) {
    units += unitsOf([value]);
    const page = unpack('a page of an import', z.unknown(), importPageRow.parse(value).body);
    if (!textsIn(page).some((text) => closed.has(text))) continue;
    await set(key, { body: pack(z.looseObject({}).parse(withoutTexts(page, closed))) });
    units += unitsOf([value]);
    erased += 1;
  }
  return { erased, next: place + 1 < DIGITS.length ? digit : null, units };
}

async function inSettings(): Promise<readonly string[]> {
  const { teams, botIds } = await readSettings();
  return [...teams.flatMap(({ members }) => members.map(({ personId }) => personId)), ...botIds];
}

function eraseInSettings(closed: ReadonlySet<string>): Promise<boolean> {
  return changeSettings((before) => {
    const people = [
      ...before.teams.flatMap(({ members }) => members.map(({ personId }) => personId)),
      ...before.botIds,
    ];
    if (!people.some((id) => closed.has(id))) return { detail: before, result: false };
    const teams = before.teams.map((team) => ({
      ...team,
      members: team.members.filter(({ personId }) => !closed.has(personId)),
    }));
    const botIds = before.botIds.filter((id) => !closed.has(id));
    return { detail: { ...before, teams, botIds }, result: true };
  });
}

function inOrder(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter(isAccountId))].sort();
}

/** Every text in a value, at any depth. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}

/** The value with `null` in the place of each of these texts. */
function withoutTexts(value: unknown, texts: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return texts.has(value) ? null : value;
  if (Array.isArray(value)) return value.map((each) => withoutTexts(each, texts));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutTexts(each, texts)]));
}
