/** The database file: migrations once and in order, all-or-nothing work, one process at a time, nothing lost at a kill. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseInUseError, openDatabase, type HostDatabase } from './database';

const opened: HostDatabase[] = [];
let folder: string;

function open(file: string): HostDatabase {
  const database = openDatabase(file);
  opened.push(database);
  return database;
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'throughline-database-'));
});

afterEach(() => {
  for (const database of opened.splice(0)) {
    database.close();
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts another process that opens `file`, runs `work` on `database` and then waits to be killed. */
async function processHolding(file: string, work: string): Promise<ChildProcess> {
  const program = `
    const { openDatabase } = require(${JSON.stringify(path.join(__dirname, 'database.ts'))});
    const database = openDatabase(${JSON.stringify(file)});
    ${work}
    process.stdout.write('ready');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', program], {
    cwd: path.resolve(__dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', (code) =>
      reject(new Error(`The child ended with ${String(code)} before it was ready.`)),
    );
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

describe('openDatabase', () => {
  it('stores text, numbers and nothing, and answers no row as undefined', () => {
    const database = open(':memory:');
    database.migrate('test', ['create table pair (name text, size)']);
    expect(database.run('insert into pair values (?, ?), (?, ?)', 'a', 2 ** 40, 'b', null)).toBe(2);
    expect(database.all('select * from pair order by name')).toEqual([
      { name: 'a', size: 2 ** 40 },
      { name: 'b', size: null },
    ]);
    expect(database.get('select * from pair where name = ?', 'c')).toBeUndefined();
  });

  it('makes the folder of a new file', () => {
    const file = path.join(folder, 'new', 'store.db');
    open(file).migrate('test', ['create table note (text)']);
  });

  it('refuses a file that is open in this process with a sentence, and opens it after a close', () => {
    const file = path.join(folder, 'store.db');
    const first = openDatabase(file);
    first.migrate('test', ['create table note (text)']);
    first.run('insert into note values (?)', 'kept');
    expect(() => openDatabase(file)).toThrow(DatabaseInUseError);
    expect(() => openDatabase(file)).toThrow(/already open in another Throughline host/);
    first.close();
    expect(open(file).all('select text from note')).toEqual([{ text: 'kept' }]);
  });

  it('refuses a file that another process holds, and opens it at once with every committed row when that is killed', async () => {
    const file = path.join(folder, 'store.db');
    const child = await processHolding(
      file,
      `database.migrate('test', ['create table note (text)']);
       for (let at = 0; at < 500; at += 1) database.run('insert into note values (?)', 'note ' + at);`,
    );
    try {
      expect(() => openDatabase(file)).toThrow(DatabaseInUseError);
    } finally {
      await kill(child);
    }
    expect(open(file).get('select count(*) as notes from note')).toEqual({ notes: 500 });
  });

  it('undoes a transaction that a killed process had begun', async () => {
    const file = path.join(folder, 'store.db');
    const child = await processHolding(
      file,
      `database.migrate('test', ['create table note (text)']);
       database.run('insert into note values (?)', 'before');
       database.transaction(() => {
         database.run('insert into note values (?)', 'half');
         require('node:fs').writeSync(1, 'ready');
         Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
       });`,
    );
    await kill(child);
    expect(open(file).all('select text from note')).toEqual([{ text: 'before' }]);
  });
});

describe('transaction', () => {
  it('undoes everything when the work throws, and an inner one joins the outer', () => {
    const database = open(':memory:');
    database.migrate('test', ['create table note (text)']);
    expect(() =>
      database.transaction(() => {
        database.transaction(() => database.run('insert into note values (?)', 'inner'));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(database.all('select * from note')).toEqual([]);
    expect(database.transaction(() => database.run('insert into note values (?)', 'kept'))).toBe(1);
    expect(database.all('select * from note')).toEqual([{ text: 'kept' }]);
  });
});

describe('migrate', () => {
  it('applies each step of a room once, over several starts, and keeps rooms apart', () => {
    const file = path.join(folder, 'store.db');
    const first = openDatabase(file);
    first.migrate('queue', ['create table job (id)']);
    first.migrate('installation', ['create table record (id)']);
    first.close();
    const second = open(file);
    second.migrate('queue', ['create table job (id)', 'alter table job add column due']);
    second.migrate('queue', ['create table job (id)', 'alter table job add column due']);
    second.run('insert into job values (1, 2)');
    expect(second.all('select * from job')).toEqual([{ id: 1, due: 2 }]);
  });

  it('applies no step of a migration that fails', () => {
    const database = open(':memory:');
    expect(() => database.migrate('queue', ['create table job (id)', 'create nonsense'])).toThrow();
    database.migrate('queue', ['create table job (id)']);
    expect(database.all('select * from job')).toEqual([]);
  });
});
