import fc from 'fast-check';
import type { ReviewPair } from '../metrics/review-network';
import { reviewMatrix } from './review-matrix';

const pair = (authorId: string, reviewerId: string, pullRequests: number): ReviewPair => ({
  authorId,
  reviewerId,
  pullRequests,
  reviews: pullRequests * 2,
  reviewed: [],
});

it('keeps the busiest by id, and says how many there are', () => {
  const pairs = [pair('a', 'x', 1), pair('b', 'x', 5), pair('b', 'y', 2), pair('c', 'z', 4)];
  expect(reviewMatrix({ pairs, withoutAuthor: 3 }, 2)).toEqual({
    authorIds: ['b', 'c'],
    reviewerIds: ['x', 'z'],
    pairs: [
      { authorId: 'b', reviewerId: 'x', pullRequests: 5, reviews: 10 },
      { authorId: 'c', reviewerId: 'z', pullRequests: 4, reviews: 8 },
    ],
    authors: 3,
    reviewers: 3,
    withoutAuthor: 3,
  });
});

const person = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const network = fc
  .uniqueArray(fc.tuple(person, person, fc.integer({ min: 1, max: 9 })), {
    selector: ([author, reviewer]) => `${author}${reviewer}`,
  })
  .map((pairs) => ({ pairs: pairs.map((each) => pair(...each)), withoutAuthor: 0 }));

it('leaves nothing out where everybody fits, and nobody busier than who is in it', () => {
  fc.assert(
    fc.property(network, fc.integer({ min: 1, max: 6 }), (given, most) => {
      const { authorIds, pairs, authors } = reviewMatrix(given, most);
      const workOf = (id: string): number =>
        given.pairs
          .filter(({ authorId }) => authorId === id)
          .reduce((sum, { pullRequests }) => sum + pullRequests, 0);
      const outside = given.pairs.map(({ authorId }) => authorId).filter((id) => !authorIds.includes(id));
      expect(authorIds).toHaveLength(Math.min(most, authors));
      for (const inside of authorIds) {
        expect(workOf(inside)).toBeGreaterThanOrEqual(Math.max(0, ...outside.map(workOf)));
      }
      if (most === 6) expect(pairs).toHaveLength(given.pairs.length);
    }),
  );
});
