/** Open work: how much in which phase, and the oldest with on whom they wait. */
import { useEffect, useState, type ReactElement } from 'react';
import type { WorkInProgress } from '../../src/metrics/figures';
import { readTitles, type PullRequestLink } from '../api';
import { PhaseBars } from '../charts/phase-bars';
import { useViewer } from '../shared/viewer';
import { PHASE_TEXTS } from '../texts';
import { duration } from '../view-model/format';
import { PullRequestName } from './explained-list';

const OLDEST = 15;

export function OpenWork({ work }: { readonly work: WorkInProgress }): ReactElement {
  const { locale, workspaceUuid, repositoryUuid } = useViewer();
  const [titles, setTitles] = useState<ReadonlyMap<number, PullRequestLink>>(new Map());
  const shown = work.pullRequests.slice(0, OLDEST);
  const wanted = shown.map(({ id }) => id).join(',');
  useEffect(() => {
    let active = true;
    const ids = wanted === '' ? [] : wanted.split(',').map(Number);
    void readTitles(workspaceUuid, repositoryUuid, ids).then((read) => active && setTitles(read));
    return () => {
      active = false;
    };
  }, [wanted, workspaceUuid, repositoryUuid]);

  const total = work.pullRequests.length;
  return (
    <section className="card" aria-labelledby="open-work-title">
      <h2 id="open-work-title">Open work now</h2>
      <p className="card-sentence">
        {total === 0
          ? 'Nothing is open.'
          : `${total} pull requests are open; ${work.stale} had no activity for a week.`}
        {work.p85Seconds !== null &&
          total > 0 &&
          ` ${work.overP85} are older than ${duration(work.p85Seconds, locale)}, within which 85 % of the merges of the last 180 days came.`}
      </p>
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
                {shown.map((each) => (
                  <tr key={each.id}>
                    <th scope="row">
                      <PullRequestName id={each.id} link={titles.get(each.id)} />
                    </th>
                    <td>
                      {duration(each.ageSeconds, locale)}{' '}
                      {each.overP85 && <span className="mark mark-warning">over 85th</span>}
                    </td>
                    <td>{PHASE_TEXTS[each.phase]}</td>
                    <td>{each.waitingOn === 'author' ? 'the author' : 'reviewers'}</td>
                    <td>
                      {duration(each.idleSeconds, locale)} {each.stale && <span className="mark">stale</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      )}
    </section>
  );
}
