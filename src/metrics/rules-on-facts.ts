/** Applies what admins decided about branches and bots to stored facts, so that it counts for all history at once. */
import { holdsWords, patternWords } from '../facts/branch-words';
import type { BranchKind, PullRequestFacts, Review } from '../facts/pull-request-facts';
import type { FigureSettings } from './figure-settings';

type RulesOnFacts = Pick<FigureSettings, 'branchRules' | 'botIds'>;

interface WordRule {
  readonly words: readonly number[];
  readonly kind: BranchKind;
}

/**
 * The facts as they would be under the settings, in the same order. A source branch is of the kind of the first rule that
 * fits it. A listed bot is one as an author, and neither reviews nor is waited for. What nothing changes comes back as the
 * same object, and as the same list where that is so for every element: a repository may have 100,000.
 *
 * Instants are stored in whole seconds: an update within the second of the last approval that is left is not after it.
 */
export function underSettings(
  facts: readonly PullRequestFacts[],
  { branchRules, botIds }: RulesOnFacts,
): readonly PullRequestFacts[] {
  if (branchRules.length === 0 && botIds.length === 0) return facts;
  const rules = branchRules.map(({ pattern, kind }): WordRule => ({ words: patternWords(pattern), kind }));
  const bots = new Set(botIds);
  const ruled = facts.map((each) => withBots(withRules(each, rules), bots));
  return ruled.every((each, place) => each === facts[place]) ? facts : ruled;
}

function withRules(facts: PullRequestFacts, rules: readonly WordRule[]): PullRequestFacts {
  const rule = rules.find(({ words }) => holdsWords(facts.branchWords, words));
  return rule === undefined || rule.kind === facts.branchKind ? facts : { ...facts, branchKind: rule.kind };
}

/** As the derivation would have it, had each of these accounts been no person's: comments by bots are counted there too. */
function withBots(facts: PullRequestFacts, bots: ReadonlySet<string>): PullRequestFacts {
  const isBot = (id: string | null): boolean => id !== null && bots.has(id);
  const { authorId, requestedReviewerIds, reviews } = facts;
  const isNewBot = !facts.authorIsBot && isBot(authorId);
  const isReviewed = reviews.some(({ actorId }) => isBot(actorId));
  if (!isNewBot && !isReviewed && !requestedReviewerIds.some(isBot)) return facts;
  const left = reviews.filter(({ actorId }) => !isBot(actorId));
  return {
    ...facts,
    authorIsBot: facts.authorIsBot || isNewBot,
    reviews: left,
    requestedReviewerIds: requestedReviewerIds.filter((id) => !isBot(id)),
    staleApproval: isStale(facts, left),
  };
}

function isStale(
  { state, reviews, sourceUpdatedAt, staleApproval }: PullRequestFacts,
  left: readonly Review[],
): boolean {
  const lastApprovedAt = lastApproval(left);
  if (lastApprovedAt === lastApproval(reviews)) return staleApproval;
  return (
    state === 'MERGED' && lastApprovedAt !== undefined && sourceUpdatedAt.some((at) => at > lastApprovedAt)
  );
}

function lastApproval(reviews: readonly Review[]): number | undefined {
  return reviews.findLast(({ kind }) => kind === 'approval')?.at;
}
