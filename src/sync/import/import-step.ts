/**
 * Imports the pull requests of one repository a page at a time. Three streams run side by side, the latest first: the
 * list by last update, the activity log, and the commit list. What all three have passed is finished; what they cannot
 * tell is asked for by itself.
 */
import { BitbucketForbidden, BitbucketNotFound, BitbucketRefused } from '../../bitbucket/errors';
import { readActivityLogPage, readPullRequestPage } from '../../bitbucket/pull-requests';
import type { LogEntry, PullRequestAnswer } from '../../bitbucket/answers';
import { readCommitPage } from '../../bitbucket/repositories';
import type { Caller, RepositoryAddress } from '../../bitbucket/requests';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { log } from '../../runtime/log';
import type { AnswerPage } from './import-page';
import {
  endOfPhase,
  listFilter,
  listPosition,
  streamPosition,
  type ImportState,
  type List,
  type Stream,
} from './import-state';
import { readOwn } from './read-own';
import { CLOCKS_DIFFER_MILLISECONDS } from './import-row';
import type { Workbench } from './workbench';

/** A whole page of one `updated_on` (a migration) is followed by `next`, but not for ever: 5,000 pull requests. */
const MOST_PAGES_OF_ONE_INSTANT = 100;

/** How often a stream may begin again after Bitbucket forgot its cursor. */
const MOST_RESTARTS = 3;

/** The commit list pays where each page saves at least about one request; so many pages are read to find out. */
const COMMIT_PAGES_TO_JUDGE = 12;
const DECIDED_PER_PAGE = 0.8;

/** One request's outcome: the state after it, and the page to keep. */
export interface Read {
  readonly state: ImportState;
  readonly page: AnswerPage | null;
}

/** What a request is made for, and with. */
export interface Asked {
  readonly caller: Caller;
  readonly address: RepositoryAddress;
  readonly state: ImportState;
  readonly bench: Workbench;
  readonly now: EpochSeconds;
  /** What ended before is not kept (epoch seconds); 0: everything is. */
  readonly keptSince: EpochSeconds;
  /** Which of these an import of what is missing need not read: they are stored. */
  readonly storedAmong: (ids: readonly number[]) => Promise<ReadonlySet<number>>;
}

/** The next request of the import, made; `null` where its phase has no more to ask. Throws what `bitbucket/errors` names. */
export async function readNext(asked: Asked): Promise<Read | null> {
  const { state, bench, now, keptSince } = asked;
  if (state.phase === 'complete') return null;
  if (state.phase === 'listing') return readListing(asked);
  if (state.phase === 'tail' && state.asking === null && !bench.hasRecent(state)) return null;
  const asking = state.asking ?? bench.nextToAsk(state, now, 'needed');
  if (asking !== null) return readOwn(asked, asking);
  switch (latestStream(state, keptSince)) {
    case 'list':
      return readList('list', asked);
    case 'log':
      return readLog(asked);
    case 'commits':
      return readCommits(asked);
    case null: {
      // Recent ones that began long ago would wait for all of history: asked for, the recent figures are whole.
      // So would those that began before what is kept, for ever.
      const which =
        state.phase === 'tail' ? 'recent' : keptSince > 0 && state.phase === 'history' ? 'all' : null;
      const left = which === null ? null : bench.nextToAsk(state, now, which);
      return left === null ? null : readOwn(asked, left);
    }
  }
}

/** The state in which the next phase begins. */
export function nextPhase(state: ImportState): ImportState {
  switch (state.phase) {
    case 'listing':
      return { ...state, phase: 'recent' };
    case 'recent':
      return { ...state, phase: 'tail' };
    case 'tail':
      return { ...state, phase: 'history' };
    case 'history':
    case 'complete':
      return { ...state, phase: 'complete' };
  }
}

/** The stream that is least far back, so that all three stay together; `null` where all have reached their end. */
function latestStream(state: ImportState, keptSince: EpochSeconds): 'list' | 'log' | 'commits' | null {
  const end = endOfPhase(state, keptSince);
  const streams = [
    { name: 'list' as const, position: listPosition(state) },
    { name: 'log' as const, position: positionUnlessRefused(state.log) },
    { name: 'commits' as const, position: positionUnlessRefused(state.commits) },
  ].filter(({ position }) => position > end);
  // The first of equals: nothing can be finished before it is listed.
  return (
    streams.reduce<(typeof streams)[number] | null>(
      (latest, each) => (latest === null || each.position > latest.position ? each : latest),
      null,
    )?.name ?? null
  );
}

function positionUnlessRefused(stream: Stream): number {
  return stream.state === 'refused' ? Number.NEGATIVE_INFINITY : streamPosition(stream);
}

/** The next page of what must be listed before anything else is read; `null` where that is all listed. */
async function readListing(asked: Asked): Promise<Read | null> {
  const { state } = asked;
  if (listPosition(state) >= state.since * 1000) return readList('list', asked);
  // A list that is read to its end has the open ones too.
  return state.list.done || state.openList.done ? null : readList('openList', asked);
}

async function readList(
  which: 'list' | 'openList',
  { caller, address, state, now, storedAmong }: Asked,
): Promise<Read> {
  const list = state[which];
  const query = { filter: listFilter(which, state), sort: '-updated_on' } as const;
  const read = await orForgotten(list.next, () => readPullRequestPage(caller, address, query, list.next));
  // The filter itself is the cursor: it needs no link.
  if (read === 'forgotten') return { state: { ...state, [which]: { ...list, next: null } }, page: null };
  const known = new Set([...list.edge, ...state.waiting]);
  const listed = read.values.filter((row) => !known.has(row.id) && !wasListedAsOpen(row, state));
  const stored = await storedAmong(listed.map(({ id }) => id));
  const rows = listed.filter(({ id }) => !stored.has(id));
  const before = read.values.at(-1)?.updatedOn ?? list.before;
  const isStuck = read.next !== null && before === list.before;
  const pagesOfOneInstant = isStuck ? list.pagesOfOneInstant + 1 : 0;
  const isCut = pagesOfOneInstant > MOST_PAGES_OF_ONE_INSTANT;
  if (isCut) log.warn('more pull requests of one instant than are followed', { before: before ?? '' });
  const edge = read.values.filter(({ updatedOn }) => updatedOn === before).map(({ id }) => id);
  const next: List = {
    before,
    edge: isStuck ? [...list.edge, ...edge] : edge,
    next: isStuck && !isCut ? read.next : null,
    pagesOfOneInstant: isCut ? 0 : pagesOfOneInstant,
    done: read.next === null || isCut,
  };
  const isFirst = which === 'list' && list.before === null;
  return {
    state: {
      ...noticed(state, read.refused, isCut),
      [which]: next,
      waiting: [...state.waiting, ...rows.map(({ id }) => id)],
      finished: state.finished + stored.size,
      expected: isFirst ? read.size : state.expected,
    },
    page: { kind: 'list', readAt: now, rows, merges: [] },
  };
}

/** The list comes to them last, when they have been finished long ago. */
function wasListedAsOpen({ state, updatedOn }: PullRequestAnswer, { openList, since }: ImportState): boolean {
  return openList.before !== null && state === 'OPEN' && Date.parse(updatedOn) < since * 1000;
}

async function readLog({ caller, address, state }: Asked): Promise<Read> {
  const stream = state.log;
  const read = await orForgotten(stream.next, () => readActivityLogPage(caller, address, stream.next), true);
  if (read === 'refused') return { state: { ...state, log: { ...stream, state: 'refused' } }, page: null };
  if (read === 'forgotten') return { state: { ...state, log: restarted(stream) }, page: null };
  // After a beginning anew, what was read before comes again.
  const known = stream.restarts > 0 ? streamPosition(stream) : Number.POSITIVE_INFINITY;
  const entries = read.values.filter(({ entry }) => entry.at < known);
  const oldest = Math.min(...read.values.map(({ entry }) => entry.at));
  const late = stream.restarts === 0 ? outOfOrder(entries, streamPosition(stream)) : [];
  return {
    state: {
      ...state,
      doubtful: [...new Set([...state.doubtful, ...late])],
      log: advanced(stream, read.next, Math.min(oldest, stream.position ?? Number.POSITIVE_INFINITY)),
    },
    page: { kind: 'log', entries },
  };
}

/** Pull requests with an entry that is younger than what came before it: they may have been finished without it. */
function outOfOrder(entries: readonly LogEntry[], position: number): readonly number[] {
  const late = entries.filter(({ entry }) => entry.at > position + CLOCKS_DIFFER_MILLISECONDS);
  if (late.length > 0) log.warn('activity out of order', { entries: late.length });
  return late.map(({ pullRequest }) => pullRequest);
}

async function readCommits({ caller, address, state, bench }: Asked): Promise<Read> {
  const stream = state.commits;
  const read = await orForgotten(stream.next, () => readCommitPage(caller, address, stream.next), true);
  const decided = stream.decided;
  if (read === 'refused')
    return { state: { ...state, commits: { ...stream, state: 'refused' } }, page: null };
  if (read === 'forgotten') {
    return { state: { ...state, commits: { ...restarted(stream), decided } }, page: null };
  }
  const oldest = read.values.findLast(({ at }) => at !== null)?.at ?? Number.POSITIVE_INFINITY;
  const position = Math.min(oldest, stream.position ?? Number.POSITIVE_INFINITY);
  const next = { ...advanced(stream, read.next, position), decided };
  const pays =
    next.pages < COMMIT_PAGES_TO_JUDGE ||
    decided + bench.decidedCount >= next.pages * DECIDED_PER_PAGE ||
    next.state === 'done';
  return {
    state: { ...state, commits: pays ? next : { ...next, state: 'refused', next: null } },
    page: {
      kind: 'commits',
      commits: [...read.values].map(({ hash, at, parents }) => ({ hash, at, parents })),
    },
  };
}

/** The answer, or that Bitbucket no longer knows the link; with `mayRefuse` also that it does not serve this at all. */
async function orForgotten<T>(next: string | null, ask: () => Promise<T>): Promise<T | 'forgotten'>;
async function orForgotten<T>(
  next: string | null,
  ask: () => Promise<T>,
  mayRefuse: true,
): Promise<T | 'forgotten' | 'refused'>;
async function orForgotten<T>(
  next: string | null,
  ask: () => Promise<T>,
  mayRefuse = false,
): Promise<T | 'forgotten' | 'refused'> {
  try {
    return await ask();
  } catch (error) {
    const isUnknown = error instanceof BitbucketNotFound || error instanceof BitbucketRefused;
    if (next !== null && isUnknown) return 'forgotten';
    const isForbidden = error instanceof BitbucketForbidden && error.status === 403;
    if (mayRefuse && (isUnknown || isForbidden)) return 'refused';
    throw error;
  }
}

function restarted(stream: Stream): Stream {
  const restarts = stream.restarts + 1;
  return { ...stream, next: null, restarts, state: restarts > MOST_RESTARTS ? 'refused' : stream.state };
}

function advanced(stream: Stream, next: string | null, position: number): Stream {
  return {
    ...stream,
    next,
    position: Number.isFinite(position) ? position : stream.position,
    state: next === null ? 'done' : 'reading',
    pages: stream.pages + 1,
  };
}

function noticed(state: ImportState, refused: number, isCut: boolean): ImportState {
  if (isCut) return { ...state, notice: { cause: 'cut-short', scope: null } };
  return refused === 0 ? state : { ...state, notice: { cause: 'unreadable', scope: null } };
}
