/** A square for each day, darker the more was deployed on it, with a dot where something failed; weeks from Monday. */
import { Group } from '@visx/group';
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { DeliveryDay } from '../../src/views/reports/delivery-report';
import { useLanguage, type Language } from '../shared/language';
import { day } from '../view-model/format';
import './deployment-calendar.css';

const CELL = 14;
const GAP = 3;
const LEFT = 34;
const TOP = 18;
const WEEK_SECONDS = 7 * 86_400;

/** 1970-01-01 was a Thursday: the Monday before it is three days earlier. */
const MONDAY_OFFSET_SECONDS = 3 * 86_400;

/** Every other day has room for its name. */
const NAMED_WEEKDAYS = [0, 2, 4];

/** Days that an arrow key moves by: down a weekday, right a week. */
const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 };

/** One stop for the keyboard: the arrow keys go from day to day. */
export function DeploymentCalendar({ days }: { readonly days: readonly DeliveryDay[] }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [stop, setStop] = useState(days.length - 1);
  const [active, setActive] = useState<number | null>(null);
  const cells = useRef(new Map<number, SVGRectElement>());
  const first = days[0] === undefined ? 0 : weekOf(days[0]);
  const weeks = days.reduce((most, each) => Math.max(most, weekOf(each) - first + 1), 1);
  const most = days.reduce((top, { deployments }) => Math.max(top, deployments), 1);
  const width = LEFT + weeks * (CELL + GAP);
  const height = TOP + 7 * (CELL + GAP);
  const shown = active === null ? undefined : days[active];

  const move = (event: KeyboardEvent, place: number): void => {
    const step = STEPS[event.key];
    const next = step === undefined ? -1 : place + step;
    if (days[next] === undefined) return;
    event.preventDefault();
    setStop(next);
    cells.current.get(next)?.focus();
  };
  return (
    <>
      <div className="scroll" role="region" aria-label={t('delivery.calendarRegion')}>
        <svg width={width} height={height} role="group" aria-label={summary(days, language)}>
          {NAMED_WEEKDAYS.map((weekday) => (
            <text key={weekday} className="axis-label" x={0} y={TOP + weekday * (CELL + GAP) + CELL - 3}>
              {weekdayName(weekday, language)}
            </text>
          ))}
          {days.map((each, place) => {
            const week = weekOf(each) - first;
            const weekday = weekdayOf(each);
            const isFirstOfMonth = new Date(each.from * 1000).getUTCDate() === 1;
            return (
              <Group key={each.from} left={LEFT + week * (CELL + GAP)} top={TOP + weekday * (CELL + GAP)}>
                {isFirstOfMonth && (
                  <text className="axis-label" y={-TOP + 10 - weekday * (CELL + GAP)}>
                    {monthName(each, language)}
                  </text>
                )}
                <rect
                  ref={(cell) => {
                    if (cell !== null) cells.current.set(place, cell);
                  }}
                  className={`day day-${level(each.deployments, most)}`}
                  width={CELL}
                  height={CELL}
                  rx={2}
                  tabIndex={place === stop ? 0 : -1}
                  role="img"
                  aria-label={titleOf(each, language)}
                  onKeyDown={(event) => move(event, place)}
                  onFocus={() => setActive(place)}
                  onBlur={() => setActive(null)}
                  onMouseEnter={() => setActive(place)}
                  onMouseLeave={() => setActive(null)}
                />
                {each.failures > 0 && <circle className="failure" cx={CELL / 2} cy={CELL / 2} r={3} />}
              </Group>
            );
          })}
        </svg>
      </div>
      <p className="readout">{shown ? titleOf(shown, language) : t('delivery.calendarHint')}</p>
    </>
  );
}

/** 0 to 3, by thirds of the busiest day. */
function level(deployments: number, most: number): number {
  return deployments === 0 ? 0 : Math.ceil((deployments / most) * 3);
}

function weekOf({ from }: DeliveryDay): number {
  return Math.floor((from + MONDAY_OFFSET_SECONDS) / WEEK_SECONDS);
}

function weekdayOf({ from }: DeliveryDay): number {
  return Math.floor(((from + MONDAY_OFFSET_SECONDS) % WEEK_SECONDS) / 86_400);
}

/** 0 is Monday. */
function weekdayName(weekday: number, { locale }: Language): string {
  const at = weekday * 86_400 - MONDAY_OFFSET_SECONDS;
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(at * 1000);
}

function monthName({ from }: DeliveryDay, { locale }: Language): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(from * 1000);
}

function titleOf({ from, deployments, failures }: DeliveryDay, language: Language): string {
  return language.t('delivery.calendarDay', { day: day(from, language), count: deployments, failures });
}

function summary(days: readonly DeliveryDay[], { t }: Language): string {
  const active = days.filter(({ deployments }) => deployments > 0).length;
  return t('delivery.calendarDrawing', { active, days: days.length });
}
