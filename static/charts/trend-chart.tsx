/** The weekly trend of time to merge, with the merges as bars below. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { trendLegend, trendWeek, weekSentence, type ShownWeek } from '../view-model/weeks';
import { DurationTrend, type TrendMark } from './duration-trend';

export function TrendChart({
  weeks,
  marks,
}: {
  readonly weeks: readonly ShownWeek[];
  readonly marks?: readonly TrendMark[];
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const sentences = new Map(weeks.map((week) => [week.week.from, weekSentence(week, language)]));
  return (
    <DurationTrend
      weeks={weeks.map(trendWeek)}
      label={t('trend.drawing')}
      barsLabel={t('trend.merges')}
      sentenceOf={({ from }) => sentences.get(from) ?? ''}
      legend={trendLegend(weeks, language)}
      {...(marks === undefined ? {} : { marks })}
    />
  );
}
