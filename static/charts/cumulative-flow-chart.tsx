/** The cumulative flow: a band for each phase, as high as pull requests were in it at the end of each day. */
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleLinear } from '@visx/scale';
import { Area } from '@visx/shape';
import { useId, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import {
  BANDS,
  countTicks,
  dayName,
  daySentence,
  edgesOf,
  type ShownDay,
} from '../view-model/cumulative-flow';
import { decimal } from '../view-model/format';
import { phaseFill, PhasePatterns } from './phase-patterns';
import { useWidth } from './use-width';
import './cumulative-flow-chart.css';

const MARGIN = { top: 24, right: 12, bottom: 28, left: 40 };
const HEIGHT = 220;

/** Room for a day's name on the axis, without and with its year. */
const NAME_WIDTH = 72;
const LONG_NAME_WIDTH = 104;

export function CumulativeFlowChart({
  days,
  onOpen,
}: {
  readonly days: readonly ShownDay[];
  readonly onOpen: (shown: ShownDay) => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const id = useId().replaceAll(':', '');
  const [container, width] = useWidth();
  const [active, setActive] = useState<number | null>(null);
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const ticks = countTicks(Math.max(0, ...days.map(({ open }) => open)));
  const y = scaleLinear({ domain: [0, ticks.at(-1) ?? 1], range: [HEIGHT, 0] });
  const step = inner / Math.max(1, days.length - 1);
  const x = (place: number): number => (days.length === 1 ? inner / 2 : place * step);
  // One day is as wide as the drawing.
  const points = days.length === 1 ? [...days, ...days] : days;
  const unread = days.filter(({ isRead }) => !isRead).length;
  const shown = active === null ? undefined : days[active];
  return (
    <div ref={container} className="chart">
      {width > 0 && (
        <svg
          width={width}
          height={MARGIN.top + HEIGHT + MARGIN.bottom}
          role="group"
          aria-label={t('cumulativeFlow.drawing')}
        >
          <PhasePatterns id={id} />
          <text y={12} className="axis-label">
            {t('cumulativeFlow.axis')}
          </text>
          <Group left={MARGIN.left} top={MARGIN.top}>
            <GridRows scale={y} width={inner} tickValues={[...ticks]} className="grid" />
            {BANDS.map((phase) => (
              <Area
                key={phase}
                data={[...points]}
                x={(_, place) => place * step}
                y0={(each) => y(edgesOf(each, phase)[0])}
                y1={(each) => y(edgesOf(each, phase)[1])}
                className="flow-band"
                fill={phaseFill(id, phase)}
              />
            ))}
            {/* What is not read is always the beginning, since the import goes backwards in time. */}
            {unread > 0 && (
              <rect width={Math.min(inner, unread * step)} height={HEIGHT} className="flow-unread" />
            )}
            <AxisLeft
              scale={y}
              tickValues={[...ticks]}
              tickFormat={(value) => decimal(Number(value), 0, language)}
              axisClassName="axis"
              hideAxisLine
              hideTicks
            />
            <Dates days={days} x={x} inner={inner} />
            {shown !== undefined && active !== null && (
              <line x1={x(active)} x2={x(active)} y2={HEIGHT} className="flow-cursor" />
            )}
            <DayButtons days={days} x={x} step={step} onActive={setActive} onOpen={onOpen} />
          </Group>
        </svg>
      )}
      <ul className="legend flow-legend">
        {BANDS.toReversed().map((phase) => (
          <li key={phase}>
            <svg className="swatch" width={12} height={12} aria-hidden="true">
              <rect width={12} height={12} fill={phaseFill(id, phase)} />
            </svg>
            {t(`phase.${phase}`)}
          </li>
        ))}
      </ul>
      <p className="readout">
        {shown === undefined ? t('cumulativeFlow.keys') : daySentence(shown, language)}
        {shown === undefined && unread > 0 && ` ${t('cumulativeFlow.unreadLegend')}`}
      </p>
    </div>
  );
}

function Dates({
  days,
  x,
  inner,
}: {
  readonly days: readonly ShownDay[];
  readonly x: (place: number) => number;
  readonly inner: number;
}): ReactElement {
  const language = useLanguage();
  const room = (days[0]?.daysApart ?? 1) === 1 ? NAME_WIDTH : LONG_NAME_WIDTH;
  const every = Math.max(1, Math.ceil((days.length * room) / Math.max(1, inner)));
  const named = days.flatMap((_, place) => (place % every === 0 ? [place] : []));
  return (
    <AxisBottom
      top={HEIGHT}
      scale={scaleLinear({ domain: [0, Math.max(1, days.length - 1)], range: [x(0), x(days.length - 1)] })}
      tickValues={named}
      tickFormat={(place) => {
        const shown = days[Number(place)];
        return shown === undefined ? '' : dayName({ ...shown, isRunning: false }, language);
      }}
      axisClassName="axis"
      hideTicks
    />
  );
}

/** One stop of the tabulator for all days: within it the arrow keys go from day to day, and Enter lists one. */
function DayButtons({
  days,
  x,
  step,
  onActive,
  onOpen,
}: {
  readonly days: readonly ShownDay[];
  readonly x: (place: number) => number;
  readonly step: number;
  readonly onActive: (place: number | null) => void;
  readonly onOpen: (shown: ShownDay) => void;
}): ReactElement {
  const language = useLanguage();
  const [reached, setReached] = useState(days.length - 1);
  const buttons = useRef<(SVGRectElement | null)[]>([]);
  const current = Math.min(reached, days.length - 1);
  const press = (event: KeyboardEvent, place: number): void => {
    const target = placeAfter(event.key, place, days.length);
    const shown = days[place];
    if (target === null && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (target !== null) buttons.current[target]?.focus();
    else if (shown !== undefined) onOpen(shown);
  };
  return (
    <>
      {days.map((shown, place) => {
        const left = Math.max(x(0), x(place) - step / 2);
        const right = Math.min(x(days.length - 1), x(place) + step / 2);
        return (
          <rect
            key={shown.flow.day}
            ref={(element) => {
              buttons.current[place] = element;
            }}
            x={days.length === 1 ? 0 : left}
            width={days.length === 1 ? step : right - left}
            height={HEIGHT}
            className="touch flow-day"
            tabIndex={place === current ? 0 : -1}
            role="button"
            aria-label={daySentence(shown, language)}
            onFocus={() => {
              setReached(place);
              onActive(place);
            }}
            onBlur={() => onActive(null)}
            onMouseEnter={() => onActive(place)}
            onMouseLeave={() => onActive(null)}
            onClick={() => onOpen(shown)}
            onKeyDown={(event) => press(event, place)}
          />
        );
      })}
    </>
  );
}

/** Where a key leads from a place among `length`; `null` where it leads nowhere. */
function placeAfter(key: string, place: number, length: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, place - 1);
    case 'ArrowRight':
      return Math.min(length - 1, place + 1);
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
