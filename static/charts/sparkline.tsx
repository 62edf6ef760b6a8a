/** A small line by week, for the panel: shape only, the numbers stand beside it. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { jointsOf } from '../view-model/trend-weeks';
import type { ShownWeek } from '../view-model/weeks';

const WIDTH = 120;
const HEIGHT = 24;
const INSET = 3;

/** Weeks that no line may join are points; draws nothing for fewer than two weeks with a value. */
export function Sparkline({
  weeks,
  of,
  isFirm,
}: {
  readonly weeks: readonly ShownWeek[];
  readonly of: (week: ShownWeek) => number | null;
  /** Whether enough stands behind a week's value for a line. */
  readonly isFirm: (week: ShownWeek) => boolean;
}): ReactElement | null {
  const { t } = useLanguage();
  // What is not read is not 0.
  const values = weeks.map((week) => (week.mark === 'unread' ? null : of(week)));
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const top = Math.max(...known, 1);
  const x = (place: number): number => INSET + (place / Math.max(1, weeks.length - 1)) * (WIDTH - 2 * INSET);
  const y = (value: number | null): number => HEIGHT - INSET - ((value ?? 0) / top) * (HEIGHT - 2 * INSET);
  const joints = jointsOf(weeks, (week) => week.mark !== 'unread' && isFirm(week));
  const joined = new Set(joints.flatMap(({ from, to }) => [from, to]));
  return (
    <>
      <svg
        className="sparkline"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        aria-hidden="true"
        preserveAspectRatio="none"
      >
        {joints.map(({ from, to, isWhole }) => (
          <line
            key={from}
            x1={x(from)}
            y1={y(values[from] ?? null)}
            x2={x(to)}
            y2={y(values[to] ?? null)}
            className={isWhole ? 'spark-line' : 'spark-line spark-part'}
          />
        ))}
        {values.map((value, place) =>
          // A line of no length with round ends stays round however the drawing is stretched.
          value === null || joined.has(place) ? null : (
            <path key={place} d={`M${x(place)} ${y(value)}h0`} className="spark-point" />
          ),
        )}
      </svg>
      {joints.length === 0 && <span className="tile-meaning">{t('panel.fewForLine')}</span>}
    </>
  );
}
