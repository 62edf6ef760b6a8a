/** The pipelines that ran for one pull request. */
import { useId, type ReactElement } from 'react';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { useLanguage } from '../shared/language';
import { pipelineCaption, pipelineRows, pipelineSentences } from '../view-model/pull-request-pipelines';

export function PipelinesSection({ report }: { readonly report: PullRequestReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const titleId = useId();
  const rows = pipelineRows(report, language);
  return (
    <section className="card pull-request-wide" aria-labelledby={titleId}>
      <h2 id={titleId}>{t('pullRequestPanel.pipelinesTitle')}</h2>
      {pipelineSentences(report, language).map((sentence) => (
        <p key={sentence} className="card-sentence">
          {sentence}
        </p>
      ))}
      {rows.length > 0 && (
        <div className="scroll" tabIndex={0} role="region" aria-labelledby={titleId}>
          <table>
            <caption className="table-caption">{pipelineCaption(report, language)}</caption>
            <thead>
              <tr>
                <th scope="col">{t('pullRequestPanel.columnRun')}</th>
                <th scope="col">{t('pullRequestPanel.columnResult')}</th>
                <th scope="col">{t('pullRequestPanel.columnTook')}</th>
                <th scope="col">{t('pullRequestPanel.columnQueued')}</th>
                <th scope="col">{t('pullRequestPanel.columnBegan')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ number, result, isFailure, took, queued, began }) => (
                <tr key={number}>
                  <th scope="row">#{number}</th>
                  <td>{isFailure ? <span className="mark mark-warning">{result}</span> : result}</td>
                  <td>{took}</td>
                  <td>{queued}</td>
                  <td>{began}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
