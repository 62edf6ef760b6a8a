/** Open work: how much in which phase, and the oldest with on whom they wait. */
import type { ReactElement } from 'react';
import type { RepositoryOverview } from '../../src/views/contract';
import { PhaseBars } from '../charts/phase-bars';
import { useViewer } from '../shared/viewer';
import { duration, instant } from '../view-model/format';
import { openRow, openSentences } from '../view-model/open-work';
import { PullRequestName } from './pull-request-name';
import { useTitles } from './use-titles';

const OLDEST = 15;

export function OpenWork({ overview }: { readonly overview: RepositoryOverview }): ReactElement {
  const { locale, timeZone } = useViewer();
  const { workInProgress: work } = overview;
  const shown = work.pullRequests.slice(0, OLDEST);
  const titles = useTitles(shown.map(({ id }) => id));
  const total = work.pullRequests.length;
  return (
    <section className="card" aria-labelledby="open-work-title">
      <h2 id="open-work-title">Open work now</h2>
      <p className="card-sentence">{openSentences(overview, locale)}</p>
      {total > 0 && (
        <div className="open-work">
          <PhaseBars work={work} />
          <div className="scroll" tabIndex={0} role="region" aria-label="Oldest open pull requests">
            <table>
              <caption className="table-caption">
                {total > OLDEST ? `The ${OLDEST} oldest of ${total}` : 'All, oldest first'}
              </caption>
              <thead>
                <tr>
                  <th scope="col">Pull request</th>
                  <th scope="col">Age</th>
                  <th scope="col">Phase</th>
                  <th scope="col">Waits on</th>
                  <th scope="col">No activity for</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((each) => {
                  const { phase, waitsOn, idle } = openRow(each, locale);
                  return (
                    <tr key={each.id}>
                      <th scope="row">
                        <PullRequestName id={each.id} link={titles.get(each.id)} />
                      </th>
                      <td title={`Opened ${instant(each.openedAt, locale, timeZone)}`}>
                        {duration(each.ageSeconds, locale)}{' '}
                        {each.overP85 && <span className="mark mark-warning">over 85th</span>}
                      </td>
                      <td>{phase}</td>
                      <td className={each.activityRead ? undefined : 'quiet'}>{waitsOn}</td>
                      <td className={each.activityRead ? undefined : 'quiet'}>
                        {idle} {each.stale && <span className="mark">stale</span>}
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
