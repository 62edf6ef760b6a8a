/** The weeks of a trend of durations, whatever they are of, with what keeps each from being compared. */
import type { CalendarPeriod } from '../../src/metrics/calendar-periods';
import type { Distribution } from '../../src/metrics/figures';
import { FEWEST_VALUES } from './fewest-values';

/** `running`: not over yet; `cut`: the window begins within it; `unread`: the import has not come to all of it. */
export type WeekMark = 'whole' | 'running' | 'cut' | 'unread';

export interface TrendWeek {
  /** Monday 00:00 UTC. */
  readonly from: number;
  readonly mark: WeekMark;
  /** Enough values for a median that a line may pass through: a median of two says nothing of a trend. */
  readonly isSolid: boolean;
  readonly durations: Distribution;
  /** What the bars count, and how much of it failed. */
  readonly count: number;
  readonly failed: number;
}

/** Whether a week is whole; `readSince` as in `coverageOf`. */
export function markOf(
  week: Pick<CalendarPeriod, 'from' | 'partial'>,
  windowFrom: number,
  readSince: number,
): WeekMark {
  if (Math.max(week.from, windowFrom) < readSince) return 'unread';
  if (!week.partial) return 'whole';
  return week.from < windowFrom ? 'cut' : 'running';
}

export function isSolid({ n }: Distribution): boolean {
  return n >= FEWEST_VALUES;
}

/** A piece of the line between neighbours; `isWhole` where both are whole weeks, else it is drawn as a guess. */
export interface Joint {
  readonly from: number;
  readonly to: number;
  readonly isWhole: boolean;
}

interface Joinable {
  readonly mark: WeekMark;
  readonly isSolid: boolean;
}

/** Places of the neighbours that a line may join: none across a week with too little to draw it from. */
export function jointsOf<Week extends Joinable>(
  weeks: readonly Week[],
  isFirm: (week: Week) => boolean = ({ isSolid: isEnough }) => isEnough,
): readonly Joint[] {
  return weeks.slice(1).flatMap((week, place) => {
    const before = weeks[place];
    if (before === undefined || !isFirm(before) || !isFirm(week)) return [];
    return { from: place, to: place + 1, isWhole: before.mark === 'whole' && week.mark === 'whole' };
  });
}
