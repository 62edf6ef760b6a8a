/** How long the figures of one answer take, and how that grows with the pull requests of a window. */
import { windowEndingAt } from '../../../src/metrics/windows';
import { generatedFacts } from '../generated-facts';
import { measure, type Measurement } from '../measure';
import type { Row, Section, SectionSettings, Table } from '../section';
import { CASES } from './metrics-cases';

const WINDOW_DAYS = 90;

/** The window and the one before, which the figures are compared with. */
const WINDOWS = 2;

/** The facts are the same whenever this is run. */
const NOW = Date.UTC(2026, 0, 1) / 1000;
const SEED = 20_260_101;

/** Forge stops a resolver function after so long. */
const LIMIT_MILLISECONDS = 25_000;

export const METRICS: Section = {
  name: 'metrics',
  measures: `How long the figures of a window of ${WINDOW_DAYS} days take, and how that grows; the facts of ${WINDOWS} windows are at hand.`,
  tables,
};

async function* tables({ effort, sizes, caseText }: SectionSettings): AsyncGenerator<Table> {
  const cases = CASES.filter(({ name }) => name.includes(caseText));
  const [firstSize] = sizes;
  const first = new Map<string, Measurement>();
  for (const size of sizes) {
    const wanted = { perWindow: size, windowDays: WINDOW_DAYS, windows: WINDOWS, now: NOW, seed: SEED };
    const setting = { facts: generatedFacts(wanted), window: windowEndingAt(NOW, WINDOW_DAYS), now: NOW };
    const rows: Row[] = [];
    for (const { name, compute } of cases) {
      const budget = effort.budget / cases.length;
      const measured = await measure(() => compute(setting), { ...effort, budget });
      const reference = first.get(name) ?? measured;
      first.set(name, reference);
      rows.push({
        name,
        measured,
        ratio: measured.median / size / (reference.median / firstSize),
        note: `${shareOfLimit(measured.median)} of 25 s`,
      });
    }
    yield {
      title: `${size.toLocaleString('en')} pull requests`,
      unit: 'ms',
      baseline: `the time for each pull request where there are ${firstSize.toLocaleString('en')}`,
      rows,
    };
  }
}

function shareOfLimit(milliseconds: number): string {
  const share = (milliseconds / LIMIT_MILLISECONDS) * 100;
  return `${share.toFixed(share < 10 ? 2 : 0)} %`;
}
