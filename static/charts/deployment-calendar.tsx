/** A square for each day, darker the more was deployed on it, with a dot where something failed; weeks from Monday. */
import { Group } from '@visx/group';
import type { ReactElement } from 'react';
import type { DeliveryDay } from '../../src/views/contract';
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

export function DeploymentCalendar({ days }: { readonly days: readonly DeliveryDay[] }): ReactElement {
  const language = useLanguage();
  const first = days[0] === undefined ? 0 : weekOf(days[0]);
  const weeks = days.reduce((most, each) => Math.max(most, weekOf(each) - first + 1), 1);
  const most = days.reduce((top, { deployments }) => Math.max(top, deployments), 1);
  const width = LEFT + weeks * (CELL + GAP);
  const height = TOP + 7 * (CELL + GAP);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={language.t('delivery.calendarRegion')}>
      <svg width={width} height={height} role="img" aria-label={summary(days, language)}>
        {NAMED_WEEKDAYS.map((weekday) => (
          <text key={weekday} className="axis-label" x={0} y={TOP + weekday * (CELL + GAP) + CELL - 3}>
            {weekdayName(weekday, language)}
          </text>
        ))}
        {days.map((each) => {
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
              <rect className={`day day-${level(each.deployments, most)}`} width={CELL} height={CELL} rx={2}>
                <title>{titleOf(each, language)}</title>
              </rect>
              {each.failures > 0 && <circle className="failure" cx={CELL / 2} cy={CELL / 2} r={3} />}
            </Group>
          );
        })}
      </svg>
    </div>
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
