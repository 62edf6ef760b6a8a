/** The weeks of a trend with what keeps each from being compared: too few merges, or only a part of the week. */
import type { WeekFigures } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { FEWEST_VALUES } from './fewest-values';
import { counted, day, duration } from './format';
import { coverageOf } from './window-coverage';

/** `running`: not over yet; `cut`: the window begins within it; `unread`: the import has not come to all of it. */
export type WeekMark = 'whole' | 'running' | 'cut' | 'unread';

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
    isSolid: week.merged >= FEWEST_VALUES,
  }));
}

function markOf(week: WeekFigures, windowFrom: number, readSince: number): WeekMark {
  if (Math.max(week.from, windowFrom) < readSince) return 'unread';
  if (!week.partial) return 'whole';
  return week.from < windowFrom ? 'cut' : 'running';
}

/** A piece of the line between neighbours; `isWhole` where both are whole weeks, else it is drawn as a guess. */
export interface Joint {
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
}

/** Places of the neighbours that a line may join: none across a week with too little to draw it from. */
export function jointsOf(
  weeks: readonly ShownWeek[],
  isFirm: (week: ShownWeek) => boolean = ({ isSolid }) => isSolid,
): readonly Joint[] {
  return weeks.slice(1).flatMap((week, place) => {
    const before = weeks[place];
    if (before === undefined || !isFirm(before) || !isFirm(week)) return [];
    return { from: place, to: place + 1, isWhole: before.mark === 'whole' && week.mark === 'whole' };
  });
}

const MARK_TEXTS: Readonly<Record<WeekMark, string>> = {
  whole: '',
  running: ' (so far)',
  cut: ' (in part)',
  unread: ' (not read whole)',
};

/** `Nov 16`, `Nov 16 (so far)`. */
export function weekName({ week, mark }: ShownWeek, locale: string): string {
  return `${day(week.from, locale)}${MARK_TEXTS[mark]}`;
}

/** What a reader of the chart is told of one week; no percentile of a few merges. */
export function weekSentence(shown: ShownWeek, locale: string): string {
  const { week, isSolid } = shown;
  const name = `Week of ${weekName(shown, locale)}`;
  const { p50, p75 } = week.timeToMerge;
  if (p50 === null || p75 === null)
    return `${name}: nothing merged${shown.mark === 'unread' ? ' so far' : ''}`;
  const merges = counted(week.merged, 'merge', locale);
  if (week.merged === 1) return `${name}: ${merges}, after ${duration(p50, locale)}`;
  const band = isSolid ? `, 75th percentile ${duration(p75, locale)}` : '';
  return `${name}: ${merges}, median ${duration(p50, locale)}${band}`;
}

/** A week's median and percentiles for the table; where there is none, why. */
export function weekDurations({ week, mark, isSolid }: ShownWeek, locale: string): readonly string[] {
  const { p50, p75, p95 } = week.timeToMerge;
  if (p50 === null) {
    const why = mark === 'unread' ? 'not read yet' : 'nothing merged';
    return [why, why, why];
  }
  return [p50, ...(isSolid ? [p75, p95] : [null, null])].map((value) =>
    value === null ? `fewer than ${FEWEST_VALUES}` : duration(value, locale),
  );
}

/** How to read the chart, of what is in it. */
export function trendLegend(weeks: readonly ShownWeek[]): string {
  const parts = [
    weeks.some(({ isSolid }) => isSolid) && 'Line: median. Band: up to the 75th percentile.',
    weeks.some(({ week, isSolid }) => week.merged > 0 && !isSolid) &&
      `Hollow points: weeks of fewer than ${FEWEST_VALUES} merges, which no line joins.`,
    weeks.some(({ mark }) => mark === 'running' || mark === 'cut') &&
      'Light and dashed: weeks of which the window holds a part.',
    weeks.some(({ mark }) => mark === 'unread') && 'Grey: weeks that are not read whole yet.',
  ];
  return parts.filter((part) => part !== false).join(' ');
}
