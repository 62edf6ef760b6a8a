/** `npm run store` on a store's file, while a host has it open and afterwards. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { aPullRequest } from '../../src/facts/testing';
import { encodeLedger } from '../../src/storage/ledger-codec';
import { pack } from '../../src/storage/packed';
import { openDatabase, openDatabaseToRead, type HostDatabase } from '../forge/database';
import { readManifest } from '../forge/manifest';
import { MessageTable } from '../forge/message-table';
import { ForgeStore, type StoredRow } from '../forge/store';
import { temporaryFolder } from '../forge/testing/fixture-host';
import { databaseFileIn } from '../start/data-folder';
import { viewStore, type StoreViewOutput } from './command';
import { readOptions } from './options';

const NOW = Date.UTC(2026, 10, 21);
const MONTH = 'r1:2026-11';
const FACTS = aPullRequest({ id: 7 });

function row(entityName: string | null, key: string, value: unknown): StoredRow {
  const kind = entityName === null ? 'kvs' : 'entity';
  return { kind, entityName, key, value, createdAt: NOW, updatedAt: NOW + 1_000, expiresAt: null };
}

const ROWS: readonly StoredRow[] = [
  row('ledger', MONTH, { repository: 'r1', detail: { parts: 1, body: encodeLedger([FACTS]) } }),
  row('ledger', 'r1:open', { repository: 'r1', detail: { parts: 1, body: '' } }),
  row('ledger', 'r2:open', { repository: 'r2', detail: { parts: 1, body: '3:damaged' } }),
  row('delivery', MONTH, {
    repository: 'r1',
    month: '2026-11',
    detail: { body: pack({ elements: [1, 2] }) },
  }),
  row(null, 'importpage:r1:0', { body: pack({ values: ['x'] }) }),
  row(null, 'repository:r1', { slug: 'schön' }),
  // Written on a host's clock that was years behind.
  { ...row(null, 'event:r1:abc', { name: 'push' }), expiresAt: Date.UTC(2016, 0, 1) },
];

let folder: string;
let database: HostDatabase;
let store: ForgeStore;

beforeEach(() => {
  folder = temporaryFolder();
  database = openDatabase(databaseFileIn(folder));
  const { entities } = readManifest(path.resolve(__dirname, '../..'));
  store = new ForgeStore({ database, entities, clock: { now: () => NOW } });
  new MessageTable(database, NOW);
  store.restore(ROWS);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

function view(...args: readonly string[]): StoreViewOutput {
  const options = readOptions(['--data', folder, ...args]);
  if (options === 'help') throw new Error('The options ask for help.');
  return viewStore(options);
}

const valuesOf = (wanted: string): unknown[] =>
  view(wanted).printed.map((json) => JSON.parse(json) as unknown);

it('counts rows and bytes by kind, while the host runs and when it has ended', () => {
  const expected = [
    ['event', '1', '15'],
    ['repository', '1', '17'],
    ['ledger', '3'],
    ['delivery', '1'],
    ['importpage', '1'],
    ['all', '7'],
  ];
  const lines = view().printed.map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual([folder]);
  for (const cells of expected) {
    expect(lines.map((line) => line.slice(0, cells.length))).toContainEqual(cells);
  }
  expect(lines.at(-1)).toEqual(['0 messages wait.']);
  const running = view();
  database.close();
  expect(view()).toEqual(running);
});

it('sees what the host writes, and can write nothing itself', () => {
  const looking = openDatabaseToRead(databaseFileIn(folder));
  expect(() => view('repository:r9')).toThrow('no key is or begins so');
  store.restore([...ROWS, row(null, 'repository:r9', { slug: 'new' })]);
  expect(valuesOf('repository:r9')).toEqual([{ slug: 'new' }]);
  expect(() => looking.run('delete from stored_row')).toThrow('readonly');
  looking.close();
  expect(store.dump().map(({ key }) => key)).toContain('repository:r9');
});

it.each([
  ['ledger/', ['ledger/r1:2026-11', 'ledger/r1:open', 'ledger/r2:open']],
  ['r1:', ['delivery/r1:2026-11', 'ledger/r1:2026-11', 'ledger/r1:open']],
  ['importpage:', ['importpage:r1:0']],
])('%s lists what begins so', (prefix, names) => {
  const { said, printed } = view(prefix);
  expect(printed.map((line) => line.trim().split(/ +/)[1])).toEqual(names);
  expect(said).toEqual([`${names.length} rows, with the bytes of their values:`]);
});

describe('a key', () => {
  it('shows the facts of a ledger', () => {
    const detail = { parts: 1, body: [FACTS] };
    expect(valuesOf(`ledger/${MONTH}`)).toEqual([{ repository: 'r1', detail }]);
    expect(view(`ledger/${MONTH}`).said[0]).toMatch(
      /^ledger\/r1:2026-11: \d+ bytes, created 2026-11-21T00:00:00.000Z, written 2026-11-21T00:00:01.000Z$/,
    );
  });

  it('shows what was packed in a month of deliveries and in a page of an import', () => {
    expect(valuesOf(`delivery/${MONTH}`)).toMatchObject([{ detail: { body: { elements: [1, 2] } } }]);
    expect(valuesOf('importpage:r1:0')).toEqual([{ body: { values: ['x'] } }]);
  });

  it('shows all rows of it', () => {
    expect(valuesOf(MONTH)).toMatchObject([{ month: '2026-11' }, { detail: { body: [{ id: 7 }] } }]);
  });

  it('shows a ledger without facts, and one that cannot be read, as they are', () => {
    expect(valuesOf('r1:open')).toMatchObject([{ detail: { body: '' } }]);
    expect(valuesOf('r2:open')).toMatchObject([{ detail: { body: '3:damaged' } }]);
    expect(view('r2:open').said[1]).toContain('ledger/r2:open: a stored ledger cannot be read');
  });

  it('shows a row that has expired, and until when it was kept', () => {
    expect(view('event:r1:abc').said[0]).toContain('expires 2016-01-01T00:00:00.000Z');
  });
});

it.each([
  [['--data', __dirname], 'holds no store. Run npm start first'],
  [['nothing'], 'nothing: no key is or begins so.'],
  [['one', 'two'], 'two: one key or prefix at a time.'],
  [['--dota'], 'cannot be read. See npm run store -- --help.'],
])('%j is refused', (args, sentence) => {
  expect(() => view(...args)).toThrow(sentence);
});
