/** Packs the facts of one ledger into a short text: columns of small numbers, compressed. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import {
  BRANCH_KINDS,
  MERGED_AT_SOURCES,
  PULL_REQUEST_STATES,
  REVIEW_KINDS,
  type PullRequestFacts,
  type Review,
} from '../facts/pull-request-facts';

const numbers = z.array(z.number());
const numbersOrNull = z.array(z.number().nullable());
const lists = z.array(numbers);

/**
 * One column a fact, one place in it a pull request. People and branches are places in the lists above the columns;
 * instants but `opened` are seconds after the pull request's opening, so that most are short.
 */
const ledgerDocument = z.object({
  schema: z.literal(1),
  people: z.array(z.string()),
  branches: z.array(z.string()),
  id: numbers,
  state: numbers,
  flags: numbers,
  author: numbersOrNull,
  target: numbers,
  branchKind: numbers,
  opened: numbers,
  merged: numbersOrNull,
  mergedSource: numbersOrNull,
  closed: numbersOrNull,
  closedBy: numbersOrNull,
  mergeCommit: z.array(z.string().nullable()),
  commits: lists,
  reviews: lists,
  requested: lists,
  withdrawn: numbers,
  comments: numbers,
  reviewComments: numbers,
  sourceUpdates: lists,
  linesAdded: numbersOrNull,
  linesRemoved: numbersOrNull,
  files: numbersOrNull,
  lastActivity: numbersOrNull,
  lastAuthorActivity: numbersOrNull,
});

type LedgerDocument = z.output<typeof ledgerDocument>;

/** A stored ledger that cannot be read: of another version, or damaged. */
export class UnreadableLedger extends Error {
  constructor(cause: unknown) {
    super('a stored ledger cannot be read; it can be rebuilt from the facts', { cause });
    this.name = 'UnreadableLedger';
  }
}

/** The facts as one text, by id: the same facts in any order give the same text. */
export function encodeLedger(facts: readonly PullRequestFacts[]): string {
  const rows = facts.toSorted((a, b) => a.id - b.id);
  const people = new WordList([]);
  const branches = new WordList([]);
  const person = (id: string | null): number | null => (id === null ? null : people.place(id));
  const column = <T>(of: (row: PullRequestFacts) => T): T[] => rows.map(of);
  const since = (row: PullRequestFacts, at: number | null): number | null =>
    at === null ? null : at - row.openedAt;
  const allSince = (row: PullRequestFacts, instants: readonly number[]): number[] =>
    instants.map((at) => at - row.openedAt);

  const document: LedgerDocument = {
    schema: 1,
    people: people.words,
    branches: branches.words,
    id: column((row) => row.id),
    state: column((row) => PULL_REQUEST_STATES.indexOf(row.state)),
    flags: column(toFlags),
    author: column((row) => person(row.authorId)),
    target: column((row) => branches.place(row.targetBranch)),
    branchKind: column((row) => BRANCH_KINDS.indexOf(row.branchKind)),
    opened: column((row) => row.openedAt),
    merged: column((row) => since(row, row.mergedAt)),
    mergedSource: column((row) =>
      row.mergedAtSource === null ? null : MERGED_AT_SOURCES.indexOf(row.mergedAtSource),
    ),
    closed: column((row) => since(row, row.closedAt)),
    closedBy: column((row) => person(row.closedById)),
    mergeCommit: column((row) => row.mergeCommit),
    commits: column((row) => allSince(row, row.commitAuthoredAt)),
    reviews: column((row) =>
      row.reviews.flatMap((review) => [
        person(review.actorId) ?? NOBODY,
        REVIEW_KINDS.indexOf(review.kind) * 2 + Number(review.inline),
        review.at - row.openedAt,
      ]),
    ),
    requested: column((row) => row.requestedReviewerIds.map((id) => people.place(id))),
    withdrawn: column((row) => row.withdrawnApprovals),
    comments: column((row) => row.commentCount),
    reviewComments: column((row) => row.reviewCommentCount),
    sourceUpdates: column((row) => allSince(row, row.sourceUpdatedAt)),
    linesAdded: column((row) => row.linesAdded),
    linesRemoved: column((row) => row.linesRemoved),
    files: column((row) => row.filesChanged),
    lastActivity: column((row) => since(row, row.lastActivityAt)),
    lastAuthorActivity: column((row) => since(row, row.lastAuthorActivityAt)),
  };
  return deflateRawSync(JSON.stringify(document)).toString('base64');
}

/** The facts of a text that `encodeLedger` made, by id. Throws UnreadableLedger. */
export function decodeLedger(text: string): readonly PullRequestFacts[] {
  try {
    const json: unknown = JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString());
    const document = ledgerDocument.parse(json);
    return document.id.map((_, row) => toFacts(document, row));
  } catch (cause) {
    throw new UnreadableLedger(cause);
  }
}

function toFacts(document: LedgerDocument, row: number): PullRequestFacts {
  const openedAt = at(document.opened, row);
  const since = (column: readonly (number | null)[]): number | null => {
    const seconds = at(column, row);
    return seconds === null ? null : openedAt + seconds;
  };
  const allSince = (column: readonly (readonly number[])[]): number[] =>
    at(column, row).map((seconds) => openedAt + seconds);
  const person = (place: number | null): string | null =>
    place === null || place === NOBODY ? null : at(document.people, place);
  const flags = at(document.flags, row);
  const source = at(document.mergedSource, row);
  return {
    id: at(document.id, row),
    state: at(PULL_REQUEST_STATES, at(document.state, row)),
    draft: (flags & FLAG.draft) !== 0,
    authorId: person(at(document.author, row)),
    authorIsBot: (flags & FLAG.authorIsBot) !== 0,
    targetBranch: at(document.branches, at(document.target, row)),
    branchKind: at(BRANCH_KINDS, at(document.branchKind, row)),
    fromFork: (flags & FLAG.fromFork) !== 0,
    openedAt,
    mergedAt: since(document.merged),
    mergedAtSource: source === null ? null : at(MERGED_AT_SOURCES, source),
    closedAt: since(document.closed),
    closedById: person(at(document.closedBy, row)),
    mergeCommit: at(document.mergeCommit, row),
    commitAuthoredAt: allSince(document.commits),
    reviews: toReviews(at(document.reviews, row), openedAt, person),
    requestedReviewerIds: at(document.requested, row).map((place) => at(document.people, place)),
    withdrawnApprovals: at(document.withdrawn, row),
    commentCount: at(document.comments, row),
    reviewCommentCount: at(document.reviewComments, row),
    sourceUpdatedAt: allSince(document.sourceUpdates),
    staleApproval: (flags & FLAG.staleApproval) !== 0,
    selfApproved: (flags & FLAG.selfApproved) !== 0,
    linesAdded: at(document.linesAdded, row),
    linesRemoved: at(document.linesRemoved, row),
    filesChanged: at(document.files, row),
    lastActivityAt: since(document.lastActivity),
    lastAuthorActivityAt: since(document.lastAuthorActivity),
    coverage: {
      activity: (flags & FLAG.activity) !== 0,
      commits: (flags & FLAG.commits) !== 0,
      diffstat: (flags & FLAG.diffstat) !== 0,
    },
  };
}

function toReviews(
  packed: readonly number[],
  openedAt: number,
  person: (place: number) => string | null,
): readonly Review[] {
  return Array.from({ length: packed.length / 3 }, (_, index) => {
    const kind = at(packed, index * 3 + 1);
    return {
      actorId: person(at(packed, index * 3)),
      kind: at(REVIEW_KINDS, Math.floor(kind / 2)),
      at: openedAt + at(packed, index * 3 + 2),
      inline: kind % 2 === 1,
    };
  });
}

/** Place of a reviewer whose account is gone. */
const NOBODY = -1;

const FLAG = {
  draft: 1,
  authorIsBot: 2,
  fromFork: 4,
  staleApproval: 8,
  selfApproved: 16,
  activity: 32,
  commits: 64,
  diffstat: 128,
} as const;

function toFlags(row: PullRequestFacts): number {
  return (
    (row.draft ? FLAG.draft : 0) |
    (row.authorIsBot ? FLAG.authorIsBot : 0) |
    (row.fromFork ? FLAG.fromFork : 0) |
    (row.staleApproval ? FLAG.staleApproval : 0) |
    (row.selfApproved ? FLAG.selfApproved : 0) |
    (row.coverage.activity ? FLAG.activity : 0) |
    (row.coverage.commits ? FLAG.commits : 0) |
    (row.coverage.diffstat ? FLAG.diffstat : 0)
  );
}

/** Words in the order of their first use, each with its place. */
class WordList {
  private readonly places = new Map<string, number>();

  constructor(readonly words: string[]) {}

  place(word: string): number {
    const known = this.places.get(word);
    if (known !== undefined) return known;
    this.places.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}

/** The element at a place that must exist: a ledger whose columns differ in length is damaged. */
function at<T>(list: readonly T[], place: number): T {
  if (place < 0 || place >= list.length)
    throw new RangeError(`no element ${place} in a list of ${list.length}`);
  return list[place] as T;
}
