import type { ReviewMatrix } from '../../src/views/reports/reviews-report';
import { matrixSentence, namedMatrix } from './review-matrix';
import { english, german } from './testing';

const MATRIX: ReviewMatrix = {
  authorIds: ['id-1', 'id-2'],
  reviewerIds: ['id-2', 'id-3'],
  pairs: [
    { authorId: 'id-1', reviewerId: 'id-2', pullRequests: 8, reviews: 11 },
    { authorId: 'id-2', reviewerId: 'id-3', pullRequests: 1, reviews: 1 },
  ],
  authors: 2,
  reviewers: 2,
  withoutAuthor: 0,
};
const NAMES = new Map([
  ['id-1', 'Zoë'],
  ['id-2', 'Ben'],
  ['id-3', 'Ann'],
]);

it('puts authors and reviewers in the order of their names', () => {
  const { reviewers, rows } = namedMatrix(MATRIX, NAMES, english);
  expect(reviewers.map(({ name }) => name)).toEqual(['Ann', 'Ben']);
  expect(rows.map(({ name }) => name)).toEqual(['Ben', 'Zoë']);
});

it('shades by quarters of the fullest cell, and knows what cannot be', () => {
  const [ben, zoe] = namedMatrix(MATRIX, NAMES, english).rows;
  expect(ben?.cells).toMatchObject([
    { pullRequests: 1, level: 1, isSelf: false },
    { pullRequests: 0, level: 0, isSelf: true },
  ]);
  expect(zoe?.cells).toMatchObject([
    { pullRequests: 0, level: 0, isSelf: false },
    { pullRequests: 8, level: 4 },
  ]);
});

it('says what each cell means', () => {
  const sentences = namedMatrix(MATRIX, NAMES, english).rows.flatMap(({ cells }) =>
    cells.map(({ sentence }) => sentence),
  );
  expect(sentences).toEqual([
    'Ann reviewed 1 pull request of Ben, in 1 review',
    'Ben: nobody reviews their own',
    'Ann reviewed nothing of Zoë',
    'Ben reviewed 8 pull requests of Zoë, in 11 reviews',
  ]);
});

it('is the same as a table', () => {
  expect(namedMatrix(MATRIX, NAMES, english).lines).toEqual([
    ['Ben', 'Ann', 1, 1],
    ['Zoë', 'Ben', 8, 11],
  ]);
});

it('says who is not in it', () => {
  expect(matrixSentence(MATRIX, english)).not.toMatch(/at most/);
  const cut = { ...MATRIX, authors: 31, reviewers: 2, withoutAuthor: 4 };
  expect(matrixSentence(cut, english)).toMatch(
    /at most 2 of each, of 31 authors and 2 reviewers\. 4 reviewed pull requests of accounts that are gone/,
  );
  expect(matrixSentence(cut, german)).toMatch(/höchstens je 2, von 31 Autoren und 2 Reviewern/);
});
