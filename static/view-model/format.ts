/** Writes numbers, durations and instants as people read them. */
import type { Distribution, Figure, PlainFigure } from '../../src/metrics/figures';
import type { Language } from '../shared/language';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The sign for a value that is not there. */
export const NO_VALUE = '–';

/** `45 s`, `25 min`, `2 h 10 min`, `3.4 days`: what rounds up to a whole unit is written in that unit. */
export function duration(seconds: number, { t }: Language): string {
  const rounded = Math.round(seconds);
  const sign = rounded < 0 ? '−' : '';
  const whole = Math.abs(rounded);
  if (whole < MINUTE) return `${sign}${t('unit.seconds', { seconds: whole })}`;
  const minutes = Math.round(whole / MINUTE);
  if (minutes < HOUR / MINUTE) return `${sign}${t('unit.minutes', { minutes })}`;
  if (minutes < DAY / MINUTE) {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    return `${sign}${rest === 0 ? t('unit.hours', { hours }) : t('unit.hoursMinutes', { hours, minutes: rest })}`;
  }
  return `${sign}${t('unit.days', { days: Math.round((whole / DAY) * 10) / 10 })}`;
}

/** The whole value: `3 d 9 h 28 min 5 s`, for those who ask. */
export function exactDuration(seconds: number, { t }: Language): string {
  const whole = Math.round(seconds);
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE);
  const rest = whole % MINUTE;
  const parts = [
    days !== 0 && t('unit.exactDays', { days }),
    hours !== 0 && t('unit.hours', { hours }),
    minutes !== 0 && t('unit.minutes', { minutes }),
    (rest !== 0 || whole === 0) && t('unit.seconds', { seconds: rest }),
  ];
  return parts.filter((part) => part !== false).join(' ');
}

/** At most this many decimals. */
export function decimal(value: number, digits: number, { locale }: Language): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** A share as a percentage: `7 %`, `0.4 %`. */
export function share(value: number, language: Language): string {
  const percent = value * 100;
  return `${decimal(percent, percent !== 0 && Math.abs(percent) < 10 ? 1 : 0, language)} %`;
}

export function instant(seconds: number, { locale, timeZone }: Language): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    seconds * 1000,
  );
}

/** Weeks begin at midnight UTC, so they are named in UTC. */
export function day(seconds: number, { locale }: Language): string {
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    seconds * 1000,
  );
}

/** A value in the unit of its figure. */
export function inUnit(value: number, unit: Figure['unit'], language: Language): string {
  switch (unit) {
    case 's':
      return duration(value, language);
    case 'ratio':
      return share(value, language);
    case 'lines':
    case 'files':
    case 'count':
      return decimal(value, 1, language);
  }
}

/** A figure's headline: the median of a distribution, else its value; `–` where there is none. */
export function headline(figure: Figure, language: Language): string {
  const value = headlineValue(figure);
  return value === null ? NO_VALUE : inUnit(value, figure.unit, language);
}

export function headlineValue(figure: Figure): number | null {
  return isDistribution(figure) ? figure.p50 : figure.value;
}

export function isDistribution(figure: Figure | PlainFigure): figure is Distribution {
  return 'p50' in figure;
}
