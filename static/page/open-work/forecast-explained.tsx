/** What the chances of one pull request were made from: the others that had waited as long, and what became of them. */
import type { ReactElement } from 'react';
import type { ForecastExplanation } from '../../../src/views/reports/open-work-report';
import { DataTable } from '../../charts/chart-card';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import { comparedText, forecastSentences, horizonRows, sortedCompared } from '../../view-model/forecast';
import { instant } from '../../view-model/format';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';
import { ExplainedPanel } from './explained-panel';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 20;

export function ForecastExplained({
  pullRequest,
  onClose,
}: {
  readonly pullRequest: number;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const query = useQuery();
  const [state, again] = useAnswer('explainForecast', { query, pullRequest });
  return (
    <ExplainedPanel title={t('forecast.title', { id: String(pullRequest) })} onClose={onClose}>
      <Answered state={state} loading={t('loading.pullRequests')} onRetry={again}>
        {(explanation) => <Explanation explanation={explanation} />}
      </Answered>
    </ExplainedPanel>
  );
}

function Explanation({ explanation }: { readonly explanation: ForecastExplanation }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const hasUndecided = explanation.horizons.some(({ undecided }) => undecided > 0);
  return (
    <>
      {forecastSentences(explanation, language).map((sentence) => (
        <p key={sentence} className="card-sentence">
          {sentence}
        </p>
      ))}
      <DataTable
        caption={t('forecast.columnMoments')}
        table={{
          columns: [
            t('forecast.columnWithin'),
            t('forecast.columnChance'),
            t('forecast.columnMoments'),
            t('forecast.columnInTime'),
            t('forecast.columnUndecided'),
            t('forecast.columnNotInTime'),
          ],
          rows: horizonRows(explanation, language),
        }}
      />
      {hasUndecided && <p className="quiet">{t('forecast.estimate')}</p>}
      <Compared explanation={explanation} />
    </>
  );
}

function Compared({ explanation }: { readonly explanation: ForecastExplanation }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const pages = usePages(sortedCompared(explanation), ROWS_A_PAGE);
  const rows = pages.shown;
  const titles = useTitles(rows.map(({ id }) => id));
  return (
    <>
      <div className="scroll compared" tabIndex={0} role="region" aria-label={t('forecast.region')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('column.pullRequest')}</th>
              <th scope="col">{t('forecast.columnWaited')}</th>
              <th scope="col">{t('forecast.columnOutcome')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((compared) => (
              <tr key={compared.id}>
                <th scope="row">
                  <PullRequestName id={compared.id} link={titles.get(compared.id)} />
                </th>
                <td>
                  {compared.moments.map((at) => (
                    <div key={at}>{instant(at, language)}</div>
                  ))}
                </td>
                <td>{comparedText(compared, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} />
    </>
  );
}
