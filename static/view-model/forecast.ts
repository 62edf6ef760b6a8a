/** What a forecast was made from, in words. */
import type { ComparedPullRequest, ForecastExplanation } from '../../src/views/reports/open-work-report';
import type { Language } from '../shared/language';
import { date } from './date';
import { decimal, duration, instant, NO_VALUE, share } from './format';

/** What became of the others that had waited as long, within each number of days. */
export function forecastSentences(
  { compared, horizons, phase, waitedSeconds, historyFrom }: ForecastExplanation,
  language: Language,
): readonly string[] {
  const { t } = language;
  const known = horizons.flatMap(({ days, chance }) =>
    chance === null
      ? []
      : [t('forecast.within', { count: compared.length, share: share(chance, language), days })],
  );
  return [
    t('forecast.comparison', {
      phase: t(`phaseShort.${phase}`),
      duration: duration(waitedSeconds, language),
      day: date(historyFrom, language),
    }),
    ...known,
  ];
}

/** One row for each number of days: the chance, and the moments that it was made from. */
export function horizonRows(
  { horizons, moments }: ForecastExplanation,
  language: Language,
): readonly (readonly string[])[] {
  return horizons.map(({ days, chance, merged, undecided }) => [
    language.t('forecast.days', { days }),
    chance === null ? NO_VALUE : share(chance, language),
    ...[moments, merged, undecided, moments - merged - undecided].map((count) => decimal(count, 0, language)),
  ]);
}

/** What became of one of the compared, seen from the moments at which it had waited as long. */
export function comparedText({ moments, until, merged }: ComparedPullRequest, language: Language): string {
  const { t } = language;
  const latest = Math.max(...moments);
  const earliest = Math.min(...moments);
  if (!merged) return t('forecast.notMerged', { instant: instant(until, language) });
  return earliest === latest
    ? t('forecast.mergedAfter', { duration: duration(until - latest, language) })
    : t('forecast.mergedBetween', {
        from: duration(until - latest, language),
        to: duration(until - earliest, language),
      });
}

/** The latest first. */
export function sortedCompared({ compared }: ForecastExplanation): readonly ComparedPullRequest[] {
  return compared.toSorted((a, b) => b.id - a.id);
}
