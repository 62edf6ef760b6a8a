/** What a second reading of the same pull requests finds different from what the store held (METRICS 8, "Recount"). */
import type { FactsCoverage, PullRequestFacts } from '../facts/pull-request-facts';
import { isOneOf } from './figures';

/**
 * Not compared: the approvals withdrawn since, which only events know; and the digests of a branch's words, which an
 * earlier version did not keep and which tell a reader nothing that the branch's kind does not.
 */
const NOT_COMPARED = ['withdrawnApprovals', 'coverage', 'branchWords'] as const;

/** Facts that a reading of Bitbucket gives. */
export type RecountedFact = Exclude<keyof PullRequestFacts, (typeof NOT_COMPARED)[number]>;

type FactValue = PullRequestFacts[RecountedFact];

/** One fact that differs. A pull request that only one reading has differs in its `id`, which the other has `null`. */
export interface RecountDifference {
  readonly pullRequest: number;
  readonly fact: RecountedFact;
  /** `null` where it was not known: also where what tells it was not read, so that an unread 0 is no 0. */
  readonly before: FactValue;
  readonly after: FactValue;
}

/** The answer without which a fact is not known at all. */
const TOLD_BY: Readonly<Partial<Record<RecountedFact, keyof FactsCoverage>>> = {
  commitAuthoredAt: 'commits',
  reviews: 'activity',
  commentCount: 'activity',
  reviewCommentCount: 'activity',
  sourceUpdatedAt: 'activity',
  staleApproval: 'activity',
  lastActivityAt: 'activity',
  lastAuthorActivityAt: 'activity',
  linesAdded: 'diffstat',
  linesRemoved: 'diffstat',
  filesChanged: 'diffstat',
};

/**
 * Every fact that differs between two readings, `before` being what the store held, by pull request and then by the
 * fact's name. A fact that the new reading did not look for is not compared. Both are to be derived with the same events:
 * a verdict withdrawn since stands among the reviews only because an event told of it.
 */
export function recountDifferences(
  before: readonly PullRequestFacts[],
  after: readonly PullRequestFacts[],
): readonly RecountDifference[] {
  const held = new Map(before.map((each) => [each.id, each]));
  const read = new Map(after.map((each) => [each.id, each]));
  const ids = [...new Set([...held.keys(), ...read.keys()])].sort((a, b) => a - b);
  return ids.flatMap((id) => differencesOf(id, held.get(id), read.get(id)));
}

function differencesOf(
  pullRequest: number,
  before: PullRequestFacts | undefined,
  after: PullRequestFacts | undefined,
): readonly RecountDifference[] {
  if (before === undefined || after === undefined) {
    return [{ pullRequest, fact: 'id', before: before?.id ?? null, after: after?.id ?? null }];
  }
  return factNames(after)
    .filter((fact) => isRead(fact, after))
    .map((fact) => ({
      pullRequest,
      fact,
      before: isRead(fact, before) ? before[fact] : null,
      after: after[fact],
    }))
    .filter((difference) => !isSame(difference.before, difference.after));
}

function factNames(facts: PullRequestFacts): readonly RecountedFact[] {
  const names = Object.keys(facts) as (keyof PullRequestFacts)[];
  return names.filter((name): name is RecountedFact => !isOneOf(NOT_COMPARED, name)).sort();
}

function isRead(fact: RecountedFact, { coverage }: PullRequestFacts): boolean {
  const answer = TOLD_BY[fact];
  return answer === undefined || coverage[answer];
}

/** By value, whatever the order of an object's properties: a stored record comes back with another. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const entries = Object.entries(a);
  const others = new Map(Object.entries(b));
  return entries.length === others.size && entries.every(([name, value]) => isSame(value, others.get(name)));
}
