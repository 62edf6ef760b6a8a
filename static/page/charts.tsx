/** The charts of a window: the trend by week, the distribution of time to merge, and where the time goes. */
import type { ReactElement } from 'react';
import type { HistogramBar, StageFigures } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { ChartCard } from '../charts/chart-card';
import { barName, MergeTimeChart } from '../charts/merge-time-chart';
import { StageBar } from '../charts/stage-bar';
import { TrendChart } from '../charts/trend-chart';
import { useLanguage, type Language } from '../shared/language';
import { MessageState } from '../shared/states';
import { FEWEST_VALUES } from '../view-model/fewest-values';
import { decimal, duration, NO_VALUE, share } from '../view-model/format';
import { shownWeeks, weekDurations, weekName } from '../view-model/weeks';
import { whyNoStage } from '../view-model/why-no-value';
import { isPartial } from '../view-model/window-coverage';
import { FewMerges } from './few-merges';
import { useTrendNotes } from './notes/use-trend-notes';

export function Charts({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { n } = overview.figures.time_to_merge;
  if (n === 0) return <NothingMerged overview={overview} />;
  return (
    <div className="cards">
      {n < FEWEST_VALUES ? <FewMerges key={n} overview={overview} /> : <Trend overview={overview} />}
      <MergeTimes overview={overview} />
      <Stages overview={overview} />
    </div>
  );
}

function NothingMerged({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { t } = useLanguage();
  return isPartial(overview) ? (
    <MessageState title={t('charts.noMergeRead')}>
      <p>{t(overview.completeness.state === 'failed' ? 'charts.heldUp' : 'charts.underWay')}</p>
    </MessageState>
  ) : (
    <MessageState title={t('charts.nothingMerged')}>
      <p>{t('charts.longerWindow')}</p>
    </MessageState>
  );
}

function useSeconds(): (value: number | null) => string {
  const language = useLanguage();
  return (value) => (value === null ? NO_VALUE : duration(value, language));
}

function Trend({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const seconds = useSeconds();
  const { p50, n } = overview.figures.time_to_merge;
  const weeks = shownWeeks(overview);
  const notes = useTrendNotes(weeks.map(({ week }) => week));
  return (
    <ChartCard
      title={t('trend.title')}
      sentence={t('trend.sentence', {
        count: n,
        read: isPartial(overview) ? 'part' : 'whole',
        median: seconds(p50),
      })}
      table={{
        columns: [
          t('column.week'),
          t('column.opened'),
          t('column.merged'),
          t('column.median'),
          t('column.percentile75'),
          t('column.percentile95'),
          ...notes.columns,
        ],
        rows: weeks.map((each) => [
          weekName(each, language),
          decimal(each.week.opened, 0, language),
          decimal(each.week.merged, 0, language),
          ...weekDurations(each, language),
          ...notes.cellsOf(each.week),
        ]),
      }}
      action={notes.list}
    >
      <TrendChart weeks={weeks} marks={notes.marks} />
    </ChartCard>
  );
}

function MergeTimes({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const seconds = useSeconds();
  const { p75, p95, n } = overview.figures.time_to_merge;
  const { timeToMergeBars: bars } = overview;
  const busiest = bars.reduce<HistogramBar>((top, bar) => (bar.count > top.count ? bar : top), {
    from: 0,
    to: 0,
    count: 0,
  });
  return (
    <ChartCard
      title={t('distribution.title')}
      sentence={
        n < FEWEST_VALUES
          ? t('distribution.few', { fewest: FEWEST_VALUES })
          : t('distribution.sentence', {
              span: barName(busiest, language),
              percentile75: seconds(p75),
              percentile95: seconds(p95),
            })
      }
      table={{
        columns: [t('metricName.time_to_merge'), t('column.pullRequests'), t('column.share')],
        rows: bars.map((bar) => [
          barName(bar, language),
          decimal(bar.count, 0, language),
          share(bar.count / n, language),
        ]),
      }}
    >
      <MergeTimeChart bars={bars} />
    </ChartCard>
  );
}

function Stages({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const seconds = useSeconds();
  const { stages } = overview;
  const why = whyNoStage(overview, language);
  return (
    <ChartCard
      title={t('stages.title')}
      sentence={stagesSentence(stages, why.sentence, language)}
      table={{
        columns: [
          t('column.stage'),
          t('column.pullRequests'),
          t('column.mean'),
          t('column.median'),
          t('column.percentile75'),
          t('column.shareOfTime'),
        ],
        rows: stages.map(({ stage, duration: figure, share: part }) => [
          t(`stageName.${stage}`),
          decimal(figure.n, 0, language),
          seconds(figure.mean),
          figure.p50 === null ? `${NO_VALUE} ${why.text}` : seconds(figure.p50),
          seconds(figure.p75),
          part === null ? NO_VALUE : share(part, language),
        ]),
      }}
    >
      <StageBar stages={stages} why={why} />
    </ChartCard>
  );
}

/** Without a stage that took time there is no largest one to name. */
function stagesSentence(stages: readonly StageFigures[], why: string, language: Language): string {
  const { t } = language;
  const longest = stages
    .filter(({ share: part }) => part !== null)
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))[0];
  if (longest === undefined) return why;
  return t('stages.sentence', {
    stage: t(`stageName.${longest.stage}`),
    share: share(longest.share ?? 0, language),
  });
}
