/** Runs the import of one repository's pull requests: reads a page, saves the place, stores what is finished. */
import { BitbucketNotFound } from '../../bitbucket/errors';
import { readActivityPage, readOwnCommitPage } from '../../bitbucket/pull-requests';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import { deriveFacts } from '../../facts/derive-facts';
import { NOTHING_OBSERVED } from '../../facts/observations';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { importPageWrite, readImportPages, removeImportPages } from '../../storage/import-pages';
import { withBraces } from '../../storage/keys';
import { readObservations } from '../../storage/observations';
import { headOf, readPullRequests, savePullRequests, type ReadFacts } from '../../storage/pull-requests';
import { keptSince } from '../../storage/retention';
import { NO_FAILURE, restartTask, type Lease, type Queue, type Save } from '../../storage/tasks';
import { readSettings } from '../../storage/workspace-settings';
import { log } from '../../runtime/log';
import type { WorkKind } from '../request-budget';
import { sizesBeginning } from '../sizes/sizes-state';
import { renewedSummary } from '../summarise';
import type { HoldUp, TaskRun } from '../task-run';
import { importPage, type Row } from './import-page';
import { importBeginning, importState, listPosition, refusedAnswer, type ImportState } from './import-state';
import { nextPhase, readNext } from './import-step';
import { Workbench, type ReadyRow } from './workbench';

/** Facts are stored by so many at once: as many as one transaction holds beside their ledgers. */
const FINISHED_AT_ONCE = 20;

/** What was refused altogether is asked for again, first after this time, then ever more seldom. */
const FORBIDDEN_DELAY_SECONDS = 300;

/** Pages that nobody needs are removed by so many at once. */
const REMOVED_AT_ONCE = 25;

const QUEUE: Readonly<Record<ImportState['phase'], Queue>> = {
  listing: 'open',
  recent: 'recent',
  tail: 'recent',
  history: 'history',
  complete: 'idle',
};

const KIND: Readonly<Record<ImportState['phase'], WorkKind>> = {
  listing: 'open',
  recent: 'recent',
  tail: 'recent',
  history: 'history',
  complete: 'history',
};

/** Opens a leased import with the pages it has kept. */
export async function openPullRequestImport(lease: Lease, workspaceUuid: string): Promise<TaskRun> {
  const state = importState.parse(lease.task.state);
  const { repository } = lease;
  const bench = new Workbench();
  bench.restore(await readImportPages(repository, state.firstPage, state.nextPage, importPage), state);
  if (state.commits.state === 'done') bench.completeCommits();
  const address = { workspaceUuid, repositoryUuid: withBraces(repository) };
  return new PullRequestImport(lease, address, state, bench);
}

class PullRequestImport implements TaskRun {
  /** What ended before is not kept; `null` until the settings were read. */
  private keptSince: EpochSeconds | null = null;

  constructor(
    private readonly lease: Lease,
    private readonly address: RepositoryAddress,
    private state: ImportState,
    private readonly bench: Workbench,
  ) {}

  get kind(): WorkKind {
    return KIND[this.state.phase];
  }

  async step(caller: Caller, now: EpochSeconds): Promise<'more' | 'over'> {
    const { bench, address } = this;
    if (this.state.phase === 'complete') return this.askAgain(caller, now);
    const since = (this.keptSince ??= keptSince(await readSettings(), now));
    const read = await readNext({
      caller,
      address,
      state: this.state,
      bench,
      now,
      keptSince: since,
      storedAmong: (ids) => this.storedAmong(ids),
    });
    if (read === null) return this.endPhase(now, since);
    const { page } = read;
    const number = this.state.nextPage;
    const state: ImportState = {
      ...read.state,
      requests: read.state.requests + 1,
      nextPage: page === null ? number : number + 1,
      updatedAt: now,
    };
    // What the list alone tells is shown at once; in history it is finished soon enough.
    if (page?.kind === 'list' && state.phase === 'listing') await this.saveListed(page.rows, page.readAt);
    await this.save(state, now, {
      also: page === null ? [] : [importPageWrite(this.lease.repository, number, page)],
    });
    if (page !== null) bench.add(number, page, listPosition(this.state));
    if (this.state.commits.state === 'done') bench.completeCommits();
    const ready = bench.ready(this.state, now);
    if (ready.length >= FINISHED_AT_ONCE) await this.finish(ready, now);
    return 'more';
  }

  async release(now: EpochSeconds, heldUp?: HoldUp): Promise<void> {
    await this.finish(this.bench.ready(this.state, now), now);
    await this.save(this.state, now, {
      release: true,
      ...(heldUp === undefined ? {} : { heldUp, rank: heldUp.until }),
    });
  }

  /** Everything of the phase was asked for: stores what is left of it, and goes to the next. */
  private async endPhase(now: EpochSeconds, since: EpochSeconds): Promise<'over'> {
    const { repository, task } = this.lease;
    await this.finish(this.bench.ready(this.state, now), now);
    if (this.state.phase === 'tail') {
      await restartTask(repository, 'sizes', { queue: 'sizes', rank: task.rank }, sizesBeginning(now));
    }
    const next = nextPhase(this.state);
    if (next.phase === 'complete') {
      if (next.waiting.length > 0) log.error('import ended with rows left', { rows: next.waiting.length });
      await removeImportPages(repository, next.removedTo, next.nextPage);
    }
    const removedTo = next.phase === 'complete' ? next.nextPage : next.removedTo;
    const readSince = next.phase === 'complete' ? since : next.readSince;
    const ended = { ...next, removedTo, readSince, updatedAt: now };
    const importTask = { ...task, ...NO_FAILURE, state: ended };
    const summary = await renewedSummary(repository, now, { importTask });
    const isRefused = next.phase === 'complete' && queueOf(ended) !== 'idle';
    await this.save(ended, now, {
      release: true,
      also: [summary],
      ...(isRefused ? { rank: now + FORBIDDEN_DELAY_SECONDS } : {}),
    });
    return 'over';
  }

  /** Asks for what was refused altogether; where it is answered by now, everything is read anew. */
  private async askAgain(caller: Caller, now: EpochSeconds): Promise<'over'> {
    const { address, lease } = this;
    const activityOf = refusedAnswer(this.state, 'activity');
    const commitsOf = refusedAnswer(this.state, 'commits');
    if (activityOf !== null) await unlessNotFound(readActivityPage(caller, address, activityOf, null));
    if (commitsOf !== null) await unlessNotFound(readOwnCommitPage(caller, address, commitsOf, null));
    const place = { queue: 'open', rank: -now } as const;
    await restartTask(lease.repository, 'pull-requests', place, importBeginning(now));
    return 'over';
  }

  /** Only an import of what is missing asks: any other reads everything again. */
  private async storedAmong(ids: readonly number[]): Promise<ReadonlySet<number>> {
    if (!this.state.missingOnly) return new Set();
    return new Set((await readPullRequests(this.lease.repository, ids)).keys());
  }

  private async finish(ready: readonly ReadyRow[], now: EpochSeconds): Promise<void> {
    const { repository } = this.lease;
    for (let first = 0; first < ready.length; first += FINISHED_AT_ONCE) {
      const some = ready.slice(first, first + FINISHED_AT_ONCE);
      const ids = some.map(({ row }) => row.id);
      const observations = await readObservations(repository, ids);
      const reads = some.map(({ row, readAt, activity, commits }): ReadFacts => {
        const seen = observations.get(row.id) ?? NOTHING_OBSERVED;
        const sources = { activity, commits, diffstat: null, observations: seen, now: now * 1000 };
        const facts = deriveFacts({ pullRequest: row, ...sources });
        return { facts, readAt, head: headOf(row.sourceCommit) };
      });
      await savePullRequests(repository, reads);
      const decided = some.filter(({ commits }) => commits !== null && 'ownDates' in commits).length;
      this.bench.finish(ids);
      const done = new Set(ids);
      const { state } = this;
      this.state = {
        ...state,
        waiting: state.waiting.filter((id) => !done.has(id)),
        finished: state.finished + some.length,
        commits: { ...state.commits, decided: state.commits.decided + decided },
      };
      this.state = {
        ...this.state,
        firstPage: this.bench.firstPageNeeded(this.state),
        readSince: this.finishedSince(),
      };
    }
    await this.bundlePages(now);
    const { removedTo, firstPage } = this.state;
    if (firstPage - removedTo < REMOVED_AT_ONCE) return;
    // Saved first: a page that was removed must not be looked for after a kill. That it is removed is saved later.
    await this.save(this.state, now);
    await removeImportPages(repository, removedTo, firstPage);
    this.state = { ...this.state, removedTo: firstPage };
  }

  /** Writes again what is needed of old pages, so that whoever goes on need not read all of them. */
  private async bundlePages(now: EpochSeconds): Promise<void> {
    const { state, bench } = this;
    const bundle = bench.bundle(state);
    if (bundle === null) return;
    const number = state.nextPage;
    await this.save({ ...state, firstPage: bundle.before, nextPage: number + 1 }, now, {
      also: [importPageWrite(this.lease.repository, number, bundle.page)],
    });
    bench.replaceBy(bundle, number);
  }

  /** Epoch seconds: whatever was closed since then is stored; an import of what is missing begins with what is there. */
  private finishedSince(): EpochSeconds | null {
    const { missingOnly, readSince } = this.state;
    const finished = this.bench.finishedSince(this.state);
    if (!missingOnly || readSince === null) return finished;
    return finished === null ? readSince : Math.min(readSince, finished);
  }

  /** Facts from the list alone: approvals, states and the merge commit's date. */
  private async saveListed(rows: readonly Row[], readAt: EpochSeconds): Promise<void> {
    const reads = rows.map((row) => ({
      facts: deriveFacts({
        pullRequest: row,
        activity: null,
        commits: null,
        diffstat: null,
        observations: NOTHING_OBSERVED,
        now: readAt * 1000,
      }),
      readAt,
      head: headOf(row.sourceCommit),
    }));
    await savePullRequests(this.lease.repository, reads, 'nothing');
  }

  private async save(
    state: ImportState,
    now: EpochSeconds,
    more: Pick<Save, 'also' | 'release' | 'heldUp' | 'rank'> = {},
  ): Promise<void> {
    await this.lease.save({ state, queue: queueOf(state), now, ...more });
    this.state = state;
  }
}

/** An import that is complete but for what is refused altogether comes again, to ask for it. */
function queueOf(state: ImportState): Queue {
  const isRefused = refusedAnswer(state, 'activity') !== null || refusedAnswer(state, 'commits') !== null;
  return state.phase === 'complete' && isRefused ? 'history' : QUEUE[state.phase];
}

/** A pull request that is gone by now refuses nothing. */
async function unlessNotFound(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof BitbucketNotFound)) throw error;
  }
}
