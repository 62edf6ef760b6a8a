/** Open work: how much in which phase, and the oldest with on whom they wait. */
import type { ReactElement } from 'react';
import type { RepositoryOverview } from '../../src/views/contract';
import { PhaseBars } from '../charts/phase-bars';
import { useLanguage } from '../shared/language';
import { duration, instant } from '../view-model/format';
import { openRow, openSentences } from '../view-model/open-work';
import { PullRequestName } from './pull-request-name';
import { useTitles } from './use-titles';

const OLDEST = 15;

const COLUMNS = ['pullRequest', 'age', 'phase', 'waitsOn', 'idle'] as const;

export function OpenWork({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { workInProgress: work } = overview;
  const shown = work.pullRequests.slice(0, OLDEST);
  const titles = useTitles(shown.map(({ id }) => id));
  const total = work.pullRequests.length;
  return (
    <section className="card" aria-labelledby="open-work-title">
      <h2 id="open-work-title">{t('openWork.title')}</h2>
      <p className="card-sentence">{openSentences(overview, language)}</p>
      {total > 0 && (
        <div className="open-work">
          <PhaseBars work={work} />
          <div className="scroll" tabIndex={0} role="region" aria-label={t('openWork.region')}>
            <table>
              <caption className="table-caption">
                {total > OLDEST ? t('openWork.oldest', { shown: OLDEST, all: total }) : t('openWork.all')}
              </caption>
              <thead>
                <tr>
                  {COLUMNS.map((column) => (
                    <th key={column} scope="col">
                      {t(`column.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((each) => {
                  const { phase, waitsOn, idle } = openRow(each, language);
                  return (
                    <tr key={each.id}>
                      <th scope="row">
                        <PullRequestName id={each.id} link={titles.get(each.id)} />
                      </th>
                      <td title={t('openWork.opened', { instant: instant(each.openedAt, language) })}>
                        {duration(each.ageSeconds, language)}{' '}
                        {each.overP85 && <span className="mark mark-warning">{t('openWork.overP85')}</span>}
                      </td>
                      <td>{phase}</td>
                      <td className={each.activityRead ? undefined : 'quiet'}>{waitsOn}</td>
                      <td className={each.activityRead ? undefined : 'quiet'}>
                        {idle} {each.stale && <span className="mark">{t('openWork.stale')}</span>}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  );
}
