/** Makes a figure again from what its explanation lists, and from nothing else. */
import { ratioOf } from '../delivery/explained';
import { distributionOf } from '../distribution';
import { fewestForHalf, giniCoefficient } from '../review-concentration';
import type { FigureExplanation } from './figure-explanation';

/** Equal to the explanation's figure, in whatever order its items are. */
export function recompute({
  figureId,
  figure,
  items,
  days,
}: Pick<FigureExplanation, 'figureId' | 'figure' | 'items' | 'days'>): FigureExplanation['figure'] {
  const values = items.map(({ value }) => value);
  const sum = values.reduce((total, value) => total + value, 0);
  if (figureId === 'review_load_gini') {
    return { unit: 'ratio', n: values.length, value: giniCoefficient(values) };
  }
  if ('p50' in figure) return distributionOf(values, figure.unit);
  switch (figure.unit) {
    case 'ratio':
      return ratioOf(sum, values.length);
    case 'count':
      return { unit: 'count', n: sum, value: sum };
    case 'people':
      return { unit: 'people', n: sum, value: fewestForHalf(values) };
    case 'per day':
      return { unit: 'per day', n: sum, value: days === null ? null : sum / days };
  }
}
