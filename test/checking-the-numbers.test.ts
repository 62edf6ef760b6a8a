/** docs/checking-the-numbers.md, computed again: from the recording, from the export, and by hand. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pullRequestsTable } from '../static/view-model/taken-tables';
import { appDirectory } from './forge-host';
import { tableOf } from './markdown';
import { archiveExport, type ArchiveExport, type ExportedRepository } from './recordings/archive-export';
import { independentReading } from './recordings/independent-reading';
import { describeWithSharedData } from './shared-data';

const EXPORT_TIMEOUT = 120_000;
const NUMBER = 94;

const document = readFileSync(path.join(appDirectory, 'docs/checking-the-numbers.md'), 'utf8');
const command = /--recording (\S+) --now (\S+) --export/.exec(document);
const [, recording = '', now = ''] = command ?? [];
const folder = path.join(appDirectory, recording);

const facts = tableOf(document, ['fact', 'from', 'export']).rows;
const durations = tableOf(document, ['figure', 'from', 'to', 'by hand', 'export']).rows;
const counts = tableOf(document, ['figure', 'why', 'export']).rows;
const commits = tableOf(document, ['commit', 'seconds until the merge']).rows;
const merges = tableOf(document, ['pull request', 'opened', 'merged', 'seconds']).rows;
const statistics = tableOf(document, ['statistic', 'place', 'by hand', 'export']).rows;
const story = tableOf(document, ['instant', 'what', 'who', 'remark']).rows;

const seconds = (instant: string): number => Date.parse(instant) / 1_000;
/** Recorded instants have fractions of a second, which are dropped. */
const whole = (recorded: string): string => `${recorded.slice(0, 19)}Z`;
const factOf = (name: string): string => facts.find(([each]) => each === name)?.[2] ?? '';

/** `34 days 19:22:36`, `8:05` or `2:08` in seconds. */
function handwritten(text: string): number {
  const [, days = '0', clock = ''] = /^(?:(\d+) days? )?([\d:]+)$/.exec(text) ?? [];
  return Number(days) * 86_400 + clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

const numberOf = (text: string): number => Number(text.replaceAll(',', ''));

/** Sums of products as the document writes them, such as `1,000 + 0.2 × (3,000 − 2,000)` or `6,000 / 9`. */
function computed(text: string): number {
  return text
    .split(' + ')
    .reduce(
      (sum, term) => sum + term.split(' × ').reduce((product, factor) => product * factorOf(factor), 1),
      0,
    );
}

function factorOf(text: string): number {
  const [, first = '', sign, second = ''] = /^\(?([\d.,]+)(?: (−|\/) ([\d.,]+))?\)?$/.exec(text) ?? [];
  if (sign === '−') return numberOf(first) - numberOf(second);
  return sign === '/' ? numberOf(first) / numberOf(second) : numberOf(first);
}

/** Linear between order statistics (type 7), written once more: the app's own is what is checked. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return Math.round(below + (place - Math.floor(place)) * (above - below));
}

describe('without the recording', () => {
  it('subtracts right', () => {
    expect(durations.length).toBe(9);
    for (const [figure = '', from = '', to = '', byHand = '', exported = ''] of durations) {
      const difference = seconds(factOf(to)) - seconds(factOf(from));
      expect({ figure, value: Number(exported) }).toEqual({ figure, value: difference });
      expect({ figure, value: handwritten(byHand) }).toEqual({ figure, value: difference });
    }
  });

  it('takes the right place among the nine', () => {
    const took = merges.map(([, opened = '', merged = '']) => seconds(merged) - seconds(opened));
    expect(took).toEqual(merges.map(([, , , exported]) => Number(exported)));
    const valueOf = (statistic: string): number =>
      statistic === 'mean'
        ? Math.round(took.reduce((sum, each) => sum + each, 0) / took.length)
        : percentile(took, Number(statistic.slice(1)) / 100);
    expect(statistics.map(([statistic = '', , , exported]) => [statistic, Number(exported)])).toEqual(
      statistics.map(([statistic = '']) => [statistic, valueOf(statistic)]),
    );
  });

  it('comes to its results by the arithmetic that it writes out', () => {
    for (const [statistic = '', , byHand = '', exported] of statistics) {
      expect({ statistic, value: Math.round(computed(byHand)) }).toEqual({
        statistic,
        value: Number(exported),
      });
    }
    const prose = document.replace(/\s+/g, ' ');
    const [, sum = '', total = ''] = /days and [\d:]+, so ([^=]+) = ([\d,]+)\./.exec(prose) ?? [];
    expect(computed(sum)).toBe(numberOf(total));
    expect(String(numberOf(total))).toBe(durations.find(([id]) => id === 'time_to_merge')?.[4]);
    const [stages = ''] = /coding [^=]+ = [\d,]+/.exec(prose) ?? [];
    const [cycle = 0, ...parts] = [...stages.matchAll(/\d[\d,]*/g)].map(([each]) => numberOf(each)).reverse();
    expect(parts.reduce((all, each) => all + each, 0)).toBe(cycle);
    expect(String(cycle)).toBe(durations.find(([id]) => id === 'cycle_time')?.[4]);
  });

  it('lists the columns of the CSV, the two of its formula among them', () => {
    const [, list = ''] = document.split('<!-- columns -->\n');
    const named = [...(list.split('\nInstants')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
    const { columns } = pullRequestsTable([]);
    expect(named).toEqual(columns);
    expect([columns.indexOf('openedAt'), columns.indexOf('mergedAt')]).toEqual([
      'ABCDEFGHIJK'.indexOf('J'),
      'ABCDEFGHIJK'.indexOf('K'),
    ]);
  });
});

describeWithSharedData('on the recording that it names', () => {
  let exported: ArchiveExport;
  let repository: ExportedRepository;

  beforeAll(async () => {
    exported = await archiveExport(folder, now);
    const [only] = exported.repositories;
    if (only === undefined) throw new Error('The export holds no repository.');
    repository = only;
  }, EXPORT_TIMEOUT);

  const windowOf = (days: number): ExportedRepository['windows'][number]['metrics'] => {
    const window = repository.windows.find((each) => each.days === days);
    if (window === undefined) throw new Error(`The export has no window of ${days} days.`);
    return window.metrics;
  };

  it('tells every entry of the activity, and every own commit', async () => {
    const reading = await independentReading(folder, now);
    const read = reading.pullRequests.get(NUMBER);
    if (read === undefined) throw new Error(`There is no pull request ${NUMBER}.`);
    const own = read.listedCommits.filter(({ parents }) => parents.length < 2);
    const told = story.map(([instant = '', what = '']) => `${instant} ${what}`);
    expect(told).toEqual([...told].sort());
    expect(told.filter((each) => each.includes('commit '))).toEqual(
      own.map(({ date, hash }) => `${whole(date)} commit ${hash.slice(0, 12)}`).sort(),
    );
    expect(new Set(told.map((each) => each.slice(0, 20)))).toEqual(
      new Set([
        ...own.map(({ date }) => whole(date)),
        whole(read.recorded.created_on),
        ...read.moments.flatMap(({ at }) => {
          const instant = whole(at);
          // Two updates of the first minutes changed nothing that is told: title, description or reviewers.
          return instant > '2015-12-02T02:06:30Z' && instant < '2015-12-02T02:09:00Z' ? [] : [instant];
        }),
      ]),
    );
  });

  it('tells who commented and approved', async () => {
    const reading = await independentReading(folder, now);
    const read = reading.pullRequests.get(NUMBER);
    const people = new Map([['A', read?.recorded.author?.uuid]]);
    const verdicts = (read?.moments ?? []).filter(({ what }) => what !== 'update');
    expect(verdicts.length).toBe(5);
    for (const { at, what, who } of verdicts) {
      const [, , letter = 'nobody'] =
        story.find(([instant, told]) => instant === whole(at) && told === what) ?? [];
      if (!people.has(letter)) people.set(letter, who?.uuid);
      expect({ at, letter, person: people.get(letter) }).toEqual({ at, letter, person: who?.uuid });
    }
    expect([...people.keys()].sort()).toEqual(['A', 'B', 'C']);
    expect(new Set(people.values()).size).toBe(3);
  });

  it('names the facts of the export', () => {
    const found = repository.pullRequests.find(({ id }) => id === NUMBER);
    const known = new Map(Object.entries(found ?? {}));
    expect(facts.length).toBeGreaterThan(10);
    for (const [fact = '', , value = ''] of facts) {
      expect({ fact, value }).toEqual({ fact, value: String(known.get(fact)) });
    }
  });

  it('names the figures of the window with one merge', () => {
    const metrics = windowOf(30);
    expect(metrics.merged).toMatchObject({ value: 1 });
    for (const [figure = '', value] of [
      ...durations.map(([id, , , , each]) => [id, each] as const),
      ...counts.map(([id, , each]) => [id, each] as const),
    ]) {
      const found = metrics[figure];
      const said = found === undefined ? null : 'p50' in found ? found.p50 : found.value;
      expect({ figure, value: Number(value) }).toEqual({ figure, value: said });
    }
    const took = commits.map(([, each]) => Number(each));
    expect(metrics.lead_time_for_changes).toMatchObject({ n: took.length, p50: percentile(took, 0.5) });
    expect(document).toContain(`\`n\` ${took.length} and \`p50\` ${percentile(took, 0.5)}`);
  });

  it('names the commits’ ways to the merge', () => {
    const merged = seconds(factOf('mergedAt'));
    for (const [hash = '', exportedSeconds] of commits) {
      const [instant = ''] = story.find(([, what]) => what === `commit ${hash}`) ?? [];
      expect({ hash, value: Number(exportedSeconds) }).toEqual({ hash, value: merged - seconds(instant) });
    }
  });

  it('names the merges of 90 days and their percentiles', () => {
    const from = new Date(Date.parse(now) - 90 * 86_400_000).toISOString();
    const merged = repository.pullRequests
      .filter(({ mergedAt }) => mergedAt !== null && mergedAt >= whole(from) && mergedAt < now)
      .map(({ id, openedAt, mergedAt }) => [String(id), openedAt, mergedAt]);
    expect(merges.map((row) => row.slice(0, 3)).sort()).toEqual(merged.sort());
    const figure = windowOf(90).time_to_merge;
    expect(figure).toMatchObject({ n: merges.length });
    expect(figure).toMatchObject(
      Object.fromEntries(statistics.map(([id, , , value]) => [id, Number(value)])),
    );
  });
});
