/** A few durations as points, each at the instant it ended: too few for a line. */
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleLinear } from '@visx/scale';
import type { ReactElement } from 'react';
import type { Window } from '../../src/metrics/figures';
import { useLanguage } from '../shared/language';
import { day, duration } from '../view-model/format';
import { durationTicks } from './ticks';
import { useWidth } from './use-width';

const MARGIN = { top: 12, right: 24, bottom: 28, left: 64 };
const HEIGHT = 180;

export interface TimedValue {
  readonly id: number;
  readonly at: number;
  readonly seconds: number;
}

/** The same values stand beside it as a list, which is what a screen reader gets. */
export function ValueDots({
  values,
  window,
}: {
  readonly values: readonly TimedValue[];
  readonly window: Window;
}): ReactElement {
  const language = useLanguage();
  const [container, width] = useWidth();
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const inside = HEIGHT - MARGIN.top - MARGIN.bottom;
  const ticks = durationTicks(Math.max(3_600, ...values.map(({ seconds }) => seconds)));
  const x = scaleLinear({ domain: [window.from, window.to], range: [0, inner] });
  const y = scaleLinear({ domain: [0, ticks.at(-1) ?? 0], range: [inside, 0] });
  const steps = Math.min(6, Math.max(1, Math.floor(inner / 90)));
  const dates = Array.from(
    { length: steps + 1 },
    (_, place) => window.from + ((window.to - window.from) * place) / steps,
  );
  return (
    <div ref={container} className="chart" aria-hidden="true">
      {width > 0 && (
        <svg width={width} height={HEIGHT}>
          <Group left={MARGIN.left} top={MARGIN.top}>
            <GridRows scale={y} width={inner} tickValues={ticks} className="grid" />
            {values.map(({ id, at, seconds }) => (
              <circle key={id} cx={x(at)} cy={y(seconds)} r={4} className="point" />
            ))}
            <AxisLeft
              scale={y}
              tickValues={ticks}
              tickFormat={(value) => duration(Number(value), language)}
              axisClassName="axis"
              hideAxisLine
              hideTicks
            />
            <AxisBottom
              top={inside}
              scale={x}
              tickValues={dates}
              tickFormat={(value) => day(Number(value), language)}
              axisClassName="axis"
              hideTicks
            />
          </Group>
        </svg>
      )}
    </div>
  );
}
