/** The distribution of time to merge: one bar for each span that people have words for. */
import { AxisBottom } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleBand, scaleLinear } from '@visx/scale';
import { useState, type ReactElement } from 'react';
import type { HistogramBar } from '../../src/metrics/figures';
import { useLanguage, type Language } from '../shared/language';
import { decimal, duration, share } from '../view-model/format';
import { useWidth } from './use-width';

const MARGIN = { top: 20, right: 4, bottom: 44, left: 4 };
const HEIGHT = 200;

/** Pixels below which the axis has no room for its whole name. */
const NARROW = 400;

/** `under 15 min`, `15 min to 1 h`, `over 90 days`. */
export function barName({ from, to }: HistogramBar, language: Language): string {
  const { t } = language;
  if (to === null) return t('distribution.over', { from: duration(from, language) });
  return from === 0
    ? t('distribution.under', { to: duration(to, language) })
    : t('distribution.between', { from: duration(from, language), to: duration(to, language) });
}

export function MergeTimeChart({ bars }: { readonly bars: readonly HistogramBar[] }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [container, width] = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const inside = HEIGHT - MARGIN.top - MARGIN.bottom;
  const x = scaleBand({ domain: bars.map(({ from }) => from), range: [0, inner], padding: 0.15 });
  const y = scaleLinear({ domain: [0, Math.max(1, ...bars.map(({ count }) => count))], range: [0, inside] });
  const sentence = (bar: HistogramBar): string =>
    t('distribution.bar', {
      span: barName(bar, language),
      count: bar.count,
      share: share(total === 0 ? 0 : bar.count / total, language),
    });
  const shown = active === null ? undefined : bars[active];
  const every = Math.max(1, Math.ceil((bars.length * 64) / Math.max(1, inner)));

  return (
    <div ref={container} className="chart">
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="group" aria-label={t('distribution.drawing')}>
          <Group left={MARGIN.left} top={MARGIN.top}>
            {bars.map((bar, place) => {
              const left = x(bar.from) ?? 0;
              return (
                <g key={bar.from}>
                  <rect
                    x={left}
                    y={inside - y(bar.count)}
                    width={x.bandwidth()}
                    height={y(bar.count)}
                    className="bar"
                  />
                  {bar.count > 0 && (
                    <text
                      x={left + x.bandwidth() / 2}
                      y={inside - y(bar.count) - 5}
                      textAnchor="middle"
                      className="bar-value"
                    >
                      {decimal(bar.count, 0, language)}
                    </text>
                  )}
                  <rect
                    x={left}
                    width={x.bandwidth()}
                    height={inside}
                    className="touch"
                    tabIndex={0}
                    role="img"
                    aria-label={sentence(bar)}
                    onFocus={() => setActive(place)}
                    onBlur={() => setActive(null)}
                    onMouseEnter={() => setActive(place)}
                    onMouseLeave={() => setActive(null)}
                  />
                </g>
              );
            })}
            <AxisBottom
              top={inside}
              scale={x}
              tickValues={bars.filter((_, place) => place % every === 0).map(({ from }) => from)}
              tickFormat={(value) => (value === 0 ? '0' : duration(value, language))}
              label={t(inner < NARROW ? 'distribution.shortAxis' : 'distribution.axis')}
              axisClassName="axis"
              labelClassName="axis-label"
              hideTicks
            />
          </Group>
        </svg>
      )}
      <p className="readout">{shown ? sentence(shown) : t('distribution.total', { count: total })}</p>
    </div>
  );
}
