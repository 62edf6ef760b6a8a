/** Moves instants into working hours, so that the demo has mornings, nights and weekends. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const FROM_HOUR = 8;
const HOURS_A_DAY = 10;

/** The instant itself if it is within 8:00 to 18:00 on a weekday of the zone, else the same distance into the next such day. */
export function intoWorkingHours(at: number, zone: number): number {
  const local = at + zone * HOUR;
  const midnight = Math.floor(local / DAY) * DAY;
  const offset = (local - midnight) / DAY;
  const hour = (local - midnight) / HOUR;
  const isNight = hour < FROM_HOUR || hour >= FROM_HOUR + HOURS_A_DAY;
  let day = hour >= FROM_HOUR + HOURS_A_DAY ? midnight + DAY : midnight;
  const weekend = isWeekend(day);
  while (isWeekend(day)) day += DAY;
  if (!isNight && !weekend) return at;
  return day + (FROM_HOUR + offset * HOURS_A_DAY) * HOUR - zone * HOUR;
}

function isWeekend(day: number): boolean {
  // 1970-01-01 was a Thursday.
  return [0, 6].includes((Math.floor(day / DAY) + 4) % 7);
}
