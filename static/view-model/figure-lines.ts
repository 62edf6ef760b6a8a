/** Figures as lines: value, what it rests on, its level, its change, and what it means. */
import type { Band } from '../../src/metrics/delivery/bands';
import type { FigureId } from '../../src/metrics/explained/figure-explanation';
import type { Distribution, Figure, Ratio } from '../../src/metrics/figures';
import type { BitbucketScope } from '../../src/sync/trouble';
import type { Language } from '../shared/language';
import { changeOf, type Wish } from './change';
import { decimal, duration, exactDuration, NO_VALUE, share } from './format';

export interface FigureLine {
  readonly figure: FigureId;
  readonly value: string;
  /** The whole value, or why there is none; `null` where the value says it all. */
  readonly exact: string | null;
  /** Level of the State of DevOps report; `null` where there is none. */
  readonly band: Band | null;
  readonly change: string | null;
}

export type ShownValue = Pick<FigureLine, 'value' | 'exact'>;

/** The median, with the whole value and how many stand behind it. */
export function timeOf({ p50, n }: Distribution, language: Language): ShownValue {
  const { t } = language;
  if (p50 === null) return { value: NO_VALUE, exact: t('delivery.none') };
  return {
    value: duration(p50, language),
    exact: t('delivery.over', { exact: exactDuration(p50, language), count: n }),
  };
}

export function shareOf(
  { value, n }: Ratio,
  what: 'Deployments' | 'Pipelines',
  language: Language,
): ShownValue {
  const { t } = language;
  if (value === null) return { value: NO_VALUE, exact: t(`delivery.no${what}`) };
  return { value: share(value, language), exact: t(`delivery.of${what}`, { count: n }) };
}

/** Where there is no value for want of a permission, that takes the place of every other reason. */
export function withPermission(
  lines: readonly FigureLine[],
  [permission]: readonly BitbucketScope[],
  { t }: Language,
): readonly FigureLine[] {
  if (permission === undefined) return lines;
  return lines.map((line) =>
    line.value === NO_VALUE
      ? { ...line, exact: t('whyNoValue.missingPermission', { permission }), change: null }
      : line,
  );
}

/** Beside the window before, once that is read whole. */
export function comparedWith(
  now: Figure,
  before: Figure | null,
  wish: Wish,
  days: number,
  language: Language,
): string {
  if (before === null) return language.t('change.notYet');
  return changeOf(now, before, wish, days, language).sentence;
}

export function number(value: number | null, digits: number, language: Language): string {
  return value === null ? NO_VALUE : decimal(value, digits, language);
}
