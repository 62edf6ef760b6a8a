/** How long what is stored is kept, in words, and whether a choice deletes something. */
import { RETENTION_CHOICES } from '../../src/views/reports/settings-report';
import type { Language } from '../shared/language';

const DAYS_A_YEAR = 365;

/** All choices; `null` keeps everything. */
export const RETENTIONS: readonly (number | null)[] = [null, ...RETENTION_CHOICES];

export function retentionText(days: number | null, { t }: Language): string {
  if (days === null) return t('retention.everything');
  return days % DAYS_A_YEAR === 0
    ? t('retention.years', { years: days / DAYS_A_YEAR })
    : t('retention.days', { days });
}

/** Whether what is stored now may be older than what would be kept. */
export function deletesMore(wanted: number | null, present: number | null): boolean {
  return wanted !== null && (present === null || wanted < present);
}
