import fc from 'fast-check';
import { aPullRequest, OPENED_AT, review, severalFacts } from '../facts/testing';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { reviewEvidence } from './review-load';
import { reviewNetwork } from './review-network';
import { isWithin, SECONDS_A_DAY } from './windows';

const OPTIONS = { defaultBranch: 'main' };
const WINDOW = { from: OPENED_AT - 30 * SECONDS_A_DAY, to: OPENED_AT + 30 * SECONDS_A_DAY };

const networkOf = (...facts: readonly PullRequestFacts[]): ReturnType<typeof reviewNetwork> =>
  reviewNetwork(reviewEvidence(facts, WINDOW, WINDOW.to, OPTIONS));

it('counts who reviews whom, by author, then by reviewer, each with its pull requests', () => {
  const { pairs } = networkOf(
    aPullRequest({ authorId: 'ben', reviews: [review('approval', 1, 'ann')] }),
    aPullRequest({
      id: 2,
      authorId: 'ann',
      reviews: [review('comment', 1, 'cid'), review('approval', 2, 'cid')],
    }),
    aPullRequest({
      id: 3,
      authorId: 'ann',
      reviews: [review('comment', 1, 'ben'), review('approval', 2, 'cid')],
    }),
  );
  expect(
    pairs.map(({ authorId, reviewerId, pullRequests, reviews, reviewed }) => [
      authorId,
      reviewerId,
      pullRequests,
      reviews,
      reviewed.map(({ id }) => id),
    ]),
  ).toEqual([
    ['ann', 'ben', 1, 1, [3]],
    ['ann', 'cid', 2, 3, [2, 3]],
    ['ben', 'ann', 1, 1, [1]],
  ]);
});

it('tells how many belong to no pair for want of an author', () => {
  const reviews = [review('approval', 1, 'ann'), review('approval', 1, 'ben')];
  expect(networkOf(aPullRequest({ authorId: null, reviews }))).toEqual({ pairs: [], withoutAuthor: 2 });
});

it('holds every review of a known reviewer and author once', () => {
  fc.assert(
    fc.property(severalFacts(), (facts) => {
      const { pairs } = networkOf(...facts);
      const merged = facts.filter(
        ({ mergedAt, authorIsBot, coverage }) =>
          isWithin(WINDOW, mergedAt) && !authorIsBot && coverage.activity,
      );
      const reviews = merged.flatMap(({ authorId, reviews: own }) =>
        own.filter(({ actorId }) => actorId !== null && authorId !== null),
      );
      expect(pairs.reduce((sum, each) => sum + each.reviews, 0)).toBe(reviews.length);
      for (const { authorId, reviewerId, pullRequests, reviews: count, reviewed } of pairs) {
        const own = merged.filter((each) => each.authorId === authorId);
        const acts = own.flatMap((each) => each.reviews.filter(({ actorId }) => actorId === reviewerId));
        expect([pullRequests, count]).toEqual([reviewed.length, acts.length]);
      }
      expect(new Set(pairs.map(({ authorId, reviewerId }) => `${authorId}-${reviewerId}`)).size).toBe(
        pairs.length,
      );
    }),
  );
});
