/** Files that change between two looks. */
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../forge/testing/fixture-host';
import { ChangedFiles } from './changed-files';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(path.join(folder, 'src/dist'), { recursive: true });
  writeFileSync(path.join(folder, 'src/a.ts'), 'a');
  writeFileSync(path.join(folder, 'lock.json'), '{}');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('those that were written, made and removed are named once', () => {
  const at = (file: string): string => path.join(folder, file);
  const files = new ChangedFiles([at('src'), at('lock.json'), at('absent.json')]);
  expect(files.look()).toEqual([]);
  writeFileSync(at('src/a.ts'), 'longer');
  utimesSync(at('lock.json'), 1, 1);
  mkdirSync(at('src/room'));
  writeFileSync(at('src/room/b.ts'), 'b');
  writeFileSync(at('src/dist/built.js'), 'built');
  expect([...files.look()].sort()).toEqual([at('lock.json'), at('src/a.ts'), at('src/room/b.ts')]);
  expect(files.look()).toEqual([]);
  rmSync(at('src/room'), { recursive: true });
  writeFileSync(at('absent.json'), '');
  expect([...files.look()].sort()).toEqual([at('absent.json'), at('src/room/b.ts')]);
});

it('a folder that is missing for a moment changes nothing until it is back', () => {
  const files = new ChangedFiles([path.join(folder, 'src')]);
  rmSync(path.join(folder, 'src'), { recursive: true });
  expect(files.look()).toEqual([]);
  mkdirSync(path.join(folder, 'src'));
  expect(files.look()).toEqual([path.join(folder, 'src/a.ts')]);
});
