/** The matrix of who reviews whom, by name, with what each cell says. */
import type { MatrixPair, ReviewMatrix } from '../../src/views/reports/reviews-report';
import type { Language } from '../shared/language';
import { byName } from './filter-texts';

/** Shades beside the empty one. */
const LEVELS = 4;

export interface MatrixCell {
  readonly reviewerId: string;
  readonly pullRequests: number;
  /** 0 for nothing, then 1 to 4 by quarters of the fullest cell. */
  readonly level: number;
  /** The author's own column. */
  readonly isSelf: boolean;
  readonly sentence: string;
}

export interface MatrixRow {
  readonly authorId: string;
  readonly name: string;
  readonly cells: readonly MatrixCell[];
}

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface NamedMatrix {
  readonly reviewers: readonly Named[];
  readonly rows: readonly MatrixRow[];
  /** Each pair in words and numbers, the same as a table. */
  readonly lines: readonly (readonly [
    author: string,
    reviewer: string,
    pullRequests: number,
    reviews: number,
  ])[];
}

export function namedMatrix(
  { authorIds, reviewerIds, pairs }: ReviewMatrix,
  names: ReadonlyMap<string, string>,
  language: Language,
): NamedMatrix {
  const named = (ids: readonly string[]): readonly Named[] =>
    byName(
      ids.map((personId) => ({ personId })),
      names,
      language,
    );
  const reviewers = named(reviewerIds);
  const authors = named(authorIds);
  const most = Math.max(1, ...pairs.map(({ pullRequests }) => pullRequests));
  const pairOf = (author: Named, reviewer: Named): MatrixPair | undefined =>
    pairs.find(({ authorId, reviewerId }) => authorId === author.id && reviewerId === reviewer.id);
  return {
    reviewers,
    rows: authors.map((author) => ({
      authorId: author.id,
      name: author.name,
      cells: reviewers.map((reviewer) => {
        const pair = pairOf(author, reviewer);
        const pullRequests = pair?.pullRequests ?? 0;
        return {
          reviewerId: reviewer.id,
          pullRequests,
          level: Math.ceil((pullRequests / most) * LEVELS),
          isSelf: author.id === reviewer.id,
          sentence: sentenceOf(pair, author, reviewer, language),
        };
      }),
    })),
    lines: authors.flatMap((author) =>
      reviewers.flatMap((reviewer) => {
        const pair = pairOf(author, reviewer);
        return pair === undefined
          ? []
          : [[author.name, reviewer.name, pair.pullRequests, pair.reviews] as const];
      }),
    ),
  };
}

/** How to read it, and who is not in it. */
export function matrixSentence(matrix: ReviewMatrix, { t }: Language): string {
  const { authorIds, reviewerIds, authors, reviewers, withoutAuthor } = matrix;
  const isCut = authors > authorIds.length || reviewers > reviewerIds.length;
  const most = Math.max(authorIds.length, reviewerIds.length);
  const sentences = [
    t('reviews.matrixSentence'),
    isCut && t('reviews.matrixBusiest', { most, authors, reviewers }),
    withoutAuthor > 0 && t('reviews.matrixWithoutAuthor', { count: withoutAuthor }),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

function sentenceOf(
  pair: MatrixPair | undefined,
  { id: authorId, name: author }: Named,
  { id: reviewerId, name: reviewer }: Named,
  { t }: Language,
): string {
  if (authorId === reviewerId) return t('reviews.matrixSelf', { author });
  if (pair === undefined) return t('reviews.matrixNothing', { author, reviewer });
  const { pullRequests: count, reviews } = pair;
  return t('reviews.matrixCell', { author, reviewer, count, reviews });
}
