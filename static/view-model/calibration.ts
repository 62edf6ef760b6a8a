/** How often past forecasts came true, in words, and the forecasts behind each point of the diagram. */
import type { Calibration, CalibrationBin } from '../../src/metrics/forecast/calibration';
import type { CalibrationReport, JudgedMoment } from '../../src/views/reports/open-work-report';
import type { Language } from '../shared/language';
import { date } from './date';
import { FEWEST_VALUES } from './fewest-values';
import { decimal, NO_VALUE, share } from './format';

const SECONDS_A_DAY = 86_400;

/** A bin that has forecasts. */
export interface ShownBin extends CalibrationBin {
  readonly place: number;
  readonly meanChance: number;
  readonly mergedShare: number;
  /** Enough forecasts to say how often such a one comes true. */
  readonly isSolid: boolean;
}

export function shownBins({ bins }: Calibration): readonly ShownBin[] {
  return bins.flatMap((bin, place) => {
    const { n, meanChance, mergedShare } = bin;
    return meanChance === null || mergedShare === null
      ? []
      : [{ ...bin, place, meanChance, mergedShare, isSolid: n >= FEWEST_VALUES }];
  });
}

/** Whether these forecasts can be relied on: how those of the fullest bin came out, and how all of them did. */
export function calibrationSentence(calibration: Calibration, language: Language): string {
  const { t } = language;
  const { days, n, brierScore, baseRate, baseRateScore, skill } = calibration;
  const fullest = shownBins(calibration)
    .filter(({ isSolid }) => isSolid)
    .reduce<ShownBin | null>((top, bin) => (top === null || bin.n > top.n ? bin : top), null);
  if (fullest === null || brierScore === null)
    return t('calibration.few', { count: n, fewest: FEWEST_VALUES, days });
  const sentences = [
    t('calibration.sentence', {
      count: fullest.n,
      chance: share(fullest.meanChance, language),
      share: share(fullest.mergedShare, language),
      days,
    }),
    skill !== null &&
      baseRate !== null &&
      baseRateScore !== null &&
      t('calibration.score', {
        score: decimal(brierScore, 3, language),
        rate: share(baseRate, language),
        base: decimal(baseRateScore, 3, language),
        verdict: skill > 0 ? 'better' : 'worse',
      }),
  ];
  return sentences.filter((sentence) => sentence !== false).join(' ');
}

/** What was judged, and of how much. */
export function judgedSentence({ judged, of, moments }: CalibrationReport, language: Language): string {
  const { t } = language;
  const instants = moments.map(({ at }) => at);
  const values = {
    count: judged,
    from: date(Math.min(...instants), language),
    to: date(Math.max(...instants), language),
  };
  return judged < of ? t('calibration.sampled', { ...values, all: of }) : t('calibration.judged', values);
}

export function binSentence({ from, to, n, meanChance, mergedShare }: ShownBin, language: Language): string {
  return language.t('calibration.bin', {
    count: n,
    from: share(from, language),
    to: share(to, language),
    chance: share(meanChance, language),
    share: share(mergedShare, language),
  });
}

/** Of every bin, also of those without forecasts. */
export function binRows({ bins }: Calibration, language: Language): readonly (readonly string[])[] {
  return bins.map(({ from, to, n, meanChance, mergedShare }) => [
    language.t('calibration.span', { from: share(from, language), to: share(to, language) }),
    decimal(n, 0, language),
    meanChance === null ? NO_VALUE : share(meanChance, language),
    mergedShare === null ? NO_VALUE : share(mergedShare, language),
  ]);
}

/** One judged forecast behind a point. */
export interface JudgedRow {
  readonly id: number;
  readonly at: number;
  readonly phase: JudgedMoment['phase'];
  readonly chance: number;
  readonly merged: boolean;
  readonly mergedAt: number | null;
}

/** The forecasts of one bin, the latest first: their mean chance and the share of the merged are the bin's. */
export function judgedIn(
  moments: readonly JudgedMoment[],
  { days, bins }: Calibration,
  place: number,
): readonly JudgedRow[] {
  const binOf = (chance: number): number => Math.min(bins.length - 1, Math.floor(chance * bins.length));
  return moments
    .flatMap(({ id, at, phase, mergedAt, chances }) => {
      const chance = chances.find((each) => each.days === days)?.chance ?? null;
      if (chance === null || binOf(chance) !== place) return [];
      const merged = mergedAt !== null && mergedAt <= at + days * SECONDS_A_DAY;
      return [{ id, at, phase, chance, merged, mergedAt }];
    })
    .sort((a, b) => b.at - a.at || b.id - a.id);
}
