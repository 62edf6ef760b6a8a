/** The full page: how the repository is doing, why, and which pull requests stand behind each figure. */
import { useRef, useState, type ReactElement } from 'react';
import type { MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { ChartCard } from '../charts/chart-card';
import { barName, MergeTimeChart } from '../charts/merge-time-chart';
import { StageBar } from '../charts/stage-bar';
import { TrendChart } from '../charts/trend-chart';
import { isEmpty } from '../panel/repository-panel';
import { FigureTile } from '../shared/figure-tile';
import { CompletenessLine, FailedState, LoadingState, MessageState } from '../shared/states';
import { useOverview } from '../shared/use-overview';
import { useViewer } from '../shared/viewer';
import { WindowChooser } from '../shared/window-chooser';
import { METRIC_TEXTS, STAGE_TEXTS } from '../texts';
import { changeOf } from '../view-model/change';
import { day, duration, inUnit, instant, NO_VALUE, share } from '../view-model/format';
import { AllMetrics } from './all-metrics';
import { ExplainedList } from './explained-list';
import { OpenWork } from './open-work';
import { useDaysInAddress } from './use-days-in-address';

const HEADLINES: readonly (readonly [MetricId, string])[] = [
  ['time_to_merge', 'median'],
  ['cycle_time', 'median'],
  ['time_to_first_review', 'median'],
  ['merged', 'pull requests'],
  ['unreviewed_merge_rate', 'of merges'],
  ['stale_approval_rate', 'of approved merges'],
];

export function RepositoryPage(): ReactElement {
  const [days, setDays] = useDaysInAddress();
  const [state, again] = useOverview(days);
  return (
    <main className="page">
      <div className="bar-line">
        <h1>Pull request flow</h1>
        <WindowChooser days={days} onChange={setDays} />
      </div>
      {state.kind === 'loading' && <LoadingState />}
      {state.kind === 'failed' && <FailedState message={state.message} onRetry={again} />}
      {state.kind === 'ready' && (
        <Overview key={days} overview={state.overview} isStale={state.overview.window.days !== days} />
      )}
    </main>
  );
}

function Overview({
  overview,
  isStale,
}: {
  readonly overview: RepositoryOverview;
  readonly isStale: boolean;
}): ReactElement {
  const { locale, timeZone } = useViewer();
  const [open, setOpen] = useState<MetricId | null>(null);
  const opener = useRef<Element | null>(null);
  const { completeness, figures, previousFigures, window: window_, botsLeftOut } = overview;

  const toggle = (metric: MetricId): void => {
    opener.current = document.activeElement;
    setOpen(open === metric ? null : metric);
  };
  const close = (): void => {
    setOpen(null);
    // Back to where the reader was.
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };

  if (isEmpty(overview)) {
    return (
      <MessageState title="No pull requests yet">
        <p>Throughline watches this repository. Figures appear when the first pull request is opened.</p>
      </MessageState>
    );
  }
  const isPartial = completeness.state !== 'complete';
  return (
    <div aria-busy={isStale}>
      <CompletenessLine completeness={completeness} />
      <p className="quiet">
        {instant(window_.from, locale, timeZone)} to {instant(window_.to, locale, timeZone)}, each figure
        beside the {window_.days} days before.{' '}
        {botsLeftOut > 0 && `${botsLeftOut} pull requests of bots are left out. `}
        Press a figure to see the pull requests behind it.
      </p>
      <section aria-label="Headline figures" className="tiles">
        {HEADLINES.map(([metric, reading]) => (
          <FigureTile
            key={metric}
            name={METRIC_TEXTS[metric].name}
            reading={isPartial ? `${reading}, partial` : reading}
            meaning={METRIC_TEXTS[metric].meaning}
            figure={figures[metric]}
            change={changeOf(
              figures[metric],
              previousFigures[metric],
              METRIC_TEXTS[metric].wish,
              window_.days,
              locale,
            )}
            isOpen={open === metric}
            onOpen={() => toggle(metric)}
          />
        ))}
      </section>
      {open !== null && <ExplainedList key={open} metric={open} days={window_.days} onClose={close} />}
      <Charts overview={overview} />
      <OpenWork work={overview.workInProgress} />
      <AllMetrics overview={overview} open={open} onOpen={toggle} />
    </div>
  );
}

function Charts({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { locale } = useViewer();
  const { figures, weeks, timeToMergeBars: bars, stages } = overview;
  const { p50, p75, p95, n } = figures.time_to_merge;
  const seconds = (value: number | null): string => (value === null ? NO_VALUE : duration(value, locale));
  const longest = stages.reduce(
    (top, stage) => ((stage.share ?? 0) > (top.share ?? 0) ? stage : top),
    stages[0] ?? (null as never),
  );
  const busiest = bars.reduce((top, bar) => (bar.count > top.count ? bar : top), {
    from: 0,
    to: 0,
    count: 0,
  });
  if (n === 0) {
    return (
      <MessageState title="Nothing was merged in this window">
        <p>Choose a longer window to see how long merges took. Open work is listed below.</p>
      </MessageState>
    );
  }
  return (
    <div className="cards">
      <ChartCard
        title="Time to merge by week"
        sentence={`Half of the ${n} pull requests merged in this window took ${seconds(p50)} or less from their opening to the merge.`}
        table={{
          columns: ['Week of', 'Opened', 'Merged', 'Median', '75th percentile', '95th percentile'],
          rows: weeks.map((week) => [
            day(week.from, locale),
            week.opened,
            week.merged,
            seconds(week.timeToMerge.p50),
            seconds(week.timeToMerge.p75),
            seconds(week.timeToMerge.p95),
          ]),
        }}
      >
        <TrendChart weeks={weeks} />
      </ChartCard>
      <ChartCard
        title="Distribution of time to merge"
        sentence={`Most often it took ${barName(busiest, locale)}. Three quarters were merged within ${seconds(p75)}, all but one in twenty within ${seconds(p95)}.`}
        table={{
          columns: ['Time to merge', 'Pull requests', 'Share'],
          rows: bars.map((bar) => [barName(bar, locale), bar.count, share(bar.count / n, locale)]),
        }}
      >
        <MergeTimeChart bars={bars} />
      </ChartCard>
      <ChartCard
        title="Where the time goes"
        sentence={`${STAGE_TEXTS[longest.stage].name} takes the largest part, ${share(longest.share ?? 0, locale)} of all cycle time. For each pull request the stages sum to its cycle time exactly.`}
        table={{
          columns: ['Stage', 'Pull requests', 'Mean', 'Median', '75th percentile', 'Share of all time'],
          rows: stages.map(({ stage, duration: figure, share: part }) => [
            STAGE_TEXTS[stage].name,
            figure.n,
            seconds(figure.mean),
            seconds(figure.p50),
            seconds(figure.p75),
            part === null ? NO_VALUE : inUnit(part, 'ratio', locale),
          ]),
        }}
      >
        <StageBar stages={stages} />
      </ChartCard>
    </div>
  );
}
