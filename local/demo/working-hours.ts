/** Gives the demo its mornings, nights and weekends. */
import type { Chance } from './random';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const FROM_HOUR = 8;
const HOURS_A_DAY = 11;

/** The instant itself if it is within 8:00 to 19:00 on a weekday of the zone (hours east of UTC), else the same distance into the next such day. */
export function intoWorkingHours(at: number, zone: number): number {
  if (isWorkingHour(at, zone)) return at;
  const local = at + zone * HOUR;
  const midnight = Math.floor(local / DAY) * DAY;
  const offset = (local - midnight) / DAY;
  let day = local - midnight >= (FROM_HOUR + HOURS_A_DAY) * HOUR ? midnight + DAY : midnight;
  while (isWeekend(day)) day += DAY;
  return Math.floor(day + (FROM_HOUR + offset * HOURS_A_DAY) * HOUR - zone * HOUR);
}

/** Whether the zone's clock shows 8:00 to 19:00 on a weekday. */
export function isWorkingHour(at: number, zone: number): boolean {
  const local = at + zone * HOUR;
  const hour = (local - Math.floor(local / DAY) * DAY) / HOUR;
  return hour >= FROM_HOUR && hour < FROM_HOUR + HOURS_A_DAY && !isWeekend(local);
}

/**
 * A working hour of the zone between two instants, more often late than early where `lean` is above 1, as in a team
 * that grows. Redrawn rather than moved, so that Mondays do not get the weekend's share.
 */
export function someWorkingHour(
  chance: Chance,
  from: number,
  to: number,
  zone: number,
  lean: number,
): number {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const at = Math.floor(to - (to - from) * chance.unit() ** lean);
    if (isWorkingHour(at, zone)) return at;
  }
  // A span without a working hour, such as a weekend.
  return Math.floor(from + (to - from) * chance.unit());
}

function isWeekend(local: number): boolean {
  // 1970-01-01 was a Thursday.
  return [0, 6].includes((((Math.floor(local / DAY) + 4) % 7) + 7) % 7);
}
