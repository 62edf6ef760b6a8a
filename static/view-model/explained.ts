/** The list behind a figure: its order, what it comes to, and how each value is written. */
import type { ExplainedItem } from '../../src/metrics/explained/figure-explanation';
import type { ExplainedFigure } from '../../src/views/reports/explained-figure';
import type { Language } from '../shared/language';
import { duration, exactDuration, inUnit, isDistribution, share, decimal } from './format';

/** What the list looks at; also of a number that is no figure of the export. */
export type Listed = Pick<ExplainedFigure, 'figure' | 'items' | 'days' | 'cut'>;

export const ORDERS = ['largest', 'smallest', 'latest'] as const;
export type Order = (typeof ORDERS)[number];

/** The items in the chosen order; equal values by their latest instant. */
export function ordered(items: readonly ExplainedItem[], order: Order): readonly ExplainedItem[] {
  const byLatest = (a: ExplainedItem, b: ExplainedItem): number => latest(b) - latest(a);
  if (order === 'latest') return items.toSorted(byLatest);
  const sign = order === 'largest' ? 1 : -1;
  return items.toSorted((a, b) => sign * (b.value - a.value) || byLatest(a, b));
}

function latest({ instants }: ExplainedItem): number {
  return instants.reduce((last, { at }) => Math.max(last, at), 0);
}

/** What an item's value is: a duration or amount, a yes or no for a share, an amount of work for a person. */
export type ValueKind = 'amount' | 'part' | 'none';

/** The commit in the id of a tag; `null` where it is not known. */
export function commitOfTag(id: string): string | null {
  const [commit = ''] = id.split('@', 1);
  return commit === '' ? null : commit;
}

/** A count of pull requests needs no value beside each; what a push or a deployment counts for neither. */
export function valueKindOf({ figure, items }: Listed): ValueKind {
  if (isDistribution(figure)) return 'amount';
  if (items.some(({ kind }) => kind === 'person')) return 'amount';
  return figure.unit === 'ratio' ? 'part' : 'none';
}

/** `3.4 days`, `12`, `yes`; with the whole value for those who ask, where it is a duration. */
export function itemValue(
  { value }: ExplainedItem,
  { figure }: Listed,
  kind: ValueKind,
  language: Language,
): { readonly text: string; readonly exact?: string } {
  if (kind === 'part') return { text: language.t(value === 1 ? 'explained.yes' : 'explained.no') };
  return isDistribution(figure) && figure.unit === 's'
    ? { text: duration(value, language), exact: exactDuration(value, language) }
    : { text: decimal(value, 1, language) };
}

/** What the list comes to: the figure once more, made from so many things. */
export function sumOf({ figure, items, days, cut }: Listed, language: Language): string {
  const { t } = language;
  const count = cut?.of ?? items.length;
  if (isDistribution(figure)) {
    const value = figure.p50 === null ? '' : inUnit(figure.p50, figure.unit, language);
    return figure.n === 1
      ? t('explained.onlyValue', { value })
      : t('explained.median', { value, count: figure.n });
  }
  if (figure.value === null) return '';
  const value = decimal(figure.value, 2, language);
  switch (figure.unit) {
    case 'ratio':
      return items.some(({ kind }) => kind === 'person')
        ? t('explained.shared', { value, count })
        : t('explained.part', {
            value: share(figure.value, language),
            part: cut?.counting ?? items.filter((each) => each.value === 1).length,
            count,
          });
    case 'count':
      return t('explained.count', { count });
    case 'people':
      return t('explained.people', { value: figure.value, count });
    case 'per day':
      return t('explained.perDay', { count, value, days: decimal(days ?? 0, 1, language) });
  }
}
