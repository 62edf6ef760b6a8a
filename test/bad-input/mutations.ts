/** Makes wrong input from right: seeded changes of a JSON document that keep most of its structure. */
import type { Chance } from '../../local/demo/random';

/** Words that nothing of ours says: where they show up, input was repeated. With a space, which no id has. */
export const MARKER = 'MARKED TEXT';

/** Values that have surprised parsers before. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  -0,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  Number.NaN,
  '',
  ' ',
  MARKER,
  `${MARKER} ${'x'.repeat(20_000)}`,
  `${MARKER}\u0000\u202e\ud800`,
  '__proto__',
  'constructor',
  '{}',
  `{${MARKER}}`,
  '../../../etc/passwd',
  '2011-08-29T06:50:23+518:00',
  '2026-02-30T25:61:61Z',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:60Z',
  'Mon, 29 Aug 2011 06:50:23 GMT',
  '1e9',
  [],
  [null],
  [[[[]]]],
  {},
  { [MARKER]: MARKER },
  JSON.parse('{"__proto__": {"isAdmin": true}}') as unknown,
  { length: -1 },
  { toString: null, valueOf: null },
  new Array(2_000).fill(MARKER),
  deep(400),
];

function deep(levels: number): unknown {
  let value: unknown = MARKER;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

type Container = unknown[] | Record<string, unknown>;

interface Spot {
  readonly container: Container;
  readonly name: string | number;
}

/** One to three changes at places of any depth; the example itself stays as it is. */
export function mutated(example: unknown, chance: Chance): unknown {
  const box = { root: structuredClone(example) };
  const changes = chance.integer(1, 3);
  for (let change = 0; change < changes; change += 1) changeOne(box, chance);
  return box.root;
}

function changeOne(box: Record<string, unknown>, chance: Chance): void {
  const spots = spotsIn(box);
  if (spots.length === 0) return;
  const { container, name } = chance.pick(spots);
  switch (chance.integer(0, 6)) {
    case 0:
      remove(container, name);
      return;
    case 1:
      put(container, name, [at(container, name)]);
      return;
    case 2: {
      // Another part of the same document: right in itself, at the wrong place.
      const other = chance.pick(spots);
      put(container, name, structuredClone(at(other.container, other.name)));
      return;
    }
    case 3:
      put(container, name, reshaped(at(container, name), chance));
      return;
    default:
      // A copy: a later change must not change what the next case begins with.
      put(container, name, structuredClone(chance.pick(ODD_VALUES)));
  }
}

/** Nearly right: a text or number that is a little other, a list that is longer or turned around. */
function reshaped(value: unknown, chance: Chance): unknown {
  if (typeof value === 'string') {
    return chance.pick([
      value.toUpperCase(),
      `${value}${MARKER}`,
      value.slice(1),
      value.repeat(50),
      value.split(''),
    ]);
  }
  if (typeof value === 'number') return chance.pick([-value, value + 0.1, String(value), value * 1e12]);
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return chance.pick([list.toReversed(), [...list, ...list], Object.fromEntries(list.entries())]);
  }
  return [value, value];
}

function spotsIn(root: Container): readonly Spot[] {
  const spots: Spot[] = [];
  const open: Container[] = [root];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    const names = Array.isArray(container) ? container.keys() : Object.keys(container);
    for (const name of names) {
      spots.push({ container, name });
      // Enough for every document there is, and an end to what was made very deep or long.
      if (spots.length >= 5_000) return spots;
      const value = at(container, name);
      if (value !== null && typeof value === 'object') open.push(value as Container);
    }
  }
  return spots;
}

function at(container: Container, name: string | number): unknown {
  return (container as Record<string | number, unknown>)[name];
}

function put(container: Container, name: string | number, value: unknown): void {
  Object.defineProperty(container, name, { value, configurable: true, enumerable: true, writable: true });
}

function remove(container: Container, name: string | number): void {
  if (Array.isArray(container)) container.splice(Number(name), 1);
  else Reflect.deleteProperty(container, name);
}
