/** The lines that a simulation prints at its end, each figure with its unit. */
import type { Totals } from './accounts';
import { billedUse, monthlyBill, PRICES, type Bill } from './bill';
import type { Busiest } from './busiest-minute';
import { isImport, STORAGE_LIMITS, type Figures } from './figures';

const NAME_WIDTH = 44;
const WIDTH = 13;

/** Purposes that are named for the busiest minute. */
const MOST_USES = 5;

/** All tables of a run. */
export function report(figures: Figures): string {
  return [
    ...heading(figures),
    '',
    ...importLines(figures),
    '',
    ...liveLines(figures),
    '',
    ...limitLines(figures),
    '',
    ...functionLines(figures),
    '',
    ...purposeLines(figures),
    '',
    ...bitbucketLines(figures),
    '',
    ...rowLines(figures),
    '',
    ...viewLines(figures),
    '',
    ...billLines(figures),
    '',
    ...logLines(figures),
  ].join('\n');
}

function heading({ options, assumptions, days }: Figures): readonly string[] {
  const { latencies, startMilliseconds } = assumptions;
  return [
    `${whole(options.repositories)} repositories, ${whole(options.pullRequests)} pull requests before the beginning, ` +
      `${whole(options.eventsPerDay)} events a day, ${whole(options.viewsPerDay)} panels a working day, ` +
      `${whole(options.requestsPerHour)} Bitbucket requests an hour; ${days.toFixed(1)} days simulated`,
    `Assumed: Bitbucket ${latencies.bitbucket} ms, storage read ${latencies.storageRead} ms and write ` +
      `${latencies.storageWrite} ms, queue push ${latencies.queuePush} ms, start ${startMilliseconds} ms; ` +
      'computing time as measured here, on the share of a processor that the memory gives',
  ];
}

function importLines({ import: found, stored, days }: Figures): readonly string[] {
  const facts = stored.find(({ kind }) => kind === 'pullrequest')?.rows ?? 0;
  const left = Math.max(0, found.expected - found.pullRequests);
  return [
    header('Import', ['hours']),
    row('Recent 90 days of every repository', [hours(found.recent)]),
    row('All history of pull requests', [hours(found.history)]),
    row('All pipelines and deployments', [hours(found.delivery)]),
    row('Sizes of all (diffstats)', [hours(found.sizes)]),
    `After ${days.toFixed(1)} days: ${whole(found.repositoriesWithRecent)} of ${whole(found.repositories)} repositories have ` +
      `their recent 90 days, ${whole(found.repositoriesWithHistory)} all history; ${whole(found.pullRequests)} pull requests ` +
      `imported, ${whole(facts)} stored` +
      (found.history === null
        ? `; about ${whole(left)} left, at ${whole(found.pullRequestsLastDay)} a day`
        : ''),
  ];
}

function liveLines({ freshness, backlogs, events, queue }: Figures): readonly string[] {
  const worst = Math.max(0, ...backlogs.map(({ worstSeconds }) => worstSeconds));
  return [
    header('Live', ['']),
    row('From event to stored facts, median', [`${number(freshness.median)} s`]),
    row('  95 of 100 within', [`${number(freshness.p95)} s`]),
    row('  longest', [`${number(freshness.longest)} s`]),
    row('  events told, not yet told', [whole(freshness.told), whole(freshness.notYet)]),
    row('Events delivered, given up', [whole(events.delivered), whole(events.givenUp)]),
    row('Messages retried, put off, dropped', [
      whole(queue.retries),
      whole(queue.putOff),
      whole(queue.dropped),
    ]),
    row('Longest wait of a live message', [`${whole(worst)} s`]),
    row('Oldest live message at the end of each day (s)', [
      backlogs.map(({ oldestSeconds }) => Math.round(oldestSeconds)).join(' '),
    ]),
  ];
}

function limitLines({ storage, queue, bitbucket, functions }: Figures): readonly string[] {
  const peak = storage.peakPerMinute;
  const share = (used: number, limit: number): readonly string[] => [
    whole(used),
    whole(limit),
    `${((used / limit) * 100).toFixed(1)} %`,
  ];
  return [
    header('Limits (most in any minute, unless said)', ['used', 'limit', 'share']),
    row('Storage read units', share(peak.readUnits, STORAGE_LIMITS.readUnits)),
    row('Storage write units', share(peak.writeUnits, STORAGE_LIMITS.writeUnits)),
    ...usesOf('reads', storage.busiest.reads),
    ...usesOf('writes', storage.busiest.writes),
    row('Storage requests in a second', share(storage.peakPerSecond, STORAGE_LIMITS.perSecond)),
    row('Queue events', share(queue.peakPerMinute, 500)),
    row('Pushes of one chain', share(queue.longestChain, 1_000)),
    row('Events in a push', share(queue.mostInAPush, 50)),
    row('Refused: storage 429', [whole(storage.throttled)]),
    row('  conflicts, and single reads of absent keys', [whole(storage.refused - storage.throttled)]),
    row('Refused: queue', [whole(queue.refused)]),
    row('Refused: Bitbucket 429', [whole(bitbucket.refused)]),
    row('Functions over their time', [whole(functions.reduce((sum, { timedOut }) => sum + timedOut, 0))]),
  ];
}

/** What the busiest minute was used for, so that one that is too busy can be mended. */
function usesOf(kind: string, { at, uses }: Busiest): readonly string[] {
  if (at === null) return [];
  const named = uses.slice(0, MOST_USES).map(({ purpose, units }) => `${purpose} ${whole(units)}`);
  return [row(`  busiest minute of ${kind}: ${new Date(at).toISOString().slice(0, 16)}`, [named.join(', ')])];
}

function functionLines({ functions, days }: Figures): readonly string[] {
  return [
    header('Functions', ['runs a day', 'GB-s a day', 'mean ms', 'longest s', 'computing %', 'threw']),
    ...functions.map((each) =>
      row(`${each.function} (${each.memoryMegabytes} MB)`, [
        whole(each.invocations / days),
        number(((each.memoryMegabytes / 1_024) * each.runMilliseconds) / 1_000 / days),
        whole(each.runMilliseconds / each.invocations),
        number(each.longestMilliseconds / 1_000),
        number((each.cpuMilliseconds / each.runMilliseconds) * 100),
        whole(each.threw),
      ]),
    ),
  ];
}

function purposeLines({ purposes }: Figures): readonly string[] {
  const sorted = Object.entries(purposes).sort(([, a], [, b]) => dollars(b) - dollars(a));
  return [
    header('By purpose, in all (I: import)', [
      'dollars',
      'GB-s',
      'Bitbucket',
      'storage',
      'read units',
      'write units',
      'MB read',
      'MB written',
      'pushes',
      'log MB',
    ]),
    ...sorted.map(([purpose, totals]) =>
      row(`${isImport(purpose) ? 'I ' : '  '}${purpose}`, [
        dollars(totals).toFixed(4),
        number(totals.gigabyteSeconds),
        whole(totals.bitbucketRequests),
        whole(totals.storageRequests),
        whole(totals.readUnits),
        whole(totals.writeUnits),
        megabytes(totals.bytesRead + totals.emptyReads * 1_024),
        megabytes(totals.bytesWritten),
        whole(totals.pushes),
        megabytes(totals.logBytes),
      ]),
    ),
  ];
}

function bitbucketLines({ bitbucket, days, storage }: Figures): readonly string[] {
  const sorted = (counts: Readonly<Record<string, number>>): readonly [string, number][] =>
    Object.entries(counts).sort(([, a], [, b]) => b - a);
  return [
    header('Bitbucket requests by endpoint', ['in all', 'a day']),
    ...sorted(bitbucket.byEndpoint).map(([endpoint, count]) =>
      row(endpoint.replace('/repositories/{workspace}/{repo_slug}', '…'), [
        whole(count),
        number(count / days),
      ]),
    ),
    row(`in all (${bitbucket.redirects} by redirects)`, [
      whole(bitbucket.total),
      number(bitbucket.total / days),
    ]),
    '',
    header('Storage requests by path', ['in all', 'a day']),
    ...sorted(storage.requestsByPath).map(([path, count]) => row(path, [whole(count), number(count / days)])),
  ];
}

function rowLines({ rows, stored }: Figures): readonly string[] {
  const kinds = [...new Set([...stored.map(({ kind }) => kind), ...Object.keys(rows)])];
  const pullRequests = stored.find(({ kind }) => kind === 'pullrequest')?.rows ?? 0;
  return [
    header('Rows by kind', [
      'stored',
      'MB',
      'bytes a row',
      'B a pull req.',
      'reads',
      'MB read',
      'writes',
      'MB written',
    ]),
    ...kinds.map((kind) => {
      const held = stored.find((each) => each.kind === kind) ?? { rows: 0, bytes: 0 };
      const traffic = rows[kind] ?? { rowsRead: 0, bytesRead: 0, rowsWritten: 0, bytesWritten: 0 };
      return row(kind, [
        whole(held.rows),
        megabytes(held.bytes),
        whole(held.rows === 0 ? 0 : held.bytes / held.rows),
        whole(pullRequests === 0 ? 0 : held.bytes / pullRequests),
        whole(traffic.rowsRead),
        megabytes(traffic.bytesRead),
        whole(traffic.rowsWritten),
        megabytes(traffic.bytesWritten),
      ]);
    }),
  ];
}

function viewLines({ largest }: Figures): readonly string[] {
  return [
    header('The largest repository', ['storage req.', 'read units', 'KB read', 'computing ms', 'answer KB']),
    ...largest.map((view) =>
      row(view.name, [
        number(view.storageRequests),
        number(view.readUnits),
        number(view.bytesRead / 1_024),
        number(view.cpuMilliseconds),
        number(view.answerBytes / 1_024),
      ]),
    ),
  ];
}

function billLines({ monthBill, importBill, steadyDays, month }: Figures): readonly string[] {
  return [
    header(`A month (30 days as the last ${steadyDays}, without import)`, [
      'used',
      'free',
      'unit',
      'price',
      'due',
    ]),
    ...table(monthBill),
    header('The import, once (so far)', ['used', 'free', 'unit', 'price', 'due']),
    ...table(importBill),
    `Free allowance: ${number(monthBill.freeWorkspaces.count)} such workspaces a month (${
      PRICES[monthBill.freeWorkspaces.endedBy].name
    } ends it); Bitbucket requests a month: ${whole(month.bitbucketRequests)}`,
  ];
}

function table(bill: Bill): readonly string[] {
  return [
    ...bill.lines.map(({ capability, used, full, due }) =>
      row(PRICES[capability].name, [
        number(used),
        String(PRICES[capability].free),
        PRICES[capability].unit,
        `$${full.toFixed(4)}`,
        `$${due.toFixed(4)}`,
      ]),
    ),
    row('in all', ['', '', '', `$${bill.full.toFixed(4)}`, `$${bill.due.toFixed(4)}`]),
  ];
}

const SHOWN_MESSAGES = 25;

function logLines({ log }: Figures): readonly string[] {
  return [
    header('Log lines', ['count']),
    ...log.slice(0, SHOWN_MESSAGES).map(({ level, text, count }) => row(`${level} ${text}`, [whole(count)])),
  ];
}

/** Without the free allowance. */
function dollars(totals: Totals): number {
  return monthlyBill(billedUse(totals)).full;
}

function header(name: string, cells: readonly string[]): string {
  return row(name.toUpperCase(), cells);
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(NAME_WIDTH)} ${cells.map((cell) => cell.padStart(WIDTH)).join('')}`.trimEnd();
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function number(value: number | null): string {
  if (value === null) return 'none';
  return Math.abs(value) >= 100 ? whole(value) : value.toPrecision(3);
}

function hours(value: number | null): string {
  return value === null ? 'not yet' : value.toFixed(1);
}

function megabytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
