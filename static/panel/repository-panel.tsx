/** The compact panel below a repository's source: the five figures that matter, small enough for a sidebar. */
import { router } from '@forge/bridge';
import { useState, type ReactElement } from 'react';
import type { RepositoryOverview, WindowDays } from '../../src/views/contract';
import { Sparkline } from '../charts/sparkline';
import { FigureTile } from '../shared/figure-tile';
import { CompletenessLine, FailedState, LoadingState, MessageState } from '../shared/states';
import { useOverview } from '../shared/use-overview';
import { useViewer } from '../shared/viewer';
import { WindowChooser } from '../shared/window-chooser';
import { METRIC_TEXTS } from '../texts';
import { changeOfMetric } from '../view-model/change';
import { FEWEST_VALUES } from '../view-model/fewest-values';
import { openMeaning } from '../view-model/open-work';
import { shownWeeks, type ShownWeek } from '../view-model/weeks';
import { whyNoOpenWork, whyNoValue } from '../view-model/why-no-value';
import { isPartial } from '../view-model/window-coverage';

export function RepositoryPanel(): ReactElement {
  const [days, setDays] = useState<WindowDays>(90);
  const [state, again] = useOverview(days);
  if (state.kind === 'loading') return <LoadingState />;
  if (state.kind === 'failed') return <FailedState message={state.message} onRetry={again} />;
  const { overview } = state;
  return (
    <div className="panel">
      <div className="bar-line">
        <WindowChooser days={days} onChange={setDays} />
        <button type="button" className="link" onClick={() => void openPage()}>
          All figures
        </button>
      </div>
      <CompletenessLine overview={overview} />
      {isEmpty(overview) ? (
        <MessageState title="No pull requests yet">
          <p>Figures appear here when the first pull request is opened.</p>
        </MessageState>
      ) : (
        <PanelFigures overview={overview} isStale={overview.window.days !== days} />
      )}
    </div>
  );
}

/** Nothing stored and nothing under way. */
export function isEmpty({ completeness, workInProgress, figures }: RepositoryOverview): boolean {
  return (
    completeness.state === 'complete' &&
    completeness.pullRequests === 0 &&
    workInProgress.pullRequests.length === 0 &&
    figures.merged.value === 0
  );
}

function PanelFigures({
  overview,
  isStale,
}: {
  readonly overview: RepositoryOverview;
  readonly isStale: boolean;
}): ReactElement {
  const { locale } = useViewer();
  const { figures, workInProgress: work } = overview;
  const weeks = shownWeeks(overview);
  // The number of merges of a week is a value of its own; the median of a week needs enough of them.
  const isEnough = figures.merged.value >= FEWEST_VALUES;
  const metrics = [
    [
      'time_to_merge',
      'median',
      { of: ({ week }: ShownWeek) => week.timeToMerge.p50, isFirm: ({ isSolid }: ShownWeek) => isSolid },
    ],
    ['time_to_first_review', 'median', null],
    ['merged', 'pull requests', { of: ({ week }: ShownWeek) => week.merged, isFirm: () => isEnough }],
    ['unreviewed_merge_rate', 'of merges', null],
  ] as const;
  const whyNoOpen = whyNoOpenWork(overview);
  const partly = isPartial(overview) ? ', partial' : '';
  return (
    <div className="tiles tiles-compact" aria-busy={isStale}>
      {metrics.map(([metric, reading, spark]) => (
        <FigureTile
          key={metric}
          name={METRIC_TEXTS[metric].name}
          reading={`${reading}${partly}`}
          figure={figures[metric]}
          why={whyNoValue(metric, overview)}
          change={changeOfMetric(metric, overview, locale)}
        >
          {spark !== null && <Sparkline weeks={weeks} {...spark} />}
        </FigureTile>
      ))}
      <FigureTile
        name="Open now"
        reading={`open${partly}`}
        figure={{ unit: 'count', n: work.pullRequests.length, value: work.pullRequests.length }}
        why={whyNoOpen}
        change={null}
        {...(whyNoOpen === null ? { meaning: openMeaning(overview, locale) } : {})}
      />
    </div>
  );
}

/** Bitbucket opens the app's page in the repository's menu; where it cannot, the menu itself still does. */
async function openPage(): Promise<void> {
  try {
    await router.navigate({ target: 'module', moduleKey: 'repository-page' });
  } catch {
    // Nothing to say: the page stays one click away in the menu on the left.
  }
}
