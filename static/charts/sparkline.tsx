/** A small line of the weekly medians, for the panel: shape only, the numbers stand beside it. */
import type { ReactElement } from 'react';
import type { WeekFigures } from '../../src/metrics/figures';

const WIDTH = 120;
const HEIGHT = 24;
const INSET = 2;

/** Draws nothing for fewer than two weeks with a value. */
export function Sparkline({
  weeks,
  of,
}: {
  readonly weeks: readonly WeekFigures[];
  readonly of: (week: WeekFigures) => number | null;
}): ReactElement | null {
  const values = weeks.map(of);
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return null;
  const top = Math.max(...known, 1);
  const x = (place: number): number => INSET + (place / Math.max(1, weeks.length - 1)) * (WIDTH - 2 * INSET);
  const y = (value: number): number => HEIGHT - INSET - (value / top) * (HEIGHT - 2 * INSET);
  const points = values.flatMap((value, place) => (value === null ? [] : [`${x(place)},${y(value)}`]));
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      preserveAspectRatio="none"
    >
      <polyline points={points.join(' ')} className="spark-line" />
    </svg>
  );
}
