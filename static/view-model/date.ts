/** Days that need their year, such as those of a window of more than half a year. */
import type { Language } from '../shared/language';

/** `Nov 21, 2025`; in UTC, as all days are that the app counts by. */
export function date(seconds: number, { locale }: Pick<Language, 'locale'>): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(seconds * 1000);
}
