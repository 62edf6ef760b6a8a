import { z } from 'zod';
import { changeRow, readRow, type GuardedRow } from './guarded-row';
import { SETTINGS_ENTITY } from './keys';
import { openAppStore, type AppStore } from './testing';

const detail = z.object({ names: z.array(z.string()) });

const ROW: GuardedRow<z.output<typeof detail>> = {
  entityName: SETTINGS_ENTITY,
  key: 'row',
  parse: (stored) => detail.parse(stored),
  beginning: { names: [] },
};

let app: AppStore;
beforeEach(() => {
  app = openAppStore();
});
afterEach(() => app.close());

const add = (name: string): Promise<number> =>
  changeRow(ROW, ({ names }) => ({ detail: { names: [...names, name] }, result: names.length }));

it('is as it begins until somebody changes it', async () => {
  expect(await readRow(ROW)).toEqual({ names: [] });
  expect(await add('ann')).toBe(0);
  expect(await readRow(ROW)).toEqual({ names: ['ann'] });
});

it('loses nothing of writers at the same time', async () => {
  const all = ['a', 'b', 'c', 'd'];
  const places = await Promise.all(all.map(add));
  expect([...places].sort()).toEqual([0, 1, 2, 3]);
  expect([...(await readRow(ROW)).names].sort()).toEqual(all);
});

it('writes nothing where nothing changed', async () => {
  await add('ann');
  const before = app.store.usage();
  expect(await changeRow(ROW, (present) => ({ detail: present, result: 'same' }))).toBe('same');
  expect(app.store.usage().requests - before.requests).toBe(1);
});
