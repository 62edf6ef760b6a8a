/** Turns the facts of a ledger's pull requests into its columns, and back. */
import {
  BRANCH_KINDS,
  MERGED_AT_SOURCES,
  PULL_REQUEST_STATES,
  type PullRequestFacts,
  type Review,
} from '../facts/pull-request-facts';
import { BranchWordsReader, BranchWordsWriter } from './ledger-branch-words';
import { elementAt, folded, unfolded } from './ledger-bytes';
import { ColumnReader, WordList, eachColumn, type ColumnName, type LedgerColumns } from './ledger-columns';
import { readTimeline, writeTimeline } from './ledger-timeline';

/** A merge commit as Bitbucket's pull request names it: six bytes. Any other text is kept as it is. */
const HASH = /^[0-9a-f]{12}$/;
const HASH_BYTES = 6;

const NO_COMMIT = 0;
const HASHED_COMMIT = 1;
const FIRST_OTHER_COMMIT = 2;

/** Most pull requests are closed by their author. */
const CLOSED_BY_AUTHOR = 0;
const CLOSED_BY_OTHER = 1;

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

/** The rows in the order given: by id, differences are small. Throws RangeError for a number that is not whole. */
export function toColumns(rows: readonly PullRequestFacts[]): LedgerColumns {
  const people = new WordList();
  const branches = new WordList();
  const commits = new WordList();
  const hashes: Buffer[] = [];
  const branchWords = new BranchWordsWriter();
  const columns = eachColumn((): number[] => []);
  const placeOf = (person: string): number => people.place(person);
  const personOrNull = (person: string | null): number => (person === null ? 0 : placeOf(person) + 1);
  const mergeCommit = (commit: string | null): number => {
    if (commit === null) return NO_COMMIT;
    if (!HASH.test(commit)) return FIRST_OTHER_COMMIT + commits.place(commit);
    hashes.push(Buffer.from(commit, 'hex'));
    return HASHED_COMMIT;
  };

  let previous = { id: 0, openedAt: 0 };
  for (const row of rows) {
    columns.id.push(folded(row.id - previous.id));
    columns.opened.push(folded(row.openedAt - previous.openedAt));
    previous = row;
    columns.state.push(PULL_REQUEST_STATES.indexOf(row.state));
    columns.flags.push(toFlags(row));
    columns.author.push(personOrNull(row.authorId));
    columns.closedBy.push(
      row.closedById === row.authorId ? CLOSED_BY_AUTHOR : CLOSED_BY_OTHER + personOrNull(row.closedById),
    );
    columns.target.push(branches.place(row.targetBranch));
    columns.branchKind.push(BRANCH_KINDS.indexOf(row.branchKind));
    columns.mergedSource.push(
      row.mergedAtSource === null ? 0 : MERGED_AT_SOURCES.indexOf(row.mergedAtSource) + 1,
    );
    columns.mergeCommit.push(mergeCommit(row.mergeCommit));
    writeTimeline(row, columns, placeOf);
    columns.requested.push(row.requestedReviewerIds.length, ...row.requestedReviewerIds.map(placeOf));
    columns.withdrawn.push(row.withdrawnApprovals);
    // Nearly always 0: most comments are those of reviews.
    columns.comments.push(folded(row.commentCount - row.reviewCommentCount));
    columns.reviewComments.push(folded(row.reviewCommentCount - commentsAmong(row.reviews)));
    columns.linesAdded.push(toAmount(row.linesAdded));
    columns.linesRemoved.push(toAmount(row.linesRemoved));
    columns.files.push(toAmount(row.filesChanged));
    branchWords.write(row.branchWords, columns.branchWords);
  }
  return {
    words: { people: people.words, branches: branches.words, commits: commits.words },
    columns,
    hashes: Buffer.concat(hashes),
    digests: branchWords.finish(),
  };
}

/** The rows that `toColumns` was given. Throws RangeError where the columns do not fit each other. */
export function fromColumns({ words, columns, hashes, digests }: LedgerColumns): readonly PullRequestFacts[] {
  const readers = eachColumn((name) => new ColumnReader(columns[name]));
  const branchWords = new BranchWordsReader(digests);
  const next = (name: ColumnName): number => readers[name].next();
  const personAt = (place: number): string => elementAt(words.people, place);
  const personOrNull = (place: number): string | null => (place === 0 ? null : personAt(place - 1));
  let hashed = 0;
  const mergeCommit = (place: number): string | null => {
    if (place === NO_COMMIT) return null;
    if (place !== HASHED_COMMIT) return elementAt(words.commits, place - FIRST_OTHER_COMMIT);
    const hash = hashes.subarray(hashed, hashed + HASH_BYTES);
    if (hash.length < HASH_BYTES) throw new RangeError('fewer hashes than merge commits');
    hashed += HASH_BYTES;
    return Buffer.from(hash).toString('hex');
  };

  let id = 0;
  let openedAt = 0;
  const rows = columns.id.map((): PullRequestFacts => {
    id += unfolded(next('id'));
    openedAt += unfolded(next('opened'));
    const flags = next('flags');
    const authorId = personOrNull(next('author'));
    const closedBy = next('closedBy');
    const source = next('mergedSource');
    const instants = readTimeline(openedAt, readers, personAt);
    const reviewCommentCount = unfolded(next('reviewComments')) + commentsAmong(instants.reviews);
    return {
      id,
      state: elementAt(PULL_REQUEST_STATES, next('state')),
      draft: (flags & FLAG.draft) !== 0,
      authorId,
      authorIsBot: (flags & FLAG.authorIsBot) !== 0,
      targetBranch: elementAt(words.branches, next('target')),
      branchKind: elementAt(BRANCH_KINDS, next('branchKind')),
      branchWords: branchWords.read(readers.branchWords),
      fromFork: (flags & FLAG.fromFork) !== 0,
      ...instants,
      mergedAtSource: source === 0 ? null : elementAt(MERGED_AT_SOURCES, source - 1),
      closedById: closedBy === CLOSED_BY_AUTHOR ? authorId : personOrNull(closedBy - CLOSED_BY_OTHER),
      mergeCommit: mergeCommit(next('mergeCommit')),
      requestedReviewerIds: readers.requested.several().map(personAt),
      withdrawnApprovals: next('withdrawn'),
      commentCount: unfolded(next('comments')) + reviewCommentCount,
      reviewCommentCount,
      staleApproval: (flags & FLAG.staleApproval) !== 0,
      selfApproved: (flags & FLAG.selfApproved) !== 0,
      linesAdded: fromAmount(next('linesAdded')),
      linesRemoved: fromAmount(next('linesRemoved')),
      filesChanged: fromAmount(next('files')),
      coverage: {
        activity: (flags & FLAG.activity) !== 0,
        commits: (flags & FLAG.commits) !== 0,
        diffstat: (flags & FLAG.diffstat) !== 0,
      },
    };
  });
  for (const reader of Object.values(readers)) reader.end();
  branchWords.end();
  if (hashed < hashes.length) throw new RangeError('more hashes than merge commits');
  return rows;
}

function commentsAmong(reviews: readonly Review[]): number {
  return reviews.filter(({ kind }) => kind === 'comment').length;
}

function toAmount(amount: number | null): number {
  return amount === null ? 0 : amount + 1;
}

function fromAmount(amount: number): number | null {
  return amount === 0 ? null : amount - 1;
}

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
