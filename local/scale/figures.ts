/** Everything that a simulation found, as it is printed and written to a file. */
import type { ResolverFunction } from '../../src/views/contract';
import type { MinuteUsage, StoreUsage } from '../forge/store';
import { addTotals, noTotals, type Purpose, type Totals } from './accounts';
import { billedUse, monthlyBill, type Bill } from './bill';
import type { Busiest } from './busiest-minute';
import { START_MILLISECONDS } from './engine';
import type { FreshnessReport } from './freshness';
import type { FunctionBook } from './function-books';
import type { ImportHours } from './import-watch';
import type { QueueReport } from './message-queue';
import type { ScaleOptions } from './options';
import { LATENCIES, type LoggedMessage } from './platform';
import type { Backlog, Simulation } from './simulation';
import { storedKinds, type StoredKind } from './stored-bytes';
import type { RowTraffic } from './stored-rows';
import { MEASURED_CALLS } from './views';

/** One screen of the largest repository. */
export interface MeasuredView {
  readonly name: ResolverFunction;
  readonly storageRequests: number;
  readonly readUnits: number;
  readonly bytesRead: number;
  /** On the share of a processor that the function has; the median of three calls. */
  readonly cpuMilliseconds: number;
  readonly answerBytes: number;
}

/** How far the import is. */
export interface ImportFigures extends ImportHours {
  /** Pull requests whose facts are complete, and all that there are. */
  readonly pullRequests: number;
  readonly expected: number;
  readonly repositoriesWithRecent: number;
  readonly repositoriesWithHistory: number;
  readonly repositories: number;
  /** Pull requests imported in the last day: what is left goes on at this rate. */
  readonly pullRequestsLastDay: number;
}

export interface Figures {
  readonly options: ScaleOptions;
  readonly assumptions: { readonly startMilliseconds: number; readonly latencies: typeof LATENCIES };
  readonly days: number;
  readonly import: ImportFigures;
  readonly freshness: FreshnessReport;
  readonly backlogs: readonly Backlog[];
  readonly events: Simulation['events'];
  readonly functions: readonly FunctionBook[];
  readonly purposes: Readonly<Record<Purpose, Totals>>;
  readonly bitbucket: {
    readonly byEndpoint: Readonly<Record<string, number>>;
    readonly total: number;
    readonly redirects: number;
    readonly refused: number;
  };
  readonly storage: StoreUsage & {
    readonly throttled: number;
    readonly busiest: { readonly reads: Busiest; readonly writes: Busiest };
  };
  readonly rows: Readonly<Record<string, RowTraffic>>;
  readonly stored: readonly StoredKind[];
  readonly queue: QueueReport;
  readonly log: readonly LoggedMessage[];
  readonly largest: readonly MeasuredView[];
  /** The last days of the run, and what the import used in all. */
  readonly steadyDays: number;
  readonly month: Totals;
  readonly monthBill: Bill;
  readonly importOnce: Totals;
  readonly importBill: Bill;
}

/** Forge's limits on storage. */
export const STORAGE_LIMITS: MinuteUsage & { readonly perSecond: number } = {
  requests: Number.POSITIVE_INFINITY,
  readUnits: 4_000,
  writeUnits: 4_000,
  perSecond: 1_000,
};

const DAYS_A_MONTH = 30;

/** A whole week, so that working days and others are in it as they are in a month. */
const MOST_STEADY_DAYS = 7;

const RUNS_OF_A_VIEW = 3;

/** Work that is done once for all history: the rest goes on as long as the app is installed. */
const IMPORT_PURPOSES = /^(?:on-lifecycle|work (?:pull-requests .*|deployments|pipelines|sizes))$/;

export function isImport(purpose: Purpose): boolean {
  return IMPORT_PURPOSES.test(purpose);
}

/** What the measured calls themselves cost belongs to no month. */
function isMeasuring(purpose: Purpose): boolean {
  return purpose.startsWith('measured ');
}

/** Opens the screens of the largest repository one after the other, some seconds apart. */
export async function measureLargest(
  simulation: Simulation,
  repositoryUuid: string,
): Promise<readonly MeasuredView[]> {
  const measured: MeasuredView[] = [];
  for (const call of MEASURED_CALLS) {
    const purpose = `measured ${call.name}`;
    const cpu: number[] = [];
    let answerBytes = 0;
    for (let run = 0; run < RUNS_OF_A_VIEW; run += 1) {
      const { ending, invocation } = await simulation.view(call, repositoryUuid, purpose);
      cpu.push(invocation.computed);
      if (ending.outcome === 'returned') answerBytes = Buffer.byteLength(JSON.stringify(ending.value));
    }
    const totals = simulation.accounts.sum((each) => each === purpose);
    measured.push({
      name: call.name,
      storageRequests: totals.storageRequests / RUNS_OF_A_VIEW,
      readUnits: totals.readUnits / RUNS_OF_A_VIEW,
      bytesRead: totals.bytesRead / RUNS_OF_A_VIEW,
      cpuMilliseconds: cpu.sort((a, b) => a - b)[Math.floor(RUNS_OF_A_VIEW / 2)] ?? 0,
      answerBytes,
    });
  }
  return measured;
}

/** Everything that is known at the end of a run; `pullRequestsLastDay` is known to whoever let the time pass. */
export function figuresOf(
  simulation: Simulation,
  options: ScaleOptions,
  { largest, pullRequestsLastDay }: Pick<Figures, 'largest'> & Pick<ImportFigures, 'pullRequestsLastDay'>,
): Figures {
  const { accounts, imports, platform, store, bitbucket, queue } = simulation;
  const days = Math.floor(simulation.days);
  const steadyDays = Math.min(MOST_STEADY_DAYS, days);
  const steady = accounts.sum(
    (purpose) => !isImport(purpose) && !isMeasuring(purpose),
    days - steadyDays,
    days,
  );
  const month = addTotals(noTotals(), steady, DAYS_A_MONTH / steadyDays);
  const importOnce = accounts.sum(isImport);
  const total = bitbucket.requests.total;
  return {
    options,
    assumptions: { startMilliseconds: START_MILLISECONDS, latencies: LATENCIES },
    days: simulation.days,
    import: {
      ...imports.hours(),
      pullRequests: imports.pullRequests,
      expected: options.pullRequests,
      repositoriesWithRecent: imports.repositoriesWith('recent'),
      repositoriesWithHistory: imports.repositoriesWith('history'),
      repositories: options.repositories,
      pullRequestsLastDay,
    },
    freshness: simulation.freshness.report(),
    backlogs: simulation.backlogs,
    events: simulation.events,
    functions: simulation.functions.report(),
    purposes: Object.fromEntries([...accounts.byPurpose()].filter(([purpose]) => !isMeasuring(purpose))),
    bitbucket: {
      byEndpoint: bitbucket.requests.byEndpoint(),
      total,
      redirects: platform.redirects,
      refused: accounts.sum().bitbucketRefusals,
    },
    storage: {
      ...store.usage(),
      throttled: platform.throttled,
      busiest: { reads: platform.busiest.reads.report(), writes: platform.busiest.writes.report() },
    },
    rows: platform.rows.report(),
    stored: storedKinds(simulation.database, simulation.now),
    queue: queue.report(),
    log: platform.log(),
    largest,
    steadyDays,
    month,
    monthBill: monthlyBill(billedUse(month)),
    importOnce,
    importBill: monthlyBill(billedUse(importOnce)),
  };
}
