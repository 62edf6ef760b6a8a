/** The weeks of a trend with what keeps each from being compared: too few merges, or only a part of the week. */
import type { WeekFigures } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import type { Language } from '../shared/language';
import { FEWEST_VALUES } from './fewest-values';
import { day, duration } from './format';
import { isSolid, markOf, type TrendWeek, type WeekMark } from './trend-weeks';
import { coverageOf } from './window-coverage';

export interface ShownWeek {
  readonly week: WeekFigures;
  readonly mark: WeekMark;
  /** Enough merges for a median that a line may pass through: a median of two says nothing of a trend. */
  readonly isSolid: boolean;
}

export function shownWeeks({ weeks, window, completeness }: RepositoryOverview): readonly ShownWeek[] {
  const { since } = coverageOf(completeness, window);
  return weeks.map((week) => ({
    week,
    mark: markOf(week, window.from, since),
    isSolid: isSolid(week.timeToMerge),
  }));
}

/** A week as the chart draws it. */
export function trendWeek({ week, mark, isSolid }: ShownWeek): TrendWeek {
  return { from: week.from, mark, isSolid, durations: week.timeToMerge, count: week.merged, failed: 0 };
}

/** `Nov 16`, `Nov 16 (so far)`. */
export function weekName({ week, mark }: ShownWeek, language: Language): string {
  const name = day(week.from, language);
  return mark === 'whole' ? name : language.t(`trend.${mark}`, { week: name });
}

/** What a reader of the chart is told of one week; no percentile of a few merges. */
export function weekSentence(shown: ShownWeek, language: Language): string {
  const { t } = language;
  const { merged, timeToMerge } = shown.week;
  const week = weekName(shown, language);
  const { p50, p75 } = timeToMerge;
  if (p50 === null || p75 === null) {
    return t(shown.mark === 'unread' ? 'trend.nothingSoFar' : 'trend.nothing', { week });
  }
  const merges = t('count.merges', { count: merged });
  const median = duration(p50, language);
  if (merged === 1) return t('trend.single', { week, merges, duration: median });
  return shown.isSolid
    ? t('trend.many', { week, merges, median, percentile75: duration(p75, language) })
    : t('trend.few', { week, merges, median });
}

/** A week's median and percentiles for the table; where there is none, why. */
export function weekDurations({ week, mark, isSolid }: ShownWeek, language: Language): readonly string[] {
  const { t } = language;
  const { p50, p75, p95 } = week.timeToMerge;
  if (p50 === null) {
    const why = t(mark === 'unread' ? 'trend.notReadYet' : 'trend.noMedian');
    return [why, why, why];
  }
  return [p50, ...(isSolid ? [p75, p95] : [null, null])].map((value) =>
    value === null ? t('trend.fewerThan', { fewest: FEWEST_VALUES }) : duration(value, language),
  );
}

/** How to read the chart, of what is in it. */
export function trendLegend(weeks: readonly ShownWeek[], { t }: Language): string {
  const parts = [
    weeks.some(({ isSolid }) => isSolid) && t('trend.solidLegend'),
    weeks.some(({ week, isSolid }) => week.merged > 0 && !isSolid) &&
      t('trend.hollowLegend', { fewest: FEWEST_VALUES }),
    weeks.some(({ mark }) => mark === 'running' || mark === 'cut') && t('trend.partLegend'),
    weeks.some(({ mark }) => mark === 'unread') && t('trend.unreadLegend'),
  ];
  return parts.filter((part) => part !== false).join(' ');
}
