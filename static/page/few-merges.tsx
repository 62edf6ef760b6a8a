/** In place of the trend where a window has too few merges for one: each merge as a point and in a list. */
import type { ReactElement } from 'react';
import type { RepositoryOverview } from '../../src/views/contract';
import { ValueDots, type TimedValue } from '../charts/value-dots';
import { Answered } from '../shared/answered';
import { useLanguage } from '../shared/language';
import { useQuery } from '../shared/query';
import { useAnswer } from '../shared/use-answer';
import { FEWEST_VALUES } from '../view-model/fewest-values';
import { duration, exactDuration, instant } from '../view-model/format';
import { isPartial } from '../view-model/window-coverage';
import { PullRequestName } from './pull-request-name';
import { useTitles } from './use-titles';

export function FewMerges({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { t } = useLanguage();
  const { window, figures } = overview;
  const query = useQuery();
  const [state, again] = useAnswer('explain', { query, figure: 'time_to_merge' });
  return (
    <section className="card" aria-labelledby="few-merges-title">
      <h2 id="few-merges-title">{t('metricName.time_to_merge')}</h2>
      <p className="card-sentence">
        {t('fewMerges.sentence', {
          count: figures.time_to_merge.n,
          read: isPartial(overview) ? 'part' : 'whole',
          fewest: FEWEST_VALUES,
        })}
      </p>
      <Answered state={state} loading={t('loading.merges')} title={t('trouble.merges')} onRetry={again}>
        {({ items }) => (
          <Merges
            window={window}
            values={items.map(({ id, value, instants }) => ({
              id: Number(id),
              seconds: value,
              at: instants.at(-1)?.at ?? window.to,
            }))}
          />
        )}
      </Answered>
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
  const language = useLanguage();
  const { t } = language;
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
              <span title={exactDuration(seconds, language)}>
                {t('fewMerges.took', { duration: duration(seconds, language) })}
              </span>
              , <span className="quiet">{t('fewMerges.merged', { instant: instant(at, language) })}</span>
            </li>
          ))}
      </ul>
    </>
  );
}
