/** Writes numbers, durations and instants as people read them. */
import type { Distribution, Figure } from '../../src/metrics/figures';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The sign for a value that is not there. */
export const NO_VALUE = '–';

/** `45 s`, `25 min`, `2 h 10 min`, `3.4 days`: what rounds up to a whole unit is written in that unit. */
export function duration(seconds: number, locale: string): string {
  const rounded = Math.round(seconds);
  const sign = rounded < 0 ? '−' : '';
  const whole = Math.abs(rounded);
  if (whole < MINUTE) return `${sign}${whole} s`;
  const minutes = Math.round(whole / MINUTE);
  if (minutes < HOUR / MINUTE) return `${sign}${minutes} min`;
  if (minutes < DAY / MINUTE) {
    const rest = minutes % 60;
    return `${sign}${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`;
  }
  const tenths = Math.round((whole / DAY) * 10);
  return `${sign}${decimal(tenths / 10, 1, locale)} ${tenths === 10 ? 'day' : 'days'}`;
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

/** `1 merge`, `1,200 merges`: a number with its noun, which takes an s. */
export function counted(value: number, noun: string, locale: string): string {
  return `${decimal(value, 0, locale)} ${noun}${value === 1 ? '' : 's'}`;
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
