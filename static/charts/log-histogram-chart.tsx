/** A distribution of durations on a logarithmic axis, with its median, 75th and 95th percentile marked. */
import { AxisBottom } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleLinear, scaleLog } from '@visx/scale';
import { useState, type ReactElement } from 'react';
import type { Distribution, HistogramBar } from '../../src/metrics/figures';
import { useLanguage } from '../shared/language';
import { decimal, duration } from '../view-model/format';
import { barSentence, percentileMarks } from '../view-model/duration-distribution';
import { logTicks } from './log-ticks';
import { useWidth } from './use-width';
import './log-histogram-chart.css';

/** Room above the bars for three names, one below the other, so that close percentiles do not cover each other. */
const MARGIN = { top: 60, right: 12, bottom: 44, left: 12 };
const HEIGHT = 280;
const LINE_HEIGHT = 15;

/** What took no time stands apart: 0 has no place on the scale. */
const ZERO_WIDTH = 32;
const ZERO_GAP = 12;

/** A name of the axis takes about so many pixels. */
const TICK_WIDTH = 64;

/** About the width of a character of a mark's name, so that none stands out of the drawing. */
const CHARACTER_WIDTH = 6.5;

export function LogHistogramChart({
  bars,
  figure,
  drawing,
}: {
  readonly bars: readonly HistogramBar[];
  readonly figure: Distribution;
  /** What is drawn, for who cannot see it. */
  readonly drawing: string;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [container, width] = useWidth();
  const [active, setActive] = useState<HistogramBar | null>(null);
  const inside = HEIGHT - MARGIN.top - MARGIN.bottom;
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const zero = bars.find(({ from }) => from === 0);
  const onScale = bars.filter(({ from }) => from > 0);
  const begin = zero === undefined ? 0 : ZERO_WIDTH + ZERO_GAP;
  const from = onScale[0]?.from ?? 1;
  const to = onScale.at(-1)?.to ?? from;
  const x = scaleLog({ domain: [from, Math.max(to, from + 1)], range: [begin, Math.max(begin, inner)] });
  const y = scaleLinear({ domain: [0, Math.max(1, ...bars.map(({ count }) => count))], range: [0, inside] });
  const placeOf = (seconds: number): number => (seconds < from ? ZERO_WIDTH / 2 : x(seconds));
  const ticks = onScale.length === 0 ? [] : logTicks(from, to, TICK_WIDTH / Math.max(1, inner - begin));
  return (
    <div ref={container} className="chart">
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="group" aria-label={drawing}>
          <Group left={MARGIN.left} top={MARGIN.top}>
            {bars.map((bar) => {
              const left = bar.from === 0 ? 0 : x(bar.from);
              const right = bar.from === 0 ? ZERO_WIDTH : x(bar.to ?? to);
              return (
                <Bar
                  key={bar.from}
                  count={decimal(bar.count, 0, language)}
                  left={left}
                  width={Math.max(2, right - left - 2)}
                  height={y(bar.count)}
                  inside={inside}
                  sentence={barSentence(bar, figure.n, language)}
                  onActive={(isActive) => setActive(isActive ? bar : null)}
                />
              );
            })}
            {percentileMarks(figure, language).map(({ name, seconds, text }, line) => {
              const left = placeOf(seconds);
              const furthest = Math.max(0, inner - text.length * CHARACTER_WIDTH);
              const top = (line + 1) * LINE_HEIGHT - MARGIN.top;
              return (
                <g key={name} className={`percentile percentile-${name}`} aria-hidden="true">
                  <line x1={left} x2={left} y1={top - LINE_HEIGHT / 2} y2={inside} />
                  <text x={Math.min(left + 5, furthest)} y={top - 2} className="halo">
                    {text}
                  </text>
                </g>
              );
            })}
            {zero !== undefined && (
              <text x={ZERO_WIDTH / 2} y={inside + 17} textAnchor="middle" className="bar-value">
                0
              </text>
            )}
            <AxisBottom
              top={inside}
              scale={x}
              tickValues={[...ticks]}
              tickFormat={(value) => duration(Number(value), language)}
              label={t('pullRequestsTab.axis')}
              axisClassName="axis"
              labelClassName="axis-label"
            />
          </Group>
        </svg>
      )}
      <p className="readout">
        {active === null
          ? t('pullRequestsTab.distributionTotal', { count: figure.n })
          : barSentence(active, figure.n, language)}
      </p>
    </div>
  );
}

/** The bar with its number, and the place that takes pointer and focus: as high as the drawing, so that low bars do too. */
function Bar({
  count,
  left,
  width,
  height,
  inside,
  sentence,
  onActive,
}: {
  readonly count: string;
  readonly left: number;
  readonly width: number;
  readonly height: number;
  readonly inside: number;
  readonly sentence: string;
  readonly onActive: (isActive: boolean) => void;
}): ReactElement {
  return (
    <g>
      <rect x={left} y={inside - height} width={width} height={height} className="bar" />
      {height > 0 && (
        <text x={left + width / 2} y={inside - height - 4} textAnchor="middle" className="bar-value halo">
          {count}
        </text>
      )}
      <rect
        x={left}
        width={width}
        height={inside}
        className="touch"
        tabIndex={0}
        role="img"
        aria-label={sentence}
        onFocus={() => onActive(true)}
        onBlur={() => onActive(false)}
        onMouseEnter={() => onActive(true)}
        onMouseLeave={() => onActive(false)}
      />
    </g>
  );
}
