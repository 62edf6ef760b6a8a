/** What the panel reads of a busy repository, in Forge's units: pull requests as the demo's and recorded ones are. */
import path from 'node:path';
import { openRecording } from '../local/bitbucket/recorded-workspace';
import type { WorkspaceSource } from '../local/bitbucket/workspace-source';
import { createDemoWorkspace } from '../local/demo/demo-workspace';
import { chance, type Chance } from '../local/demo/random';
import type { PullRequestFacts } from '../src/facts/pull-request-facts';
import { withoutBraces } from '../src/storage/keys';
import { savePullRequests } from '../src/storage/pull-requests';
import { readWholeRepository } from '../src/storage/repository-view';
import { saveLastEvent } from '../src/storage/repositories';
import { importProgress } from '../src/sync/import/import-progress';
import { overviewOf } from '../src/views/overview';
import { startInProcessApp } from './in-process-app';
import { describeWithSharedData } from './shared-data';

/** The target: a view of 90 days where 300 pull requests a month are merged. */
const MERGES_A_MONTH = 300;
const MOST_REQUESTS = 2;
const MOST_UNITS = 20;

const OPEN = 60;
const MONTHS = 8;
const DAY = 86_400;

/** More than half a year before the panel is opened first. */
const FIRST_MONTH = Date.UTC(2026, 3, 1) / 1000;

/** Beginning, middle and end of a month; on 27 November 180 days reach into seven months that are all but full. */
const DATES = ['2026-10-01T00:00:10Z', '2026-10-16T12:00:00Z', '2026-11-27T08:00:00Z'];

/** Lines added, lines removed and files as in the demo's diffs: no recording has any. */
const ADDED = { median: 52, p95: 811 };
const REMOVED = { median: 22, p95: 418 };
const FILES = { median: 3, p95: 8 };

const TIMEOUT = 300_000;

it(
  'reads few units of a repository like the demo’s',
  async () => {
    const importedAt = Date.UTC(2026, 2, 1);
    const demo = createDemoWorkspace({ endsAt: importedAt });
    await checkReads({ ...demo, repositories: () => demo.repositories().slice(0, 1) }, importedAt);
  },
  TIMEOUT,
);

describeWithSharedData('a recorded repository', (data) => {
  it(
    'is read in few units, were it as busy',
    () => checkReads(openRecording(path.join(data, 'bitbucket-archive/osrf__drcsim')), Date.UTC(2020, 5, 1)),
    TIMEOUT,
  );
});

/** Imports a workspace of one repository, lets it grow by eight busy months, and opens the panel on each date. */
async function checkReads(source: WorkspaceSource, importedAt: number): Promise<void> {
  let clock = importedAt;
  const time = jest.spyOn(Date, 'now').mockImplementation(() => clock);
  const { app, install, drain, tick, close } = await startInProcessApp(source);
  try {
    const repository = repositoryOf(source);
    await install();
    await drain();
    for (let ticks = 0; !(await isComplete(repository)) && ticks < 20; ticks += 1) {
      clock += 5 * 60_000;
      await tick();
      await drain();
    }
    const { facts } = await readWholeRepository(repository);
    const { open, closed } = busyMonths(facts);
    await save(repository, open);
    await saveLastEvent(repository, FIRST_MONTH);

    let saved = 0;
    for (const date of DATES) {
      const now = Date.parse(date) / 1000;
      const present = closed.filter(({ closedAt }) => closedAt !== null && closedAt < now);
      await save(repository, present.slice(saved));
      saved = present.length;

      const before = app.store.usage();
      const overview = await overviewOf(repository, { window: 90 }, now);
      const after = app.store.usage();

      const merged = present.filter(
        ({ mergedAt, authorIsBot }) => mergedAt !== null && mergedAt >= now - 90 * DAY && !authorIsBot,
      );
      expect(merged.length).toBeGreaterThan(2.7 * MERGES_A_MONTH);
      expect(overview?.figures.merged.value).toBe(merged.length);
      expect(overview?.workInProgress.pullRequests.length).toBeGreaterThanOrEqual(OPEN);
      const requests = after.requests - before.requests;
      const units = after.readUnits - before.readUnits;
      expect({ date, requests, fewRequests: requests <= MOST_REQUESTS }).toMatchObject({ fewRequests: true });
      expect({ date, units, fewUnits: units <= MOST_UNITS }).toMatchObject({ fewUnits: true });
    }
  } finally {
    await close();
    time.mockRestore();
  }
}

function save(repository: string, facts: readonly PullRequestFacts[]): Promise<void> {
  return savePullRequests(
    repository,
    facts.map((each) => ({ facts: each, readAt: FIRST_MONTH })),
  );
}

async function isComplete(repository: string): Promise<boolean> {
  const { importTask } = await readWholeRepository(repository);
  return importTask !== null && importProgress(importTask).state === 'complete';
}

function repositoryOf(source: WorkspaceSource): string {
  const uuid = source.repositories()[0]?.repository().uuid;
  if (typeof uuid !== 'string') throw new Error('The workspace has no repository.');
  return withoutBraces(uuid);
}

/** Pull requests drawn from the patterns, moved in time: as many merges in each month, and declines in proportion. */
function busyMonths(patterns: readonly PullRequestFacts[]): {
  readonly open: readonly PullRequestFacts[];
  readonly closed: readonly PullRequestFacts[];
} {
  const luck = chance(1);
  const merged = patterns.filter(({ mergedAt }) => mergedAt !== null);
  const declined = patterns.filter(({ mergedAt, closedAt }) => mergedAt === null && closedAt !== null);
  const declines = Math.round((MERGES_A_MONTH * declined.length) / merged.length);
  const closed = Array.from({ length: MONTHS }, (_, month) => {
    const from = monthAfter(month);
    const drawn = [...luck.some(merged, MERGES_A_MONTH), ...luck.some(declined, declines)];
    return drawn.map((each) => {
      const closedAt = luck.integer(from, monthAfter(month + 1) - 1);
      return moved(each, closedAt - (each.closedAt ?? 0), luck);
    });
  }).flat();
  const open = luck.some(merged, OPEN).map((each): PullRequestFacts => {
    const openedAt = luck.integer(FIRST_MONTH, monthAfter(6) - 1);
    return {
      ...moved(each, openedAt - each.openedAt, luck),
      state: 'OPEN',
      mergedAt: null,
      mergedAtSource: null,
      closedAt: null,
      closedById: null,
      mergeCommit: null,
    };
  });
  const ids = new Map(
    [...closed, ...open].sort((a, b) => a.openedAt - b.openedAt).map((each, index) => [each, 10_000 + index]),
  );
  const numbered = (each: PullRequestFacts): PullRequestFacts => ({ ...each, id: ids.get(each) ?? 0 });
  return {
    open: open.map(numbered),
    closed: closed.map(numbered).sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0)),
  };
}

function monthAfter(months: number): number {
  const first = new Date(FIRST_MONTH * 1000);
  return first.setUTCMonth(first.getUTCMonth() + months) / 1000;
}

/** The same pull request so many seconds later, with a merge commit of its own and its sizes read. */
function moved(facts: PullRequestFacts, seconds: number, luck: Chance): PullRequestFacts {
  const later = (at: number): number => at + seconds;
  const orNull = (at: number | null): number | null => (at === null ? null : later(at));
  return {
    ...facts,
    openedAt: later(facts.openedAt),
    mergedAt: orNull(facts.mergedAt),
    closedAt: orNull(facts.closedAt),
    lastActivityAt: orNull(facts.lastActivityAt),
    lastAuthorActivityAt: orNull(facts.lastAuthorActivityAt),
    commitAuthoredAt: facts.commitAuthoredAt.map(later),
    sourceUpdatedAt: facts.sourceUpdatedAt.map(later),
    reviews: facts.reviews.map((each) => ({ ...each, at: later(each.at) })),
    mergeCommit: facts.mergeCommit === null ? null : luck.hex(12),
    linesAdded: Math.round(luck.spread(ADDED)),
    linesRemoved: Math.round(luck.spread(REMOVED)),
    filesChanged: Math.ceil(luck.spread(FILES)),
    coverage: { ...facts.coverage, diffstat: true },
  };
}
