/** Narrows facts to what a viewer asks for, before any figure is computed. */
import type { BranchKind, EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { livedIn } from './closing';
import type { Window } from './figures';

/** Days on which a person belonged to a team: half-open, `null` without a beginning or an end. */
export interface TeamMembership {
  readonly personId: string;
  readonly from: EpochSeconds | null;
  readonly to: EpochSeconds | null;
}

/** All of a kind beside the others, none of it, or nothing else. */
export type Inclusion = 'with' | 'without' | 'only';

/** What is not said narrows nothing; an empty list lets nothing through; several conditions hold together. */
export interface FactFilter {
  /**
   * What was opened, open or closed in the window: every figure over it stays as it is. Those that look further back,
   * such as `wip_over_p85` at the last 180 days, need the facts of these days too.
   */
  readonly window?: Window;
  readonly targetBranches?: readonly string[];
  readonly branchKinds?: readonly BranchKind[];
  readonly authorIds?: readonly string[];
  /** Whoever reviewed it or, while it is open, is asked to. */
  readonly reviewerIds?: readonly string[];
  /** Its author belonged to the team when it was opened. A person may join again: several memberships. */
  readonly team?: readonly TeamMembership[];
  readonly drafts?: Inclusion;
  /** Figures leave bots out by themselves: to count what `with` and `only` let through, `includeBots` must be on. */
  readonly bots?: Inclusion;
}

/** The pull requests that meet every condition of the filter, in the order given. */
export function filterFacts(
  facts: readonly PullRequestFacts[],
  filter: FactFilter,
): readonly PullRequestFacts[] {
  const { window, targetBranches, branchKinds, authorIds, reviewerIds, team, drafts, bots } = filter;
  return facts.filter(
    (each) =>
      (window === undefined || livedIn(each, window)) &&
      (targetBranches?.includes(each.targetBranch) ?? true) &&
      (branchKinds?.includes(each.branchKind) ?? true) &&
      (authorIds === undefined || isAuthoredBy(each, authorIds)) &&
      (reviewerIds?.some((reviewerId) => isReviewedBy(each, reviewerId)) ?? true) &&
      (team?.some((membership) => isAuthoredByMember(each, membership)) ?? true) &&
      includes(drafts, each.draft) &&
      includes(bots, each.authorIsBot),
  );
}

function isAuthoredBy({ authorId }: PullRequestFacts, authorIds: readonly string[]): boolean {
  return authorId !== null && authorIds.includes(authorId);
}

function isReviewedBy(facts: PullRequestFacts, reviewerId: string): boolean {
  const isAsked = facts.state === 'OPEN' && facts.requestedReviewerIds.includes(reviewerId);
  return isAsked || facts.reviews.some(({ actorId }) => actorId === reviewerId);
}

function isAuthoredByMember(
  { authorId, openedAt }: PullRequestFacts,
  { personId, from, to }: TeamMembership,
): boolean {
  return authorId === personId && (from === null || from <= openedAt) && (to === null || openedAt < to);
}

function includes(inclusion: Inclusion | undefined, isOfKind: boolean): boolean {
  switch (inclusion) {
    case undefined:
    case 'with':
      return true;
    case 'without':
      return !isOfKind;
    case 'only':
      return isOfKind;
  }
}
