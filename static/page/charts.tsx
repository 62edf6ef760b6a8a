/** The charts of a window: the trend by week, the distribution of time to merge, and where the time goes. */
import type { ReactElement } from 'react';
import type { HistogramBar, StageFigures } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { ChartCard } from '../charts/chart-card';
import { barName, MergeTimeChart } from '../charts/merge-time-chart';
import { StageBar } from '../charts/stage-bar';
import { TrendChart } from '../charts/trend-chart';
import { MessageState } from '../shared/states';
import { useViewer } from '../shared/viewer';
import { STAGE_TEXTS } from '../texts';
import { FEWEST_VALUES } from '../view-model/fewest-values';
import { duration, inUnit, NO_VALUE, share } from '../view-model/format';
import { shownWeeks, weekDurations, weekName } from '../view-model/weeks';
import { whyNoStage } from '../view-model/why-no-value';
import { isPartial } from '../view-model/window-coverage';
import { FewMerges } from './few-merges';

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
  return isPartial(overview) ? (
    <MessageState title="No merge of this window is read">
      <p>
        {overview.completeness.state === 'failed'
          ? 'The import is held up before it came to one. Open work is listed below.'
          : 'Charts appear as the import comes to the pull requests that were merged.'}
      </p>
    </MessageState>
  ) : (
    <MessageState title="Nothing was merged in this window">
      <p>Choose a longer window to see how long merges took. Open work is listed below.</p>
    </MessageState>
  );
}

function useSeconds(): (value: number | null) => string {
  const { locale } = useViewer();
  return (value) => (value === null ? NO_VALUE : duration(value, locale));
}

function Trend({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { locale } = useViewer();
  const seconds = useSeconds();
  const { p50, n } = overview.figures.time_to_merge;
  const weeks = shownWeeks(overview);
  const read = isPartial(overview) ? ' and read so far' : '';
  return (
    <ChartCard
      title="Time to merge by week"
      sentence={`Half of the ${n} pull requests merged in this window${read} took ${seconds(p50)} or less from their opening to the merge.`}
      table={{
        columns: ['Week of', 'Opened', 'Merged', 'Median', '75th percentile', '95th percentile'],
        rows: weeks.map((shown) => [
          weekName(shown, locale),
          shown.week.opened,
          shown.week.merged,
          ...weekDurations(shown, locale),
        ]),
      }}
    >
      <TrendChart weeks={weeks} />
    </ChartCard>
  );
}

function MergeTimes({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { locale } = useViewer();
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
      title="Distribution of time to merge"
      sentence={
        n < FEWEST_VALUES
          ? `Fewer than ${FEWEST_VALUES} merges: where each of them falls, without percentiles.`
          : `Most often it took ${barName(busiest, locale)}. Three quarters were merged within ${seconds(p75)}, all but one in twenty within ${seconds(p95)}.`
      }
      table={{
        columns: ['Time to merge', 'Pull requests', 'Share'],
        rows: bars.map((bar) => [barName(bar, locale), bar.count, share(bar.count / n, locale)]),
      }}
    >
      <MergeTimeChart bars={bars} />
    </ChartCard>
  );
}

function Stages({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { locale } = useViewer();
  const seconds = useSeconds();
  const { stages } = overview;
  const why = whyNoStage(overview);
  return (
    <ChartCard
      title="Where the time goes"
      sentence={stagesSentence(stages, why.sentence, locale)}
      table={{
        columns: ['Stage', 'Pull requests', 'Mean', 'Median', '75th percentile', 'Share of all time'],
        rows: stages.map(({ stage, duration: figure, share: part }) => [
          STAGE_TEXTS[stage].name,
          figure.n,
          seconds(figure.mean),
          figure.p50 === null ? `${NO_VALUE} ${why.text}` : seconds(figure.p50),
          seconds(figure.p75),
          part === null ? NO_VALUE : inUnit(part, 'ratio', locale),
        ]),
      }}
    >
      <StageBar stages={stages} why={why} />
    </ChartCard>
  );
}

/** Without a stage that took time there is no largest one to name. */
function stagesSentence(stages: readonly StageFigures[], why: string, locale: string): string {
  const longest = stages
    .filter(({ share: part }) => part !== null)
    .toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))[0];
  if (longest === undefined) return why;
  return `${STAGE_TEXTS[longest.stage].name} takes the largest part, ${share(longest.share ?? 0, locale)} of all cycle time. For each pull request the stages sum to its cycle time exactly.`;
}
