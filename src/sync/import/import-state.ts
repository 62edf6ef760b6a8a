/** How far the import of one repository's pull requests is: small enough to be saved after each page. */
import { z } from 'zod';
import { toIso } from '../../facts/instant';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Trouble } from '../trouble';
import { SCOPE_OF_OWN_ANSWERS, storedTrouble } from '../trouble-of';

const DAY_SECONDS = 86_400;

const BEFORE_BITBUCKET = '2008-01-01T00:00:00Z';

/** What is imported first. */
export const RECENT_SECONDS = 90 * DAY_SECONDS;

/** Recent pull requests that began longer before are asked for one by one, so that recent figures need not wait. */
const TAIL_SECONDS = 90 * DAY_SECONDS;

const stream = z.object({
  /** Bitbucket's own link to the page that comes next; `null` at the beginning and at the end. */
  next: z.string().nullable(),
  /** Milliseconds: whatever is younger has been read; `null` before the first page. */
  position: z.number().nullable(),
  /** `refused`: Bitbucket does not answer it, or it does not pay; each pull request is asked for instead. */
  state: z.enum(['reading', 'done', 'refused']),
  pages: z.number().int(),
  /** How often it had to begin again, because Bitbucket no longer knew `next`. */
  restarts: z.number().int(),
});

export type Stream = z.output<typeof stream>;

const list = z.object({
  /** Bitbucket's text of the last row's `updated_on`: the next page begins with it. `null` at the beginning. */
  before: z.string().nullable(),
  /** Rows already taken that have this `updated_on`. */
  edge: z.array(z.number().int()),
  /** Only where a whole page has one `updated_on`: Bitbucket's link to the next page of the same question. */
  next: z.string().nullable(),
  pagesOfOneInstant: z.number().int(),
  done: z.boolean(),
});

export type List = z.output<typeof list>;

const asking = z.object({
  id: z.number().int(),
  what: z.enum(['activity', 'commits']),
  next: z.string().nullable(),
});

/** What single pull requests were asked for, and how that was answered. */
const ownAnswers = z.object({
  read: z.number().int(),
  /** Answered 403, and the last of these: it is asked again later. */
  refused: z.number().int(),
  last: z.number().int().nullable(),
});

export type OwnAnswers = z.output<typeof ownAnswers>;

const NOTHING_ASKED: OwnAnswers = { read: 0, refused: 0, last: null };

export const importState = z.object({
  /** Absent where a release without it wrote the row. */
  version: z.literal(1).default(1),
  /**
   * `listing`: the open and recent ones are listed; `recent`: what happened since then is read; `tail`: a little of the
   * history, in which most of those that are left began; then all `history`.
   */
  phase: z.enum(['listing', 'recent', 'tail', 'history', 'complete']),
  startedAt: z.number().int(),
  updatedAt: z.number().int(),
  /** Epoch seconds: where recent ends and history begins. */
  since: z.number().int(),
  /** All pull requests by last update, the latest first. */
  list,
  /** Open ones that nobody touched lately, which the list would bring last. */
  openList: list,
  log: stream,
  commits: stream.extend({ decided: z.number().int() }),
  /** Listed and not yet finished. */
  waiting: z.array(z.number().int()),
  asking: asking.nullable(),
  own: z
    .object({ activity: ownAnswers, commits: ownAnswers })
    .default({ activity: NOTHING_ASKED, commits: NOTHING_ASKED }),
  /** Pages kept in the store: from `firstPage` up to but not including `nextPage`; older ones up to `removedTo` are gone. */
  firstPage: z.number().int(),
  nextPage: z.number().int(),
  removedTo: z.number().int(),
  /** Pull requests whose log came out of order: reconciliation reads them again. */
  doubtful: z.array(z.number().int()),
  finished: z.number().int(),
  /** Epoch seconds: whatever was closed since then is finished; `null` where nothing is, 0 where everything is. */
  readSince: z.number().int().nullable(),
  /** How many there are; `null` until Bitbucket said. */
  expected: z.number().int().nullable(),
  requests: z.number().int(),
  /** What is stored already is not read again: only the retention was raised. */
  missingOnly: z.boolean().default(false),
  /** Why not all of a page could be read; `null` where all was. */
  notice: storedTrouble,
});

export type ImportState = z.output<typeof importState>;

const UNREAD: Stream = { next: null, position: null, state: 'reading', pages: 0, restarts: 0 };

const LIST_BEGINNING: List = {
  before: null,
  edge: [],
  next: null,
  pagesOfOneInstant: 0,
  done: false,
};

/** An import that has not read anything. */
export function importBeginning(now: EpochSeconds): ImportState {
  return {
    version: 1,
    phase: 'listing',
    startedAt: now,
    updatedAt: now,
    since: now - RECENT_SECONDS,
    list: LIST_BEGINNING,
    openList: LIST_BEGINNING,
    log: UNREAD,
    commits: { ...UNREAD, decided: 0 },
    waiting: [],
    asking: null,
    own: { activity: NOTHING_ASKED, commits: NOTHING_ASKED },
    firstPage: 0,
    nextPage: 0,
    removedTo: 0,
    doubtful: [],
    finished: 0,
    readSince: null,
    expected: null,
    requests: 0,
    missingOnly: false,
    notice: null,
  };
}

/** An import of what ended before `readSince` and is not stored: no longer kept, or never read. */
export function missingBeginning(readSince: EpochSeconds, now: EpochSeconds): ImportState {
  return { ...importBeginning(now), phase: 'history', missingOnly: true, readSince };
}

/**
 * The filters of the two lists, from where they stopped. Beside a filter Bitbucket ignores `state`, and without one it
 * lists open pull requests only: so there is one that all pass.
 */
export function listFilter(which: 'list' | 'openList', state: ImportState): string {
  const part =
    which === 'list'
      ? `updated_on >= ${BEFORE_BITBUCKET}`
      : `state = "OPEN" AND updated_on < ${toIso(state.since)}`;
  const { before } = state[which];
  return before === null ? part : `${part} AND updated_on <= ${before}`;
}

/** Milliseconds: every pull request that was updated since then is listed. */
export function listPosition({ list }: ImportState): number {
  if (list.done) return Number.NEGATIVE_INFINITY;
  return list.before === null ? Number.POSITIVE_INFINITY : Date.parse(list.before);
}

/**
 * Milliseconds: how far back a phase reads; what then is still missing of recent ones is asked for, and of all at the end
 * of a history that is kept from an instant on (`keptSince`, epoch seconds; 0: all of it is).
 */
export function endOfPhase({ phase, since }: ImportState, keptSince: EpochSeconds): number {
  if (phase === 'recent') return since * 1000;
  const kept = keptSince === 0 ? Number.NEGATIVE_INFINITY : keptSince * 1000;
  return phase === 'tail' ? Math.max(kept, (since - TAIL_SECONDS) * 1000) : kept;
}

/** Milliseconds: what happened since then is read from a stream. */
export function streamPosition({ position, state }: Stream): number {
  if (state === 'done') return Number.NEGATIVE_INFINITY;
  return position ?? Number.POSITIVE_INFINITY;
}

/** Without one answer so many refusals tell that it is not the pull request, such as one of a hidden fork. */
const REFUSALS_TO_TELL = 3;

/**
 * The pull request whose activity, or commits, to ask for again where Bitbucket refuses these altogether; `null` where
 * it does not. Where the stream that would tell the same is refused too, one refusal is enough.
 */
export function refusedAnswer(state: ImportState, what: 'activity' | 'commits'): number | null {
  const { read, refused, last } = state.own[what];
  const stream = what === 'activity' ? state.log : state.commits;
  const enough = stream.state === 'refused' ? 1 : REFUSALS_TO_TELL;
  return read === 0 && refused >= enough ? last : null;
}

/** Whether asking more pull requests for it would only be refused again. */
export function isNotAskedFor(state: ImportState, what: 'activity' | 'commits'): boolean {
  return state.own[what].read === 0 && state.own[what].refused >= REFUSALS_TO_TELL;
}

/** Why not everything was read; a missing permission first, since an administrator can mend it. */
export function importNotice(state: ImportState): Trouble | null {
  const isRefused = refusedAnswer(state, 'activity') !== null || refusedAnswer(state, 'commits') !== null;
  return isRefused ? { cause: 'missing-permission', scope: SCOPE_OF_OWN_ANSWERS } : state.notice;
}

/** What is known of single answers after another one of this pull request. */
export function ownAfter(
  { own }: ImportState,
  what: 'activity' | 'commits',
  came: 'answer' | 'refusal',
  id: number,
): ImportState['own'] {
  const { read, refused } = own[what];
  const changed = came === 'answer' ? { read: read + 1 } : { refused: refused + 1, last: id };
  return { ...own, [what]: { ...own[what], ...changed } };
}
