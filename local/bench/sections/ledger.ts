/** What a ledger saves: characters a pull request, the time to write and read it, and what a month's median costs. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { EpochSeconds, PullRequestFacts } from '../../../src/facts/pull-request-facts';
import { percentile } from '../../../src/metrics/distribution';
import { storedFacts } from '../../../src/storage/facts-schema';
import { queryEntity } from '../../../src/storage/forge-storage';
import { ENTITY, INDEX } from '../../../src/storage/keys';
import { decodeLedger, encodeLedger } from '../../../src/storage/ledger-codec';
import { monthOf, readLedgers } from '../../../src/storage/ledgers';
import { savePullRequests } from '../../../src/storage/pull-requests';
import { openAppStore } from '../../../src/storage/testing';
import { generatedFacts } from '../generated-facts';
import { summaryOf, timed, type Sampler } from '../measure';
import {
  comparedRows,
  rowsAgainst,
  type Case,
  type Effort,
  type Section,
  type SectionSettings,
  type Table,
} from '../section';

/** As the design reckons a busy repository: 300 merges a month and 43 declines. */
const PULL_REQUESTS_A_MONTH = 343;

/** Months that are drawn for the sizes. */
const MONTHS = 20;

const MONTH_BEGINS = Date.UTC(2025, 11, 1) / 1000;
const MONTH_ENDS = Date.UTC(2026, 0, 1) / 1000;
const REPOSITORY = '00000000-0000-4000-8000-00000000be0c';

const storedRow = z.object({ detail: z.object({ facts: storedFacts }) });

export const LEDGER: Section = {
  name: 'ledger',
  measures: `What a ledger of one month costs and saves, of ${PULL_REQUESTS_A_MONTH} closed pull requests.`,
  tables,
};

async function* tables({ effort }: SectionSettings): AsyncGenerator<Table> {
  yield sizes();
  yield* times(effort);
  yield await medianOfAMonth(effort);
}

/** Those of one month that were closed in it, ascending by id. */
function closedInAMonth(seed: number): readonly PullRequestFacts[] {
  const wanted = { perWindow: 2 * PULL_REQUESTS_A_MONTH, windowDays: 31, windows: 1, now: MONTH_ENDS, seed };
  return generatedFacts(wanted)
    .pullRequests.filter(({ closedAt }) => closedAt !== null)
    .slice(-PULL_REQUESTS_A_MONTH);
}

function sizes(): Table {
  const months = Array.from({ length: MONTHS }, (_, seed) => closedInAMonth(seed + 1));
  const row = (name: string, lengthOf: (facts: readonly PullRequestFacts[]) => number) => ({
    name,
    measured: summaryOf(months.map((facts) => lengthOf(facts) / facts.length)),
  });
  return {
    title: `${MONTHS} months`,
    unit: 'characters each',
    baseline: 'the same facts as JSON, deflated, in base64',
    rows: comparedRows([
      row('JSON, deflated, in base64', (facts) => deflated(facts).length),
      row('JSON', (facts) => JSON.stringify(facts).length),
      row('ledger', (facts) => encodeLedger(facts).length),
    ]),
  };
}

async function* times(effort: Effort): AsyncGenerator<Table> {
  const facts = closedInAMonth(1);
  const each =
    (work: () => unknown): Sampler =>
    async () =>
      ((await timed(work)()) / facts.length) * 1_000;
  const json = deflated(facts);
  const ledger = encodeLedger(facts);
  yield {
    title: 'Writing',
    unit: 'µs each',
    baseline: 'JSON.stringify and deflate',
    rows: await rowsAgainst(
      { name: 'JSON, deflated, in base64', sample: each(() => deflated(facts)) },
      [{ name: 'ledger', sample: each(() => encodeLedger(facts)) }],
      effort,
    ),
  };
  yield {
    title: 'Reading',
    unit: 'µs each',
    baseline: 'inflate and JSON.parse',
    rows: await rowsAgainst(
      {
        name: 'JSON, deflated, in base64',
        sample: each((): unknown => JSON.parse(inflateRawSync(Buffer.from(json, 'base64')).toString())),
      },
      [{ name: 'ledger', sample: each(() => decodeLedger(ledger)) }],
      effort,
    ),
  };
}

function deflated(facts: readonly PullRequestFacts[]): string {
  return deflateRawSync(JSON.stringify(facts)).toString('base64');
}

/** Through the store itself, whose answers take the network's time on the platform: so the requests count most. */
async function medianOfAMonth(effort: Effort): Promise<Table> {
  const app = openAppStore();
  try {
    const facts = closedInAMonth(1);
    await savePullRequests(
      REPOSITORY,
      facts.map((each) => ({ facts: each, readAt: MONTH_ENDS })),
    );
    const reading = (name: string, median: () => Promise<number | null>): Case => {
      let note = '';
      return {
        name,
        sample: async () => {
          const before = app.store.usage();
          const milliseconds = await timed(median)();
          const after = app.store.usage();
          note = `${after.requests - before.requests} requests, ${after.readUnits - before.readUnits} read units`;
          return milliseconds;
        },
        note: () => note,
      };
    };
    return {
      title: 'Median time to merge of the month',
      unit: 'ms',
      baseline: 'a query of the facts',
      rows: await rowsAgainst(
        reading('by a query of the facts', medianByQuery),
        [reading('by the ledger', medianByLedger)],
        effort,
      ),
    };
  } finally {
    app.close();
  }
}

async function medianByLedger(): Promise<number | null> {
  const month = monthOf(MONTH_BEGINS);
  const ledger = (await readLedgers(REPOSITORY, [month])).get(month);
  return medianOf([...(ledger?.facts.values() ?? [])]);
}

async function medianByQuery(): Promise<number | null> {
  const facts: PullRequestFacts[] = [];
  for await (const { value } of queryEntity(
    ENTITY.pullRequest,
    INDEX.byClosing,
    [REPOSITORY],
    MONTH_BEGINS,
  )) {
    facts.push(storedRow.parse(value).detail.facts);
  }
  return medianOf(facts);
}

function medianOf(facts: readonly PullRequestFacts[]): EpochSeconds | null {
  const durations = facts.flatMap(({ mergedAt, openedAt }) =>
    mergedAt === null ? [] : [mergedAt - openedAt],
  );
  return percentile(
    durations.sort((a, b) => a - b),
    0.5,
  );
}
