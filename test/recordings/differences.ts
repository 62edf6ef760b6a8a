/** Where an exported repository differs from the second reading of it, one readable line for each value. */
import type { ExportedPullRequest, ExportedRepository } from './archive-export';
import { agrees, expectedFigures, type ExpectedFigure } from './expected-figures';
import type { IndependentReading } from './independent-reading';

function line(place: string, expected: unknown, got: unknown): string {
  const [right, is] = [expected, got].map((value) =>
    value === undefined ? 'nothing' : JSON.stringify(value),
  );
  return `${place}: expected ${right}, got ${is}`;
}

/** An expected fraction as a number to read. */
function readable(expected: ExpectedFigure[string] | undefined): unknown {
  return typeof expected === 'object' && expected !== null
    ? expected.numerator / expected.denominator
    : expected;
}

function keysOf(...objects: readonly object[]): readonly string[] {
  return [...new Set(objects.flatMap(Object.keys))];
}

/** Every fact of every pull request, on either side. */
export function factDifferences(
  exported: ExportedRepository,
  reading: IndependentReading,
): readonly string[] {
  const { slug } = reading;
  const rows = new Map<number, ExportedPullRequest>(exported.pullRequests.map((row) => [row.id, row]));
  const differences: string[] = [];
  if (rows.size !== exported.pullRequests.length) differences.push(`${slug} exports a pull request twice`);
  for (const id of new Set([...reading.pullRequests.keys(), ...rows.keys()])) {
    const expected: Readonly<Record<string, unknown>> = { ...reading.pullRequests.get(id)?.facts };
    const got: Readonly<Record<string, unknown>> = { ...rows.get(id) };
    for (const fact of keysOf(expected, got)) {
      if (JSON.stringify(expected[fact]) !== JSON.stringify(got[fact])) {
        differences.push(line(`${slug}#${id} ${fact}`, expected[fact], got[fact]));
      }
    }
  }
  return differences;
}

/** Figures of METRICS 4, 6 and 7, which the second reading does not make: their own tests do. */
const READ_ONCE: ReadonlySet<string> = new Set([
  'review_load_gini',
  'bus_factor',
  'deployment_frequency',
  'lead_time_for_changes',
  'change_failure_rate',
  'time_to_restore',
  'rework_rate',
  'direct_pushes',
  'hotfix_pushes',
  'pipeline_duration',
  'pipeline_success_rate',
  'pipeline_queue_time',
  'deployment_duration',
]);

/** Every value of every figure of every window, on either side; `only` keeps the figures it is true of. */
export function figureDifferences(
  exported: ExportedRepository,
  reading: IndependentReading,
  only: (metric: string) => boolean,
): readonly string[] {
  const all = [...reading.pullRequests.values()];
  return exported.windows.flatMap(({ from, to, days, metrics }) => {
    const expected = expectedFigures(all, from, to);
    return keysOf(expected, metrics)
      .filter((metric) => only(metric) && !READ_ONCE.has(metric))
      .flatMap((metric) => {
        const right = expected[metric] ?? {};
        const got: Readonly<Record<string, unknown>> = { ...metrics[metric] };
        return keysOf(right, got)
          .filter((name) => !agrees(right[name], got[name], right.unit))
          .map((name) =>
            line(`${reading.slug}, ${days} days, ${metric}.${name}`, readable(right[name]), got[name]),
          );
      });
  });
}
