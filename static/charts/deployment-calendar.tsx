/** A square for each day, darker the more was deployed on it, with a dot where something failed; weeks from Monday. */
import { Group } from '@visx/group';
import type { ReactElement } from 'react';
import type { DeliveryDay } from '../../src/views/contract';
import { useViewer } from '../shared/viewer';
import { day } from '../view-model/format';
import './deployment-calendar.css';

const CELL = 14;
const GAP = 3;
const LEFT = 34;
const TOP = 18;
const WEEK_SECONDS = 7 * 86_400;

/** 1970-01-01 was a Thursday: the Monday before it is three days earlier. */
const MONDAY_OFFSET_SECONDS = 3 * 86_400;

const WEEKDAYS = ['Mon', '', 'Wed', '', 'Fri', '', ''];

export function DeploymentCalendar({ days }: { readonly days: readonly DeliveryDay[] }): ReactElement {
  const { locale } = useViewer();
  const first = days[0] === undefined ? 0 : weekOf(days[0]);
  const weeks = days.reduce((most, each) => Math.max(most, weekOf(each) - first + 1), 1);
  const most = days.reduce((top, { deployments }) => Math.max(top, deployments), 1);
  const width = LEFT + weeks * (CELL + GAP);
  const height = TOP + 7 * (CELL + GAP);
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Calendar of deployments">
      <svg width={width} height={height} role="img" aria-label={summary(days)}>
        {WEEKDAYS.map((name, weekday) => (
          <text key={weekday} className="axis-label" x={0} y={TOP + weekday * (CELL + GAP) + CELL - 3}>
            {name}
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
                  {monthName(each, locale)}
                </text>
              )}
              <rect className={`day day-${level(each.deployments, most)}`} width={CELL} height={CELL} rx={2}>
                <title>{titleOf(each, locale)}</title>
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

function monthName({ from }: DeliveryDay, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'short', timeZone: 'UTC' }).format(from * 1000);
}

function titleOf({ from, deployments, failures }: DeliveryDay, locale: string): string {
  return `${day(from, locale)}: ${deployments} deployments, ${failures} failed`;
}

function summary(days: readonly DeliveryDay[]): string {
  const active = days.filter(({ deployments }) => deployments > 0).length;
  return `Deployments on ${active} of ${days.length} days; the same as a table is one press away.`;
}
