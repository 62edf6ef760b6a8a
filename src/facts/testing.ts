/** For tests: facts of a pull request in one line, with everything read and nothing happened but the merge; and any facts. */
import fc from 'fast-check';
import { wordsOf } from './branch-words';
import {
  BRANCH_KINDS,
  MERGED_AT_SOURCES,
  PULL_REQUEST_STATES,
  REVIEW_KINDS,
  type PullRequestFacts,
  type Review,
} from './pull-request-facts';

/** 2026-06-01T09:00:00Z, a Monday. */
export const OPENED_AT = Date.UTC(2026, 5, 1, 9) / 1000;

export const HOUR = 3_600;

/** A pull request opened on a Monday morning and merged a day later, changed by `overrides`. */
export function aPullRequest(overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
  const openedAt = overrides.openedAt ?? OPENED_AT;
  const mergedAt = overrides.mergedAt === undefined ? openedAt + 24 * HOUR : overrides.mergedAt;
  return {
    id: 1,
    state: 'MERGED',
    draft: false,
    authorId: 'author',
    authorIsBot: false,
    targetBranch: 'main',
    branchKind: 'feature',
    branchWords: [],
    fromFork: false,
    openedAt,
    mergedAt,
    mergedAtSource: mergedAt === null ? null : 'activity',
    closedAt: mergedAt,
    closedById: 'merger',
    mergeCommit: null,
    commitAuthoredAt: [],
    reviews: [],
    requestedReviewerIds: [],
    withdrawnApprovals: 0,
    commentCount: 0,
    reviewCommentCount: 0,
    sourceUpdatedAt: [],
    staleApproval: false,
    selfApproved: false,
    linesAdded: null,
    linesRemoved: null,
    filesChanged: null,
    lastActivityAt: mergedAt ?? openedAt,
    lastAuthorActivityAt: openedAt,
    coverage: { activity: true, commits: true, diffstat: false },
    ...overrides,
  };
}

/** An open pull request. */
export function anOpenPullRequest(overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
  return aPullRequest({ state: 'OPEN', mergedAt: null, closedById: null, ...overrides });
}

/** A review a number of hours after the usual opening. */
export function review(kind: Review['kind'], hours: number, actorId = 'reviewer', inline = false): Review {
  return { kind, actorId, at: OPENED_AT + hours * HOUR, inline };
}

const person = fc.constantFrom('ann', 'ben', 'cid', 'dora');

/** Seconds after opening: often the same second, often days. */
const later = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: 3 * HOUR }),
  fc.integer({ min: 0, max: 90 * 24 * HOUR }),
);
const severalLater = fc.array(later, { maxLength: 4 });
const amount = fc.option(fc.nat(5_000));

/** Names of source branches in the forms that teams give them. */
export const branchNames = fc
  .tuple(
    fc.constantFrom('', 'feature/', 'urgent-fix/', 'ABC-12-', 'users/ann/'),
    fc.constantFrom('', '17', 'fix-login', 'Quick_Fix.2', 'größe'),
  )
  .map((parts) => parts.join(''));

/**
 * Any facts that the derivation gives: lists ascending, reviews and source updates from opening to closing, an instant
 * of merging only where merged, nothing from an answer that was not read. Opened in the spring and summer of 2026.
 */
export const derivableFacts: fc.Arbitrary<PullRequestFacts> = fc
  .record({
    id: fc.integer({ min: 1, max: 100_000 }),
    state: fc.constantFrom(...PULL_REQUEST_STATES, 'MERGED' as const, 'MERGED' as const),
    draft: fc.boolean(),
    authorId: fc.option(person),
    authorIsBot: fc.constantFrom(true, false, false, false),
    targetBranch: fc.constantFrom('main', 'release/1'),
    branchKind: fc.constantFrom(...BRANCH_KINDS),
    branchWords: branchNames.map((name) => wordsOf(name)),
    fromFork: fc.boolean(),
    openedAt: fc.integer({ min: OPENED_AT - 60 * 24 * HOUR, max: OPENED_AT + 60 * 24 * HOUR }),
    closedAfter: fc.option(later, { freq: 10 }),
    source: fc.constantFrom(...MERGED_AT_SOURCES),
    closedById: fc.option(person),
    commits: fc.array(fc.integer({ min: -30 * 24 * HOUR, max: 10 * 24 * HOUR }), { maxLength: 4 }),
    reviews: fc.array(
      fc.record({
        actorId: fc.option(person),
        kind: fc.constantFrom(...REVIEW_KINDS),
        after: later,
        inline: fc.boolean(),
      }),
      { maxLength: 5 },
    ),
    updates: severalLater,
    authorActs: fc.option(later),
    comments: fc.tuple(fc.nat(40), fc.nat(40)),
    staleApproval: fc.boolean(),
    size: fc.tuple(amount, amount, amount),
    coverage: fc.record({
      activity: fc.constantFrom(true, true, true, false),
      commits: fc.constantFrom(true, true, true, false),
      diffstat: fc.boolean(),
    }),
  })
  .map(
    ({ closedAfter, source, commits, reviews, updates, authorActs, comments, size, coverage, ...rest }) => {
      const { state, openedAt } = rest;
      const closedAt = state === 'OPEN' || closedAfter === null ? null : openedAt + closedAfter;
      const upToClose = (after: number): number =>
        Math.min(openedAt + after, closedAt ?? Number.POSITIVE_INFINITY);
      const ascending = (instants: readonly number[]): number[] => instants.toSorted((a, b) => a - b);
      const derived = reviews
        // Without the activity, only the verdicts of the participants are known.
        .filter(({ kind }) => coverage.activity || kind !== 'comment')
        .map(({ actorId, kind, after, inline }): Review => ({
          actorId,
          kind,
          at: upToClose(after),
          inline: inline && kind === 'comment',
        }))
        .sort((a, b) => a.at - b.at);
      const [linesAdded, linesRemoved, filesChanged] = coverage.diffstat ? size : [null, null, null];
      const [commentCount, reviewCommentCount] = coverage.activity
        ? [Math.max(...comments), Math.min(...comments)]
        : [0, 0];
      return {
        ...rest,
        coverage,
        closedAt,
        mergedAt: state === 'MERGED' ? closedAt : null,
        mergedAtSource: state === 'MERGED' && closedAt !== null ? source : null,
        mergeCommit: null,
        commitAuthoredAt: coverage.commits ? ascending(commits.map((after) => openedAt + after)) : [],
        reviews: derived,
        requestedReviewerIds: [],
        withdrawnApprovals: 0,
        commentCount,
        reviewCommentCount,
        sourceUpdatedAt: coverage.activity ? ascending(updates.map(upToClose)) : [],
        selfApproved: false,
        linesAdded,
        linesRemoved,
        filesChanged,
        lastActivityAt: coverage.activity ? (closedAt ?? openedAt) : null,
        lastAuthorActivityAt: !coverage.activity || authorActs === null ? null : upToClose(authorActs),
      };
    },
  );

/** Up to `maxLength` different pull requests of one repository. */
export function severalFacts(maxLength = 25): fc.Arbitrary<PullRequestFacts[]> {
  return fc.uniqueArray(derivableFacts, { selector: ({ id }) => id, maxLength });
}
