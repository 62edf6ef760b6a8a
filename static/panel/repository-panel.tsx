/** The compact panel below a repository's source: the five figures that matter, small enough for a sidebar. */
import { router } from '@forge/bridge';
import { useState, type ReactElement } from 'react';
import type { RepositoryOverview, WindowDays } from '../../src/views/contract';
import { Sparkline } from '../charts/sparkline';
import { FigureTile } from '../shared/figure-tile';
import { useLanguage } from '../shared/language';
import { CompletenessLine, FailedState, LoadingState, MessageState } from '../shared/states';
import { useOverview } from '../shared/use-overview';
import { WindowChooser } from '../shared/window-chooser';
import { changeOfMetric } from '../view-model/change';
import { FEWEST_VALUES } from '../view-model/fewest-values';
import { openMeaning } from '../view-model/open-work';
import { shownWeeks, type ShownWeek } from '../view-model/weeks';
import { whyNoOpenWork, whyNoValue } from '../view-model/why-no-value';
import { isPartial } from '../view-model/window-coverage';
import { LateLine } from './late-line';

export function RepositoryPanel(): ReactElement {
  const { t } = useLanguage();
  const [days, setDays] = useState<WindowDays>(90);
  const [state, again] = useOverview({ window: days });
  if (state.kind === 'loading') return <LoadingState />;
  if (state.kind === 'failed') return <FailedState message={t(`failure.${state.cause}`)} onRetry={again} />;
  const { data: overview } = state;
  return (
    <div className="panel">
      <div className="bar-line">
        <WindowChooser days={days} onChange={setDays} />
        <button type="button" className="link" onClick={() => void openPage()}>
          {t('panel.allFigures')}
        </button>
      </div>
      <CompletenessLine overview={overview} />
      {isEmpty(overview) ? (
        <MessageState title={t('panel.emptyTitle')}>
          <p>{t('panel.empty')}</p>
        </MessageState>
      ) : (
        <>
          <PanelFigures overview={overview} isStale={state.isStale} />
          <LateLine onOpen={() => void openPage()} />
        </>
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
  const language = useLanguage();
  const { t } = language;
  const { figures, workInProgress: work } = overview;
  const weeks = shownWeeks(overview);
  // A number of a week is a value of its own; a median or a share of it needs enough of them.
  const isEnough = figures.merged.value >= FEWEST_VALUES;
  const metrics = [
    [
      'time_to_merge',
      'reading.median',
      { of: ({ week }: ShownWeek) => week.timeToMerge.p50, isFirm: ({ isSolid }: ShownWeek) => isSolid },
    ],
    [
      'time_to_first_review',
      'reading.median',
      {
        of: ({ week }: ShownWeek) => week.timeToFirstReview.p50,
        isFirm: ({ week }: ShownWeek) => week.timeToFirstReview.n >= FEWEST_VALUES,
      },
    ],
    ['merged', 'reading.pullRequests', { of: ({ week }: ShownWeek) => week.merged, isFirm: () => isEnough }],
    [
      'unreviewed_merge_rate',
      'reading.ofMerges',
      {
        of: ({ week }: ShownWeek) => week.unreviewed.value,
        isFirm: ({ week }: ShownWeek) => week.unreviewed.n >= FEWEST_VALUES,
      },
    ],
  ] as const;
  const whyNoOpen = whyNoOpenWork(overview, language);
  const read = (reading: string): string =>
    isPartial(overview) ? t('reading.partial', { reading }) : reading;
  return (
    <div className="tiles tiles-compact" aria-busy={isStale}>
      {metrics.map(([metric, reading, spark]) => (
        <FigureTile
          key={metric}
          name={t(`metricName.${metric}`)}
          reading={read(t(reading))}
          figure={figures[metric]}
          why={whyNoValue(metric, overview, language)}
          change={changeOfMetric(metric, overview, language)}
        >
          <Sparkline weeks={weeks} {...spark} />
        </FigureTile>
      ))}
      <FigureTile
        name={t('panel.openNow')}
        reading={read(t('reading.open'))}
        figure={{ unit: 'count', n: work.pullRequests.length, value: work.pullRequests.length }}
        why={whyNoOpen}
        change={null}
        {...(whyNoOpen === null ? { meaning: openMeaning(overview, language) } : {})}
      >
        <Sparkline weeks={weeks} of={({ week }) => week.openAtEnd} isFirm={() => true} />
      </FigureTile>
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
