/** The stages of one pull request, and the instants that they lie between. */
import { useId, type ReactElement } from 'react';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { PullRequestBar } from '../charts/pull-request-bar';
import { useLanguage } from '../shared/language';
import { instantRows, stageRows, timelineNotes, timelineSentence } from '../view-model/pull-request-timeline';

export function TimelineSection({ report }: { readonly report: PullRequestReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const titleId = useId();
  const rows = stageRows(report, language);
  return (
    <section className="card" aria-labelledby={titleId}>
      <h2 id={titleId}>{t('pullRequestPanel.timelineTitle')}</h2>
      <p className="card-sentence">{timelineSentence(report, language)}</p>
      {rows.length > 0 && <PullRequestBar rows={rows} />}
      {timelineNotes(report, language).map((note) => (
        <p key={note} className="quiet">
          {note}
        </p>
      ))}
      <details>
        <summary>{t('pullRequestPanel.instantsTitle')}</summary>
        <div className="scroll" tabIndex={0} role="region" aria-label={t('pullRequestPanel.instantsTitle')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('pullRequestPanel.columnWhat')}</th>
                <th scope="col">{t('pullRequestPanel.columnWhen')}</th>
                <th scope="col">{t('pullRequestPanel.columnSource')}</th>
              </tr>
            </thead>
            <tbody>
              {instantRows(report, language).map(({ name, at, source }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{at}</td>
                  <td className="quiet">{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  );
}
