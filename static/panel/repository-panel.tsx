/** The compact panel below a repository's source: the five figures that matter, small enough for a sidebar. */
import { router } from '@forge/bridge';
import { useState, type ReactElement } from 'react';
import type { WeekFigures } from '../../src/metrics/figures';
import type { RepositoryOverview, WindowDays } from '../../src/views/contract';
import { Sparkline } from '../charts/sparkline';
import { FigureTile } from '../shared/figure-tile';
import { CompletenessLine, FailedState, LoadingState, MessageState } from '../shared/states';
import { useOverview } from '../shared/use-overview';
import { useViewer } from '../shared/viewer';
import { WindowChooser } from '../shared/window-chooser';
import { METRIC_TEXTS } from '../texts';
import { changeOf } from '../view-model/change';
import { duration } from '../view-model/format';

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
      <CompletenessLine completeness={overview.completeness} />
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
  const {
    figures,
    previousFigures,
    weeks,
    window: { days },
    workInProgress: work,
  } = overview;
  const metrics = [
    ['time_to_merge', 'median', (week: WeekFigures) => week.timeToMerge.p50],
    ['time_to_first_review', 'median', null],
    ['merged', 'pull requests', (week: WeekFigures) => week.merged],
    ['unreviewed_merge_rate', 'of merges', null],
  ] as const;
  return (
    <div className="tiles tiles-compact" aria-busy={isStale}>
      {metrics.map(([metric, reading, spark]) => (
        <FigureTile
          key={metric}
          name={METRIC_TEXTS[metric].name}
          reading={reading}
          figure={figures[metric]}
          change={changeOf(figures[metric], previousFigures[metric], METRIC_TEXTS[metric].wish, days, locale)}
        >
          {spark !== null && <Sparkline weeks={weeks} of={spark} />}
        </FigureTile>
      ))}
      <FigureTile
        name="Open now"
        reading={`open, ${work.stale} without activity for a week`}
        figure={{ unit: 'count', n: work.pullRequests.length, value: work.pullRequests.length }}
        change={null}
        {...(work.p85Seconds === null
          ? {}
          : {
              meaning: `${work.overP85} older than ${duration(work.p85Seconds, locale)}, within which 85 % of the last 180 days’ merges came`,
            })}
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
