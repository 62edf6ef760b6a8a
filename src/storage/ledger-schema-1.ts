/** Reads the ledgers of the first schema, which the first release wrote; the next write makes each one the present's. */
import { inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import {
  BRANCH_KINDS,
  MERGED_AT_SOURCES,
  PULL_REQUEST_STATES,
  REVIEW_KINDS,
  type PullRequestFacts,
  type Review,
} from '../facts/pull-request-facts';
import { elementAt } from './ledger-bytes';

const numbers = z.array(z.number());
const numbersOrNull = z.array(z.number().nullable());
const lists = z.array(numbers);

/**
 * One column a fact, one place in it a pull request. People and branches are places in the lists above the columns;
 * instants but `opened` are seconds after the pull request's opening. A review is three numbers: who, kind and inline,
 * when.
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

/** The facts of a text of schema 1 that inflates to at most so many bytes. Throws where it is not one. */
export function decodeFirstSchema(text: string, mostBytes: number): readonly PullRequestFacts[] {
  const inflated = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: mostBytes });
  const json: unknown = JSON.parse(inflated.toString());
  const document = ledgerDocument.parse(json);
  return document.id.map((_, row) => toFacts(document, row));
}

function toFacts(document: LedgerDocument, row: number): PullRequestFacts {
  const openedAt = elementAt(document.opened, row);
  const since = (column: readonly (number | null)[]): number | null => {
    const seconds = elementAt(column, row);
    return seconds === null ? null : openedAt + seconds;
  };
  const allSince = (column: readonly (readonly number[])[]): number[] =>
    elementAt(column, row).map((seconds) => openedAt + seconds);
  const person = (place: number | null): string | null =>
    place === null || place === NOBODY ? null : elementAt(document.people, place);
  const flags = elementAt(document.flags, row);
  const source = elementAt(document.mergedSource, row);
  return {
    id: elementAt(document.id, row),
    state: elementAt(PULL_REQUEST_STATES, elementAt(document.state, row)),
    draft: (flags & FLAG.draft) !== 0,
    authorId: person(elementAt(document.author, row)),
    authorIsBot: (flags & FLAG.authorIsBot) !== 0,
    targetBranch: elementAt(document.branches, elementAt(document.target, row)),
    branchKind: elementAt(BRANCH_KINDS, elementAt(document.branchKind, row)),
    branchWords: [],
    fromFork: (flags & FLAG.fromFork) !== 0,
    openedAt,
    mergedAt: since(document.merged),
    mergedAtSource: source === null ? null : elementAt(MERGED_AT_SOURCES, source),
    closedAt: since(document.closed),
    closedById: person(elementAt(document.closedBy, row)),
    mergeCommit: elementAt(document.mergeCommit, row),
    commitAuthoredAt: allSince(document.commits),
    reviews: toReviews(elementAt(document.reviews, row), openedAt, person),
    requestedReviewerIds: elementAt(document.requested, row).map((place) =>
      elementAt(document.people, place),
    ),
    withdrawnApprovals: elementAt(document.withdrawn, row),
    commentCount: elementAt(document.comments, row),
    reviewCommentCount: elementAt(document.reviewComments, row),
    sourceUpdatedAt: allSince(document.sourceUpdates),
    staleApproval: (flags & FLAG.staleApproval) !== 0,
    selfApproved: (flags & FLAG.selfApproved) !== 0,
    linesAdded: elementAt(document.linesAdded, row),
    linesRemoved: elementAt(document.linesRemoved, row),
    filesChanged: elementAt(document.files, row),
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
    const kind = elementAt(packed, index * 3 + 1);
    return {
      actorId: person(elementAt(packed, index * 3)),
      kind: elementAt(REVIEW_KINDS, Math.floor(kind / 2)),
      at: openedAt + elementAt(packed, index * 3 + 2),
      inline: kind % 2 === 1,
    };
  });
}
