/** The merges of a repository by week, as small bars; the numbers are in its name. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { weeksSentence, type WeekBar } from '../view-model/workspace-cells';

const BAR_WIDTH = 6;
const GAP = 2;
const HEIGHT = 24;
/** A week without a merge is a line, one that is not read is nothing. */
const LOWEST = 1;

export function MergeBars({ bars }: { readonly bars: readonly WeekBar[] }): ReactElement | null {
  const language = useLanguage();
  if (bars.length === 0) return null;
  const most = Math.max(1, ...bars.map(({ merged }) => merged ?? 0));
  const sentence = weeksSentence(bars, language);
  const width = bars.length * (BAR_WIDTH + GAP) - GAP;
  return (
    <svg
      className="merge-bars"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={sentence}
    >
      <title>{sentence}</title>
      {bars.map(({ merged }, week) => {
        if (merged === null) return null;
        const height = Math.max(LOWEST, (merged / most) * HEIGHT);
        return (
          <rect
            key={week}
            x={week * (BAR_WIDTH + GAP)}
            y={HEIGHT - height}
            width={BAR_WIDTH}
            height={height}
          />
        );
      })}
    </svg>
  );
}
