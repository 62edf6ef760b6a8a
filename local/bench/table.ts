/** The lines that the benchmark prints. */
import type { Measurement } from './measure';

/** Forge stops a resolver function after so long. */
const LIMIT_MILLISECONDS = 25_000;

const NAME_WIDTH = 42;
const WIDTH = 15;

/** The names of the columns, for one number of pull requests a window. */
export function header(pullRequests: number): string {
  const size = `${pullRequests.toLocaleString('en')} pull requests`;
  return line(size, ['median ms', 'middle half', 'runs', 'per fact', 'of 25 s']);
}

/** `growth` is the time per fact, as a multiple of that at the first size: 1 where time grows as the facts do. */
export function row(name: string, { median, lower, upper, runs }: Measurement, growth: number): string {
  const share = (median / LIMIT_MILLISECONDS) * 100;
  return line(name, [
    milliseconds(median),
    `${milliseconds(lower)}–${milliseconds(upper)}`,
    String(runs),
    `× ${growth.toFixed(2)}`,
    `${share.toFixed(share < 10 ? 2 : 0)} %`,
  ]);
}

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(NAME_WIDTH) + cells.map((cell) => cell.padStart(WIDTH)).join('');
}

function milliseconds(value: number): string {
  return value.toFixed(value < 10 ? 1 : 0);
}
