import fc from 'fast-check';
import { csvOf, type Cell } from './csv';

/** A strict reader of RFC 4180, written apart from the writer's library. */
function parseStrictly(text: string): readonly (readonly string[])[] {
  if (!text.startsWith('\ufeff')) throw new Error('no byte order mark');
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 1;
  while (at < text.length) {
    const { cell, next } = readCell(text, at);
    row.push(cell);
    if (text[next] === ',') at = next + 1;
    else if (text.startsWith('\r\n', next)) {
      rows.push(row);
      row = [];
      at = next + 2;
    } else throw new Error(`neither a comma nor the end of a line at ${next}`);
  }
  if (row.length > 0) throw new Error('the last line does not end');
  return rows;
}

function readCell(text: string, at: number): { readonly cell: string; readonly next: number } {
  if (text[at] !== '"') {
    const [cell = ''] = /^[^",\r\n]*/.exec(text.slice(at)) ?? [];
    return { cell, next: at + cell.length };
  }
  const [quoted] = /^"(?:[^"]|"")*"/.exec(text.slice(at)) ?? [];
  if (quoted === undefined) throw new Error(`a quote at ${at} is not closed`);
  return { cell: quoted.slice(1, -1).replaceAll('""', '"'), next: at + quoted.length };
}

/** What a cell reads as: texts that begin like a formula have an apostrophe before them. */
function readAs(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
}

const text = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', ' ', 'a', 'ü', '\ufeff'),
  }),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
);
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) =>
    fc.tuple(
      fc.array(text, { minLength: width, maxLength: width }),
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 6 }),
    ),
  );

it('can be read back as it was written', () => {
  fc.assert(
    fc.property(table, ([columns, rows]) => {
      expect(parseStrictly(csvOf(columns, rows))).toEqual([columns, ...rows].map((row) => row.map(readAs)));
    }),
  );
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=1\n+2'])('leaves no formula of %j', (formula) => {
  const [, row] = parseStrictly(csvOf(['a', 'b'], [[formula, 1]]));
  expect(row).toEqual([`'${formula}`, '1']);
});

it('writes numbers as numbers, and nothing for what is not known', () => {
  expect(
    csvOf(
      ['value', 'known'],
      [
        [-1.5, null],
        [0, true],
      ],
    ),
  ).toBe('\ufeffvalue,known\r\n-1.5,\r\n0,true\r\n');
});
