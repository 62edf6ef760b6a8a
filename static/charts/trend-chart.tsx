/** The weekly trend: median time to merge as a line, the 75th percentile as a band above it, merges as bars below. */
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Area, LinePath } from '@visx/shape';
import { useState, type ReactElement } from 'react';
import type { WeekFigures } from '../../src/metrics/figures';
import { useViewer } from '../shared/viewer';
import { day, duration } from '../view-model/format';
import { durationTicks } from './ticks';
import { useWidth } from './use-width';

const MARGIN = { top: 12, right: 8, bottom: 28, left: 64 };
const LINE_HEIGHT = 180;
const BAR_HEIGHT = 56;
const GAP = 24;

/** Weeks with fewer merges are points, not part of the line: a median of two says nothing of a trend. */
const FEWEST_MERGES = 5;

export function TrendChart({ weeks }: { readonly weeks: readonly WeekFigures[] }): ReactElement {
  const { locale } = useViewer();
  const [container, width] = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const height = MARGIN.top + LINE_HEIGHT + GAP + BAR_HEIGHT + MARGIN.bottom;

  const solid = weeks.filter(isSolid);
  const sparse = weeks.filter((week) => week.merged > 0 && week.merged < FEWEST_MERGES);
  const highest = Math.max(
    3_600,
    ...solid.map((week) => week.timeToMerge.p75 ?? 0),
    ...sparse.map((week) => week.timeToMerge.p50 ?? 0),
  );
  const ticks = durationTicks(highest);
  const x = scaleBand({ domain: weeks.map((week) => week.from), range: [0, inner], padding: 0.25 });
  const y = scaleLinear({ domain: [0, Math.max(highest, ticks.at(-1) ?? 0)], range: [LINE_HEIGHT, 0] });
  const bars = scaleLinear({
    domain: [0, Math.max(1, ...weeks.map((week) => week.merged))],
    range: [0, BAR_HEIGHT],
  });
  const middle = (week: WeekFigures): number => (x(week.from) ?? 0) + x.bandwidth() / 2;
  const every = Math.max(1, Math.ceil(weeks.length / Math.max(2, Math.floor(inner / 80))));
  const shown = active === null ? undefined : weeks[active];

  return (
    <div ref={container} className="chart">
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="group"
          aria-label="Median time to merge and number of merges by week"
        >
          <Group left={MARGIN.left} top={MARGIN.top}>
            <GridRows scale={y} width={inner} tickValues={ticks} className="grid" />
            <Area
              data={[...weeks]}
              defined={isSolid}
              x={middle}
              y0={(week) => y(week.timeToMerge.p50 ?? 0)}
              y1={(week) => y(week.timeToMerge.p75 ?? 0)}
              className="band"
            />
            <LinePath
              data={[...weeks]}
              defined={isSolid}
              x={middle}
              y={(week) => y(week.timeToMerge.p50 ?? 0)}
              className="line"
            />
            {[...solid, ...sparse].map((week) => (
              <circle
                key={week.from}
                cx={middle(week)}
                cy={y(week.timeToMerge.p50 ?? 0)}
                r={3}
                className={week.merged < FEWEST_MERGES ? 'point point-sparse' : 'point'}
              />
            ))}
            <AxisLeft
              scale={y}
              tickValues={ticks}
              tickFormat={(value) => duration(Number(value), locale)}
              axisClassName="axis"
              hideAxisLine
              hideTicks
            />
          </Group>
          <Group left={MARGIN.left} top={MARGIN.top + LINE_HEIGHT + GAP}>
            <text x={-8} y={BAR_HEIGHT - 4} textAnchor="end" className="axis-label">
              merges
            </text>
            {weeks.map((week) => (
              <rect
                key={week.from}
                x={x(week.from)}
                y={BAR_HEIGHT - bars(week.merged)}
                width={x.bandwidth()}
                height={bars(week.merged)}
                className="bar bar-quiet"
              />
            ))}
            <AxisBottom
              top={BAR_HEIGHT}
              scale={x}
              tickValues={weeks.filter((_, place) => place % every === 0).map((week) => week.from)}
              tickFormat={(value) => day(value, locale)}
              axisClassName="axis"
              hideTicks
            />
          </Group>
          <Group left={MARGIN.left} top={MARGIN.top}>
            {weeks.map((week, place) => (
              <rect
                key={week.from}
                x={x(week.from)}
                width={x.bandwidth()}
                height={LINE_HEIGHT + GAP + BAR_HEIGHT}
                className="touch"
                tabIndex={0}
                role="img"
                aria-label={weekSentence(week, locale)}
                onFocus={() => setActive(place)}
                onBlur={() => setActive(null)}
                onMouseEnter={() => setActive(place)}
                onMouseLeave={() => setActive(null)}
              />
            ))}
          </Group>
        </svg>
      )}
      <p className="readout">
        {shown
          ? weekSentence(shown, locale)
          : 'Line: median. Band: up to the 75th percentile. Hollow points: weeks of fewer than 5 merges.'}
      </p>
    </div>
  );
}

/** The line is interrupted where there is too little to draw it from. */
function isSolid(week: WeekFigures): boolean {
  return week.merged >= FEWEST_MERGES;
}

function weekSentence(week: WeekFigures, locale: string): string {
  const name = `Week of ${day(week.from, locale)}`;
  const { p50, p75 } = week.timeToMerge;
  if (p50 === null || p75 === null) return `${name}: nothing merged`;
  const merges = `${week.merged} ${week.merged === 1 ? 'merge' : 'merges'}`;
  return `${name}: ${merges}, median ${duration(p50, locale)}, 75th percentile ${duration(p75, locale)}`;
}
