/** In place of the trend where a window has too few merges for one: each merge as a point and in a list. */
import type { ReactElement } from 'react';
import type { RepositoryOverview } from '../../src/views/contract';
import { ValueDots, type TimedValue } from '../charts/value-dots';
import { FailedState } from '../shared/states';
import { useQuery } from '../shared/query';
import { useAnswer } from '../shared/use-answer';
import { useViewer } from '../shared/viewer';
import { FEWEST_VALUES } from '../view-model/fewest-values';
import { counted, duration, exactDuration, instant } from '../view-model/format';
import { isPartial } from '../view-model/window-coverage';
import { PullRequestName } from './pull-request-name';
import { useTitles } from './use-titles';

export function FewMerges({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { locale } = useViewer();
  const { window, figures } = overview;
  const query = useQuery();
  const [state, again] = useAnswer('explain', { query, metric: 'time_to_merge' });
  const { n } = figures.time_to_merge;
  return (
    <section className="card" aria-labelledby="few-merges-title">
      <h2 id="few-merges-title">Time to merge</h2>
      <p className="card-sentence">
        {`${counted(n, 'pull request', locale)} merged in this window${isPartial(overview) ? ' and read so far' : ''}: fewer than ${FEWEST_VALUES} are no trend, so here they are one by one.`}
      </p>
      {state.kind === 'loading' && <p role="status">Loading the merges…</p>}
      {state.kind === 'failed' && (
        <FailedState title="The merges could not be listed" message={state.message} onRetry={again} />
      )}
      {state.kind === 'ready' && (
        <Merges
          window={window}
          values={state.data.pullRequests.map(({ id, value, instants }) => ({
            id,
            seconds: value,
            at: instants.at(-1)?.at ?? window.to,
          }))}
        />
      )}
    </section>
  );
}

function Merges({
  window,
  values,
}: {
  readonly window: RepositoryOverview['window'];
  readonly values: readonly TimedValue[];
}): ReactElement {
  const { locale, timeZone } = useViewer();
  const titles = useTitles(values.map(({ id }) => id));
  return (
    <>
      <ValueDots values={values} window={window} />
      <ul className="values">
        {values
          .toSorted((a, b) => b.at - a.at)
          .map(({ id, at, seconds }) => (
            <li key={id}>
              <PullRequestName id={id} link={titles.get(id)} />{' '}
              <span title={exactDuration(seconds)}>took {duration(seconds, locale)}</span>,{' '}
              <span className="quiet">merged {instant(at, locale, timeZone)}</span>
            </li>
          ))}
      </ul>
    </>
  );
}
