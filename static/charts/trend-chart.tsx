/** The weekly trend: median time to merge as a line, the 75th percentile as a band above it, merges as bars below. */
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Area } from '@visx/shape';
import { useState, type ReactElement } from 'react';
import { useViewer } from '../shared/viewer';
import { day, duration } from '../view-model/format';
import { jointsOf, trendLegend, weekSentence, type ShownWeek } from '../view-model/weeks';
import { durationTicks } from './ticks';
import { useWidth } from './use-width';

const MARGIN = { top: 12, right: 8, bottom: 28, left: 64 };
const LINE_HEIGHT = 180;
const BAR_HEIGHT = 56;
const GAP = 24;

export function TrendChart({ weeks }: { readonly weeks: readonly ShownWeek[] }): ReactElement {
  const { locale } = useViewer();
  const [container, width] = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const height = MARGIN.top + LINE_HEIGHT + GAP + BAR_HEIGHT + MARGIN.bottom;

  const withMerges = weeks.filter(({ week }) => week.merged > 0);
  const highest = Math.max(
    3_600,
    ...withMerges.map(({ week, isSolid }) => (isSolid ? week.timeToMerge.p75 : week.timeToMerge.p50) ?? 0),
  );
  const ticks = durationTicks(highest);
  const x = scaleBand({ domain: weeks.map(({ week }) => week.from), range: [0, inner], padding: 0.25 });
  const y = scaleLinear({ domain: [0, Math.max(highest, ticks.at(-1) ?? 0)], range: [LINE_HEIGHT, 0] });
  const bars = scaleLinear({
    domain: [0, Math.max(1, ...weeks.map(({ week }) => week.merged))],
    range: [0, BAR_HEIGHT],
  });
  const middle = ({ week }: ShownWeek): number => (x(week.from) ?? 0) + x.bandwidth() / 2;
  const median = ({ week }: ShownWeek): number => y(week.timeToMerge.p50 ?? 0);
  const every = Math.max(1, Math.ceil(weeks.length / Math.max(2, Math.floor(inner / 80))));
  const shown = active === null ? undefined : weeks[active];
  const unread = weeks.filter(({ mark }) => mark === 'unread').length * x.step();

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
            {/* What is not read is always the beginning, since the import goes backwards in time. */}
            {unread > 0 && (
              <rect
                width={Math.min(inner, unread)}
                height={LINE_HEIGHT + GAP + BAR_HEIGHT}
                className="unread"
              />
            )}
            <GridRows scale={y} width={inner} tickValues={ticks} className="grid" />
            <Area
              data={[...weeks]}
              defined={({ isSolid }) => isSolid}
              x={middle}
              y0={median}
              y1={({ week }) => y(week.timeToMerge.p75 ?? 0)}
              className="band"
            />
            <Joints weeks={weeks} x={middle} y={median} />
            {withMerges.map((week) => (
              <circle
                key={week.week.from}
                cx={middle(week)}
                cy={median(week)}
                r={week.mark === 'whole' ? 3 : 4}
                className={pointClass(week)}
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
            {weeks.map(({ week, mark }) => (
              <rect
                key={week.from}
                x={x(week.from)}
                y={BAR_HEIGHT - bars(week.merged)}
                width={x.bandwidth()}
                height={bars(week.merged)}
                className={mark === 'whole' ? 'bar bar-quiet' : 'bar bar-part'}
              />
            ))}
            <AxisBottom
              top={BAR_HEIGHT}
              scale={x}
              tickValues={weeks.filter((_, place) => place % every === 0).map(({ week }) => week.from)}
              tickFormat={(value) => day(value, locale)}
              axisClassName="axis"
              hideTicks
            />
          </Group>
          <Group left={MARGIN.left} top={MARGIN.top}>
            {weeks.map((week, place) => (
              <rect
                key={week.week.from}
                x={x(week.week.from)}
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
      <p className="readout">{shown ? weekSentence(shown, locale) : trendLegend(weeks)}</p>
    </div>
  );
}

/** The line in pieces: interrupted where there is too little to draw it from, dashed where a week is not whole. */
function Joints({
  weeks,
  x,
  y,
}: {
  readonly weeks: readonly ShownWeek[];
  readonly x: (week: ShownWeek) => number;
  readonly y: (week: ShownWeek) => number;
}): ReactElement {
  return (
    <>
      {jointsOf(weeks).map(({ from, to, isWhole }) => {
        const [left, right] = [weeks[from], weeks[to]];
        return left === undefined || right === undefined ? null : (
          <line
            key={from}
            x1={x(left)}
            y1={y(left)}
            x2={x(right)}
            y2={y(right)}
            className={isWhole ? 'line' : 'line line-part'}
          />
        );
      })}
    </>
  );
}

function pointClass({ isSolid, mark }: ShownWeek): string {
  return `point${isSolid ? '' : ' point-sparse'}${mark === 'whole' ? '' : ' point-part'}`;
}
