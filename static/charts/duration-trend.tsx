/** Durations by week: the median as a line, the 75th and 95th percentile as bands above it, how many as bars below. */
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear, scaleSqrt } from '@visx/scale';
import { Area } from '@visx/shape';
import { useState, type ReactElement } from 'react';
import type { Distribution } from '../../src/metrics/figures';
import { useLanguage } from '../shared/language';
import { day, duration } from '../view-model/format';
import { jointsOf, type TrendWeek } from '../view-model/trend-weeks';
import { compressedTicks } from './ticks';
import { useWidth } from './use-width';

const MARGIN = { top: 16, right: 8, bottom: 28, left: 64 };
const LINE_HEIGHT = 200;
const BAR_HEIGHT = 56;
const GAP = 24;
const SECONDS_A_WEEK = 7 * 86_400;

/** Pixels of the bands of a week that stands alone. */
const ALONE_WIDTH = 8;

/** A dated mark on the chart: a line with a number, whose text stands in the list below. */
export interface TrendMark {
  readonly at: number;
  readonly number: number;
  readonly text: string;
}

interface DurationTrendProps {
  readonly weeks: readonly TrendWeek[];
  /** What the drawing shows, for those who hear it. */
  readonly label: string;
  /** What the bars count. */
  readonly barsLabel: string;
  /** What a reader is told of one week. */
  readonly sentenceOf: (week: TrendWeek) => string;
  /** How to read the chart. */
  readonly legend: string;
  readonly marks?: readonly TrendMark[];
}

export function DurationTrend(props: DurationTrendProps): ReactElement {
  const { weeks, label, barsLabel, sentenceOf, legend, marks = [] } = props;
  const language = useLanguage();
  const [container, width] = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const [activeMark, setActiveMark] = useState<TrendMark | null>(null);
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const height = MARGIN.top + LINE_HEIGHT + GAP + BAR_HEIGHT + MARGIN.bottom;

  const valued = weeks.filter(({ durations }) => durations.n > 0);
  const highest = Math.max(60, ...valued.map((week) => topOf(week) ?? 0));
  const x = scaleBand({ domain: weeks.map(({ from }) => from), range: [0, inner], padding: 0.25 });
  // The 95th percentile is often ten times the median: a square root keeps both to be seen.
  const y = scaleSqrt({ domain: [0, highest], range: [LINE_HEIGHT, 0] });
  const ticks = compressedTicks(highest);
  const bars = scaleLinear({
    domain: [0, Math.max(1, ...weeks.map(({ count }) => count))],
    range: [0, BAR_HEIGHT],
  });
  const middle = ({ from }: TrendWeek): number => (x(from) ?? 0) + x.bandwidth() / 2;
  const at = (percentile: 'p50' | 'p75' | 'p95') => (week: TrendWeek) => y(week.durations[percentile] ?? 0);
  const every = Math.max(1, Math.ceil(weeks.length / Math.max(2, Math.floor(inner / 80))));
  const shown = active === null ? undefined : weeks[active];
  const unread = weeks.filter(({ mark }) => mark === 'unread').length * x.step();

  return (
    <div ref={container} className="chart">
      {width > 0 && (
        <svg width={width} height={height} role="group" aria-label={label}>
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
            {(['p95', 'p75'] as const).map((percentile) => (
              <Area
                key={percentile}
                data={[...weeks]}
                defined={({ isSolid }) => isSolid}
                x={middle}
                y0={at('p50')}
                y1={at(percentile)}
                className={`band band-${percentile}`}
              />
            ))}
            {/* An area has no width where a week stands alone: its bands are drawn as a bar. */}
            {alone(weeks).flatMap((week) =>
              (['p95', 'p75'] as const).map((percentile) => (
                <rect
                  key={`${week.from}-${percentile}`}
                  x={middle(week) - ALONE_WIDTH / 2}
                  y={at(percentile)(week)}
                  width={ALONE_WIDTH}
                  height={Math.max(0, at('p50')(week) - at(percentile)(week))}
                  className={`band band-${percentile}`}
                />
              )),
            )}
            <Joints weeks={weeks} x={middle} y={at('p50')} />
            {valued.map((week) => (
              <circle
                key={week.from}
                cx={middle(week)}
                cy={at('p50')(week)}
                r={week.mark === 'whole' ? 3 : 4}
                className={pointClass(week)}
              />
            ))}
            <AxisLeft
              scale={y}
              tickValues={ticks}
              tickFormat={(value) => duration(Number(value), language)}
              axisClassName="axis"
              hideAxisLine
              hideTicks
            />
          </Group>
          <Group left={MARGIN.left} top={MARGIN.top + LINE_HEIGHT + GAP}>
            <text x={-8} y={BAR_HEIGHT - 4} textAnchor="end" className="axis-label">
              {barsLabel}
            </text>
            {weeks.map(({ from, count, failed, mark }) => (
              <g key={from}>
                <rect
                  x={x(from)}
                  y={BAR_HEIGHT - bars(count)}
                  width={x.bandwidth()}
                  height={bars(count)}
                  className={mark === 'whole' ? 'bar bar-quiet' : 'bar bar-part'}
                />
                {failed > 0 && (
                  <rect
                    x={x(from)}
                    y={BAR_HEIGHT - bars(failed)}
                    width={x.bandwidth()}
                    height={bars(failed)}
                    className="bar bar-failed"
                  />
                )}
              </g>
            ))}
            <AxisBottom
              top={BAR_HEIGHT}
              scale={x}
              tickValues={weeks.filter((_, place) => place % every === 0).map(({ from }) => from)}
              tickFormat={(value) => day(value, language)}
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
                aria-label={sentenceOf(week)}
                onFocus={() => setActive(place)}
                onBlur={() => setActive(null)}
                onMouseEnter={() => setActive(place)}
                onMouseLeave={() => setActive(null)}
              />
            ))}
            <Marks
              marks={marks}
              weeks={weeks}
              left={(from) => x(from) ?? 0}
              step={x.step()}
              onActive={setActiveMark}
            />
          </Group>
        </svg>
      )}
      <p className="readout">{activeMark?.text ?? (shown ? sentenceOf(shown) : legend)}</p>
    </div>
  );
}

/** Weeks of enough values between weeks of too few. */
function alone(weeks: readonly TrendWeek[]): readonly TrendWeek[] {
  return weeks.filter(
    ({ isSolid }, place) =>
      isSolid && weeks[place - 1]?.isSolid !== true && weeks[place + 1]?.isSolid !== true,
  );
}

/** The highest value that is drawn of a week: percentiles only where enough stands behind them. */
function topOf({ durations, isSolid }: TrendWeek): Distribution['p50'] {
  return isSolid ? durations.p95 : durations.p50;
}

/** The line in pieces: interrupted where there is too little to draw it from, dashed where a week is not whole. */
function Joints({
  weeks,
  x,
  y,
}: {
  readonly weeks: readonly TrendWeek[];
  readonly x: (week: TrendWeek) => number;
  readonly y: (week: TrendWeek) => number;
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

/** Only those that lie in a week of the chart; the text of one that is pointed at or focused is read out below. */
function Marks({
  marks,
  weeks,
  left,
  step,
  onActive,
}: {
  readonly marks: readonly TrendMark[];
  readonly weeks: readonly TrendWeek[];
  readonly left: (from: number) => number;
  readonly step: number;
  readonly onActive: (mark: TrendMark | null) => void;
}): ReactElement {
  return (
    <>
      {marks.map((mark) => {
        const { at, number, text } = mark;
        const week = weeks.find(({ from }) => from <= at && at < from + SECONDS_A_WEEK);
        if (week === undefined) return null;
        const x = left(week.from) + ((at - week.from) / SECONDS_A_WEEK) * step;
        return (
          <g
            key={number}
            className="trend-mark"
            tabIndex={0}
            role="img"
            aria-label={text}
            onFocus={() => onActive(mark)}
            onBlur={() => onActive(null)}
            onMouseEnter={() => onActive(mark)}
            onMouseLeave={() => onActive(null)}
          >
            {/* The line must not take the pointer from the week under it. */}
            <line x1={x} x2={x} y1={0} y2={LINE_HEIGHT + GAP + BAR_HEIGHT} pointerEvents="none" />
            <circle cx={x} cy={-4} r={9} />
            <text x={x} y={0} textAnchor="middle">
              {number}
            </text>
          </g>
        );
      })}
    </>
  );
}

function pointClass({ isSolid, mark }: TrendWeek): string {
  return `point${isSolid ? '' : ' point-sparse'}${mark === 'whole' ? '' : ' point-part'}`;
}
