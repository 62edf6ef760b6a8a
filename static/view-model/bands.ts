/** The levels of the State of DevOps reports in words: what each asks for. */
import {
  BAND_REPORTS,
  type Band,
  type BandedFigures,
  type Threshold,
} from '../../src/metrics/delivery/bands';
import type { BandYear } from '../../src/metrics/delivery/delivery-settings';
import { isOneOf } from '../../src/metrics/figures';
import type { Language } from '../shared/language';
import { duration, share } from './format';

const BANDED = [
  'deployment_frequency',
  'lead_time_for_changes',
  'change_failure_rate',
  'time_to_restore',
] as const satisfies readonly (keyof BandedFigures)[];

const BANDS = ['elite', 'high', 'medium', 'low'] as const satisfies readonly Band[];

/** One level: what it asks for, `null` where the report has no range of its own for it. */
export interface BandStep {
  readonly band: Band;
  readonly asks: string | null;
}

/** Best first; low is the rest. Empty for a figure that the reports give no levels for. */
export function bandSteps(figure: string, year: BandYear, language: Language): readonly BandStep[] {
  if (!isOneOf(BANDED, figure)) return [];
  const thresholds = BAND_REPORTS[year].thresholds[figure];
  return BANDS.map((band) => {
    if (band === 'low') return { band, asks: language.t('band.rest') };
    const threshold = thresholds[band];
    return { band, asks: threshold === null ? null : asked(threshold, language) };
  });
}

function asked(threshold: Threshold, language: Language): string {
  const { t } = language;
  if ('below' in threshold) return t('band.below', { duration: duration(threshold.below, language) });
  if ('atMost' in threshold) return t('band.atMost', { share: share(threshold.atMost, language) });
  if ('perDayAbove' in threshold) return t('band.perDayAbove', { count: threshold.perDayAbove });
  if ('perDayAtLeast' in threshold) {
    return t('band.everyDays', { days: Math.round(1 / threshold.perDayAtLeast) });
  }
  return t('band.shareOf', { share: share(threshold.above, language), unit: threshold.shareOf });
}
