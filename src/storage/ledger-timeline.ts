/**
 * Writes the instants of a pull request as one timeline: what happened, one after the other, and the seconds between.
 * What a pull request is made of happens in bursts, so these are shorter numbers than each instant's own distance from
 * the opening would be.
 */
import { REVIEW_KINDS, type PullRequestFacts, type Review } from '../facts/pull-request-facts';
import { elementAt, folded, unfolded } from './ledger-bytes';
import type { ColumnReader } from './ledger-columns';

/** Every fact that is an instant or has some. */
type Instants = Pick<
  PullRequestFacts,
  'openedAt' | 'commitAuthoredAt' | 'sourceUpdatedAt' | 'reviews' | (typeof MARKED)[number]
>;

interface TimelineColumns<Column> {
  /** A number below `FIRST_MARK` for what happened, and the marks of that instant; each timeline ends with `END`. */
  readonly events: Column;
  /** Seconds from each event to the next, folded. */
  readonly gaps: Column;
  /** For each review, who gave it. */
  readonly actors: Column;
}

const END = 0;
/** Nothing but the marks. */
const MARKED_ONLY = 1;
const OPENED = 2;
const COMMIT = 3;
const SOURCE_UPDATE = 4;
/** This, and twice the place of the review's kind, and 1 where it is inline. */
const FIRST_REVIEW = 5;

const FIRST_MARK = 16;

/** Facts that are a single instant: mostly that of an event, or all the same, so that a mark on it is enough. */
const MARKED = ['mergedAt', 'closedAt', 'lastActivityAt', 'lastAuthorActivityAt'] as const;

/** Whoever gave the pull request's review before. */
const SAME_ACTOR = 0;
/** An account that is gone. */
const NOBODY = 1;
const FIRST_ACTOR = 2;

interface TimelineEvent {
  readonly kind: number;
  readonly at: number;
  /** Of a review; `null` where the account is gone. */
  readonly actorId?: string | null;
}

/** Adds one pull request to the columns; `placeOf` gives a person's place in the ledger. */
export function writeTimeline(
  facts: Instants,
  { events, gaps, actors }: TimelineColumns<number[]>,
  placeOf: (person: string) => number,
): void {
  const marks = marksByInstant(facts);
  let previous: number | null = null;
  let actor: string | null | undefined;
  for (const { kind, at, actorId } of timelineOf(facts, [...marks.keys()])) {
    events.push(kind + (marks.get(at) ?? 0));
    marks.delete(at);
    if (previous !== null) gaps.push(folded(at - previous));
    previous = at;
    if (actorId === undefined) continue;
    if (actorId === actor) actors.push(SAME_ACTOR);
    else actors.push(actorId === null ? NOBODY : FIRST_ACTOR + placeOf(actorId));
    actor = actorId;
  }
  events.push(END);
}

function marksByInstant(facts: Instants): Map<number, number> {
  const marks = new Map<number, number>();
  for (const [place, name] of MARKED.entries()) {
    const at = facts[name];
    if (at !== null) marks.set(at, (marks.get(at) ?? 0) + FIRST_MARK * 2 ** place);
  }
  return marks;
}

/** What happened, with an event of its own for each marked instant at which nothing did. */
function timelineOf(facts: Instants, marked: readonly number[]): readonly TimelineEvent[] {
  const { openedAt, commitAuthoredAt, sourceUpdatedAt, reviews } = facts;
  const happened = [
    commitAuthoredAt.map((at) => ({ kind: COMMIT, at })),
    sourceUpdatedAt.map((at) => ({ kind: SOURCE_UPDATE, at })),
    reviews.map(({ kind, inline, at, actorId }) => ({
      kind: FIRST_REVIEW + REVIEW_KINDS.indexOf(kind) * 2 + Number(inline),
      at,
      actorId,
    })),
  ].reduce<readonly TimelineEvent[]>(merge, [{ kind: OPENED, at: openedAt }]);
  const instants = new Set(happened.map(({ at }) => at));
  const alone = marked.filter((at) => !instants.has(at)).sort((a, b) => a - b);
  return merge(
    happened,
    alone.map((at) => ({ kind: MARKED_ONLY, at })),
  );
}

/** Both lists as one, by instant. Each keeps its own order, so that even one that is not ascending comes back as it was. */
function merge(first: readonly TimelineEvent[], second: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const both: TimelineEvent[] = [];
  let taken = 0;
  for (const event of first) {
    for (let other = second[taken]; other !== undefined && other.at < event.at; other = second[taken]) {
      both.push(other);
      taken += 1;
    }
    both.push(event);
  }
  return both.concat(second.slice(taken));
}

/** Takes one pull request from the columns. Throws RangeError where they hold no such. */
export function readTimeline(
  openedAt: number,
  columns: TimelineColumns<ColumnReader>,
  personAt: (place: number) => string,
): Instants {
  const entries = readEntries(columns, personAt);
  const opening = entries.find(({ kind }) => kind === OPENED);
  if (opening === undefined) throw new RangeError('a timeline without an opening');
  const instantOf = ({ at }: Entry): number => openedAt + at - opening.at;
  const allOf = (kind: number): number[] => entries.filter((each) => each.kind === kind).map(instantOf);
  const marked = (name: (typeof MARKED)[number]): number | null => {
    const mark = 2 ** MARKED.indexOf(name);
    const entry = entries.find(({ marks }) => (marks & mark) !== 0);
    return entry === undefined ? null : instantOf(entry);
  };
  return {
    openedAt,
    mergedAt: marked('mergedAt'),
    closedAt: marked('closedAt'),
    commitAuthoredAt: allOf(COMMIT),
    reviews: entries
      .filter(({ kind }) => kind >= FIRST_REVIEW)
      .map((entry): Review => ({
        actorId: entry.actorId,
        kind: elementAt(REVIEW_KINDS, Math.floor((entry.kind - FIRST_REVIEW) / 2)),
        at: instantOf(entry),
        inline: (entry.kind - FIRST_REVIEW) % 2 === 1,
      })),
    sourceUpdatedAt: allOf(SOURCE_UPDATE),
    lastActivityAt: marked('lastActivityAt'),
    lastAuthorActivityAt: marked('lastAuthorActivityAt'),
  };
}

interface Entry {
  readonly kind: number;
  readonly marks: number;
  /** Seconds after the first entry. */
  readonly at: number;
  /** Of the latest review so far. */
  readonly actorId: string | null;
}

function readEntries(
  { events, gaps, actors }: TimelineColumns<ColumnReader>,
  personAt: (place: number) => string,
): readonly Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  let actorId: string | null = null;
  for (let event = events.next(); event !== END; event = events.next()) {
    const kind = event % FIRST_MARK;
    if (entries.length > 0) at += unfolded(gaps.next());
    if (kind >= FIRST_REVIEW) {
      const actor = actors.next();
      if (actor !== SAME_ACTOR) actorId = actor === NOBODY ? null : personAt(actor - FIRST_ACTOR);
    }
    entries.push({ kind, marks: Math.floor(event / FIRST_MARK), at, actorId });
  }
  return entries;
}
