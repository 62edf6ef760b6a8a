/** The full page: how the repository is doing, why, and which pull requests stand behind each figure. */
import { useRef, useState, type ReactElement } from 'react';
import type { MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { isEmpty } from '../panel/repository-panel';
import { FigureTile } from '../shared/figure-tile';
import { CompletenessLine, FailedState, LoadingState, MessageState } from '../shared/states';
import { QueryContext } from '../shared/query';
import { useOverview } from '../shared/use-overview';
import { useViewer } from '../shared/viewer';
import { WindowChooser } from '../shared/window-chooser';
import { METRIC_TEXTS } from '../texts';
import { changeOfMetric } from '../view-model/change';
import { counted, instant } from '../view-model/format';
import { whyNoValue } from '../view-model/why-no-value';
import { isComparable, isPartial } from '../view-model/window-coverage';
import { AllMetrics } from './all-metrics';
import { Charts } from './charts';
import { DataSection } from './data-section';
import { DeliverySection } from './delivery-section';
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
    <QueryContext.Provider value={{ window: days }}>
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
        {state.kind === 'ready' && <DeliverySection />}
        {state.kind !== 'loading' && <DataSection />}
      </main>
    </QueryContext.Provider>
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
  const { figures, window: window_, botsLeftOut } = overview;

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
  const partly = isPartial(overview) ? ', partial' : '';
  return (
    <div aria-busy={isStale}>
      <CompletenessLine overview={overview} />
      <p className="quiet">
        {instant(window_.from, locale, timeZone)} to {instant(window_.to, locale, timeZone)}
        {isComparable(overview)
          ? `, each figure beside the ${window_.days} days before; a duration is called better or worse only where chance does not explain it. `
          : `. The ${window_.days} days before are not read whole, so there is no comparison yet. `}
        {botsLeftOut > 0 &&
          `${counted(botsLeftOut, 'pull request', locale)} of bots ${botsLeftOut === 1 ? 'is' : 'are'} left out. `}
        Press a figure to see the pull requests behind it.
      </p>
      <section aria-label="Headline figures" className="tiles">
        {HEADLINES.map(([metric, reading]) => (
          <FigureTile
            key={metric}
            name={METRIC_TEXTS[metric].name}
            reading={`${reading}${partly}`}
            meaning={METRIC_TEXTS[metric].meaning}
            figure={figures[metric]}
            why={whyNoValue(metric, overview)}
            change={changeOfMetric(metric, overview, locale)}
            isOpen={open === metric}
            onOpen={() => toggle(metric)}
          />
        ))}
      </section>
      {open !== null && (
        <ExplainedList key={open} metric={open} why={whyNoValue(open, overview)} onClose={close} />
      )}
      <Charts overview={overview} />
      <OpenWork overview={overview} />
      <AllMetrics overview={overview} open={open} onOpen={toggle} />
    </div>
  );
}
