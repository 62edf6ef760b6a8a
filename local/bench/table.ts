/** The lines that the benchmark prints of a table. */
import type { Row, Table } from './section';

const NAME_WIDTH = 44;
const WIDTH = 16;

/** A heading with what the ratio compares with, and a line for each row. */
export function linesOf({ title, unit, baseline, rows }: Table): readonly string[] {
  return [
    line(title, [unit, 'middle half', 'runs', 'ratio']),
    ...rows.map(({ name, measured, ratio, note }: Row) => {
      const { median, lower, upper, runs } = measured;
      const cells = [
        written(median),
        `${written(lower)}–${written(upper)}`,
        String(runs),
        Number.isFinite(ratio) ? `× ${ratio.toFixed(2)}` : '–',
      ];
      return `${line(`  ${name}`, cells)}${note === undefined ? '' : `   ${note}`}`;
    }),
    `  Ratio: to ${baseline}.`,
  ];
}

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(WIDTH)).join('');
}

/** Three figures, or all those before the point. */
function written(value: number): string {
  if (value >= 100 || value === 0) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toPrecision(3);
}
