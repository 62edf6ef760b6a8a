/** The store as a whole: it survives a killed process, shows and deletes its rows, and answers 501 to what it does not know. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Sort, kvs } from '@forge/kvs';
import { openDatabase } from '../database';
import { ForgeStore } from './forge-store';
import { ENTITIES, START, openTestStore, type TestStore, type Visit } from './test-store';
import { connectForgeStore } from './testing';

describe('what is not modelled', () => {
  let test: TestStore;

  beforeEach(() => {
    test = openTestStore();
  });

  afterEach(() => test.disconnect());

  it.each([
    ['/api/v1/export', {}],
    ['/api/v2/get', { key: 'key' }],
    ['/api/v1/get', { key: 'key', consistency: 'weak' }],
    ['/api/v1/set', { key: 'key', value: 1, options: { compress: true } }],
    ['/api/v1/batch/get', [{ key: 'key', region: 'x' }]],
    ['/api/v1/entity/query', { entityName: 'visit', indexName: 'by-key', filters: { not: [] } }],
  ])('%s with %j is answered 501 with a sentence', (target, body) => {
    expect(test.store.handle(target, body)).toEqual({
      status: 501,
      body: {
        code: 'NOT_MODELLED',
        message: expect.stringMatching(/^The local Forge store does not model .+\.$/) as string,
      },
    });
    expect(test.store.dump()).toEqual([]);
  });

  it.each([
    ['/api/v1/get', undefined],
    ['/api/v1/get', { key: 5 }],
    ['/api/v1/batch/get', { key: 'key' }],
    ['/api/v1/transaction', []],
  ])('%s with the malformed body %j is a bad request', (target, body) => {
    expect(test.store.handle(target, body)).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });
});

describe('connectForgeStore', () => {
  it('sends storage to the last connected store, and to the one before after a disconnect', async () => {
    const outer = openTestStore();
    await kvs.set('key', 'outer');
    const inner = openTestStore();
    expect(await kvs.get('key')).toBeUndefined();
    inner.disconnect();
    expect(await kvs.get('key')).toBe('outer');
    outer.disconnect();
    await expect(kvs.get('key')).rejects.toThrow();
  });
});

describe('dump and clear', () => {
  it('show every live row in order, and delete them all', async () => {
    const test = openTestStore();
    await kvs.set('b', 1);
    await kvs.set('a', 2, { ttl: { value: 1, unit: 'SECONDS' } });
    await kvs.setSecret('s', 3);
    await kvs.entity('visit').set('e', { place: 'x', at: 1 });
    const times = { createdAt: START, updatedAt: START };
    expect(test.store.dump()).toEqual([
      {
        kind: 'entity',
        entityName: 'visit',
        key: 'e',
        value: { place: 'x', at: 1 },
        ...times,
        expiresAt: null,
      },
      { kind: 'kvs', entityName: null, key: 'a', value: 2, ...times, expiresAt: START + 1_000 },
      { kind: 'kvs', entityName: null, key: 'b', value: 1, ...times, expiresAt: null },
      { kind: 'secret', entityName: null, key: 's', value: 3, ...times, expiresAt: null },
    ]);
    test.store.clear();
    expect(test.store.dump()).toEqual([]);
    const indexed = kvs
      .entity('visit')
      .query()
      .index('by-place', { partition: ['x'] });
    expect((await indexed.getMany()).results).toEqual([]);
    test.disconnect();
  });
});

describe('a store in a file', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'throughline-store-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('keeps its rows and indexes over a close', async () => {
    const file = path.join(folder, 'store.db');
    for (const expected of [[], ['row-0'], ['row-0', 'row-1']]) {
      const database = openDatabase(file);
      const disconnect = connectForgeStore(new ForgeStore({ database, entities: ENTITIES, clock: Date }));
      const visits = kvs.entity<Visit>('visit');
      const { results } = await visits
        .query()
        .index('by-place', { partition: ['a'] })
        .getMany();
      expect(results.map((row) => row.key)).toEqual(expected);
      await visits.set(`row-${expected.length}`, { place: 'a', at: expected.length });
      disconnect();
      database.close();
    }
  });

  it('keeps every answered write of a process that is killed', async () => {
    const file = path.join(folder, 'store.db');
    const program = `
      const { openDatabase } = require(${JSON.stringify(path.join(__dirname, '../database.ts'))});
      const { ForgeStore } = require(${JSON.stringify(path.join(__dirname, 'forge-store.ts'))});
      const store = new ForgeStore({
        database: openDatabase(${JSON.stringify(file)}),
        entities: ${JSON.stringify(ENTITIES)},
        clock: Date,
      });
      for (let at = 0; ; at += 1) {
        const answer = store.handle('/api/v1/batch/set', [
          { key: 'row-' + at, value: at },
          { key: 'row-' + at, entityName: 'visit', value: { place: 'a', at } },
        ]);
        require('node:fs').writeSync(1, at + ' ' + answer.body.successfulKeys.length + '\\n');
      }`;
    const child = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', program], {
      cwd: path.resolve(__dirname, '../../..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.split('\n').length > 50) {
        child.kill('SIGKILL');
      }
    });
    await new Promise((resolve) => child.once('close', resolve));
    const answered = output.split('\n').filter((line) => line.endsWith(' 2')).length;
    expect(answered).toBeGreaterThanOrEqual(50);

    const database = openDatabase(file);
    const store = new ForgeStore({ database, entities: ENTITIES, clock: Date });
    const rows = store.dump();
    const plain = rows.filter((row) => row.kind === 'kvs');
    const visits = rows.filter((row) => row.kind === 'entity');
    expect(plain.length).toBeGreaterThanOrEqual(answered);
    expect(visits.map((row) => row.key)).toEqual(plain.map((row) => row.key));
    const disconnect = connectForgeStore(store);
    const newest = kvs
      .entity<Visit>('visit')
      .query()
      .index('by-place', { partition: ['a'] })
      .sort(Sort.DESC);
    expect((await newest.getOne())?.value.at).toBe(visits.length - 1);
    disconnect();
    database.close();
  });
});
