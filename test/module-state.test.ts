/** What counts as state of a module, and what does not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { moduleState } from './module-state';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'module-state-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What is found in these files, by name. */
function stateOf(files: Readonly<Record<string, string>>): readonly string[] {
  const paths = Object.entries(files).map(([name, text]) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  });
  return moduleState(paths, folder);
}

it.each([
  ['a variable', 'let last = 0; export const next = () => last;', 'last is no constant'],
  ['an empty map', 'const seen = new Map();', 'seen begins empty'],
  ['an empty map inside a constant', 'const a = { b: 1, seen: new WeakMap() };', 'a begins empty'],
  ['an empty list', 'const seen: string[] = [];', 'seen begins empty'],
  ['an empty object', 'const seen = {};', 'seen begins empty'],
  ['an instance', "import Cache from 'cache'; const cache = new Cache();", 'cache is a Cache'],
  ['a closure', 'const once = (() => { let x = 0; return () => x++; })();', 'once is made by a function'],
  ['a closure of a maker', 'function make() { return () => 1; } const f = make();', 'f is made by make'],
  ['a list that grows', 'const all = [1]; export function add() { all.push(2); }', 'all is changed'],
  ['a field', 'const all = { at: 1 }; export function set() { all.at = 2; }', 'all is changed'],
  ['a field’s field', 'const a = { b: new Set([1]) }; export const f = () => a.b.add(2);', 'a is changed'],
  ['a field that goes', 'const a = { b: 1 }; export const f = () => { delete a.b; };', 'a is changed'],
  ['what is assigned', 'const a = { b: 1 }; export const f = () => Object.assign(a, {});', 'a is changed'],
  ['a count', 'const a = { b: 1 }; export const f = () => (a.b += 1, a.b++);', 'a is changed'],
  ['a function’s own', 'export function f() { f.last = 1; }', 'f is changed'],
  ['a static field', 'export class A { static last = 0; }', 'last is static'],
  ['a pattern that goes on', 'const words = /a/g;', 'words remembers where it stopped'],
  ['the process', 'export const f = () => { globalThis.last = 1; };', 'globalThis is changed'],
])('%s', (_, text, what) => {
  expect(stateOf({ 'a.ts': text })).toEqual([`a.ts: ${what}`]);
});

it('what another module changes', () => {
  const files = {
    'kept.ts': 'export const all = [1];',
    'other.ts': "import { all as them } from './kept'; export const f = () => them.push(2);",
  };
  expect(stateOf(files)).toEqual(['kept.ts: all is changed']);
});

it.each([
  ['constants', "const a = 1; const b = 'x'; const c = [1, 2] as const; const d = /a/;"],
  ['a table', "const all = new Map([['a', 1]]); export const f = () => all.get('a');"],
  ['functions', 'const f = () => { let x = 0; const m = new Map(); m.set(1, x++); return m; };'],
  ['schemas', "import { z } from 'zod'; const a = z.object({}); const b = a.optional();"],
  [
    'what comes of constants',
    'const a = [1, 2].map(String); const b = Date.UTC(2026); const c = a.concat(a);',
  ],
  ['a method called push', 'const key = { push: (x: string) => x }; export const f = () => key.push("a");'],
  ['an instance’s own', 'export class A { seen = new Map(); add() { this.seen.set(1, 1); } }'],
])('is not: %s', (_, text) => {
  expect(stateOf({ 'a.ts': text })).toEqual([]);
});
