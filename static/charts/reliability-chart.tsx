/** A reliability diagram: what was forecast against what came of it, a point for each tenth of chance. */
import { AxisBottom, AxisLeft } from '@visx/axis';
import { GridColumns, GridRows } from '@visx/grid';
import { Group } from '@visx/group';
import { scaleLinear, scaleSqrt } from '@visx/scale';
import { useState, type ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { binSentence, type ShownBin } from '../view-model/calibration';
import { FEWEST_VALUES } from '../view-model/fewest-values';
import { decimal, share } from '../view-model/format';
import { useWidth } from './use-width';
import './reliability-chart.css';

const MARGIN = { top: 28, right: 24, bottom: 44, left: 52 };

/** Wider than this the diagram would not fit on a screen, as it is as high as it is wide. */
const LARGEST = 400;

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const FEW_TICKS = [0, 0.5, 1];

/** Pixels below which the axis has no room for every quarter's name. */
const NARROW = 240;

const RADII = [4, 14];

export function ReliabilityChart({
  bins,
  onOpen,
}: {
  readonly bins: readonly ShownBin[];
  readonly onOpen: (bin: ShownBin) => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [container, width] = useWidth();
  const [active, setActive] = useState<ShownBin | null>(null);
  const inner = Math.max(0, Math.min(LARGEST, width - MARGIN.left - MARGIN.right));
  const x = scaleLinear({ domain: [0, 1], range: [0, inner] });
  const y = scaleLinear({ domain: [0, 1], range: [inner, 0] });
  const radius = scaleSqrt({ domain: [0, Math.max(1, ...bins.map(({ n }) => n))], range: RADII });
  const named = inner < NARROW ? FEW_TICKS : TICKS;
  const percent = (value: { valueOf(): number }): string => share(value.valueOf(), language);
  return (
    <div ref={container} className="chart">
      {width > 0 && (
        <svg
          width={MARGIN.left + inner + MARGIN.right}
          height={MARGIN.top + inner + MARGIN.bottom}
          role="group"
          aria-label={t('calibration.drawing')}
        >
          <text y={12} className="axis-label">
            {t('calibration.axisShare')}
          </text>
          <Group left={MARGIN.left} top={MARGIN.top}>
            <GridRows scale={y} width={inner} tickValues={TICKS} className="grid" />
            <GridColumns scale={x} height={inner} tickValues={TICKS} className="grid" />
            <line x1={0} y1={inner} x2={inner} y2={0} className="diagonal" />
            <AxisLeft scale={y} tickValues={named} tickFormat={percent} axisClassName="axis" hideTicks />
            <AxisBottom
              top={inner}
              scale={x}
              tickValues={named}
              tickFormat={percent}
              label={t('calibration.axisChance')}
              axisClassName="axis"
              labelClassName="axis-label"
              hideTicks
            />
            {bins.map((bin) => (
              <Point
                key={bin.place}
                bin={bin}
                left={x(bin.meanChance)}
                top={y(bin.mergedShare)}
                radius={radius(bin.n)}
                onActive={setActive}
                onOpen={onOpen}
              />
            ))}
          </Group>
        </svg>
      )}
      <p className="readout">
        {active === null
          ? t('calibration.howToRead', { fewest: FEWEST_VALUES })
          : binSentence(active, language)}
      </p>
    </div>
  );
}

/** The point, with the number of its forecasts above it. */
function Point({
  bin,
  left,
  top,
  radius,
  onActive,
  onOpen,
}: {
  readonly bin: ShownBin;
  readonly left: number;
  readonly top: number;
  readonly radius: number;
  readonly onActive: (bin: ShownBin | null) => void;
  readonly onOpen: (bin: ShownBin) => void;
}): ReactElement {
  const language = useLanguage();
  return (
    <>
      <text x={left} y={top - radius - 4} textAnchor="middle" className="bar-value">
        {decimal(bin.n, 0, language)}
      </text>
      <circle
        cx={left}
        cy={top}
        r={radius}
        className={bin.isSolid ? 'point reliability-point' : 'point point-sparse reliability-point'}
        tabIndex={0}
        role="button"
        aria-label={binSentence(bin, language)}
        onFocus={() => onActive(bin)}
        onBlur={() => onActive(null)}
        onMouseEnter={() => onActive(bin)}
        onMouseLeave={() => onActive(null)}
        onClick={() => onOpen(bin)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== ' ') return;
          event.preventDefault();
          onOpen(bin);
        }}
      />
    </>
  );
}
