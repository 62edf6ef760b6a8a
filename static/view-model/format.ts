/** Writes numbers, durations and instants as people read them. */
import type { Distribution, Figure } from '../../src/metrics/figures';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The sign for a value that is not there. */
export const NO_VALUE = '–';

/** `45 s`, `25 min`, `2 h 10 min`, `3.4 days`. */
export function duration(seconds: number, locale: string): string {
  const sign = seconds < 0 ? '−' : '';
  const whole = Math.abs(Math.round(seconds));
  if (whole < MINUTE) return `${sign}${whole} s`;
  if (whole < HOUR) return `${sign}${Math.round(whole / MINUTE)} min`;
  if (whole < DAY) {
    const minutes = Math.round(whole / MINUTE);
    const rest = minutes % 60;
    return `${sign}${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
  }
  const days = decimal(whole / DAY, 1, locale);
  return `${sign}${days} ${days === '1' ? 'day' : 'days'}`;
}

/** The whole value: `3 d 9 h 28 min 5 s`, for those who ask. */
export function exactDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / DAY), 'd'],
    [Math.floor((whole % DAY) / HOUR), 'h'],
    [Math.floor((whole % HOUR) / MINUTE), 'min'],
    [whole % MINUTE, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count !== 0).map(([count, unit]) => `${count} ${unit}`);
  return shown.length === 0 ? '0 s' : shown.join(' ');
}

/** At most this many decimals, by the reader's locale. */
export function decimal(value: number, digits: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** A share as a percentage: `7 %`, `0.4 %`. */
export function share(value: number, locale: string): string {
  const percent = value * 100;
  return `${decimal(percent, percent !== 0 && Math.abs(percent) < 10 ? 1 : 0, locale)} %`;
}

export function instant(seconds: number, locale: string, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    seconds * 1000,
  );
}

/** Weeks begin at midnight UTC, so they are named in UTC. */
export function day(seconds: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    seconds * 1000,
  );
}

/** A value in the unit of its figure. */
export function inUnit(value: number, unit: Figure['unit'], locale: string): string {
  switch (unit) {
    case 's':
      return duration(value, locale);
    case 'ratio':
      return share(value, locale);
    case 'lines':
    case 'files':
    case 'count':
      return decimal(value, 1, locale);
  }
}

/** A figure's headline: the median of a distribution, else its value; `–` where there is none. */
export function headline(figure: Figure, locale: string): string {
  const value = headlineValue(figure);
  return value === null ? NO_VALUE : inUnit(value, figure.unit, locale);
}

export function headlineValue(figure: Figure): number | null {
  return isDistribution(figure) ? figure.p50 : figure.value;
}

export function isDistribution(figure: Figure): figure is Distribution {
  return 'p50' in figure;
}
