/** Has the window read again from Bitbucket, and lists every difference from what the store held. */
import Button from '@atlaskit/button/new';
import type { ReactElement } from 'react';
import type { RecountReport, ReportedDifference } from '../../../src/views/reports/recount-report';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { FailedState } from '../../shared/states';
import { differenceTexts, isRecounting, recountLevel, recountSentences } from '../../view-model/recount';
import { LevelBar } from '../level-bar';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';
import { useRecount, type RecountOutcome } from './use-recount';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 20;

export function RecountSection(): ReactElement {
  const { t } = useLanguage();
  const { state, outcome, isAsking, begin, look } = useRecount();
  const isRunning = state.kind === 'ready' && isRecounting(state.report);
  return (
    <>
      <p className="card-sentence">{t('recount.whatItDoes')}</p>
      <Button isDisabled={isAsking || isRunning} onClick={begin}>
        {t('recount.begin')}
      </Button>
      <Outcome outcome={outcome} isRunning={isRunning} />
      {state.kind === 'loading' && <p role="status">{t('loading.part')}</p>}
      {state.kind === 'failed' && <FailedState message={t(`failure.${state.cause}`)} onRetry={look} />}
      {state.kind === 'ready' && <Progress report={state.report} />}
    </>
  );
}

/** What the press came to; that a recount began says nothing more once it is over. */
function Outcome({
  outcome,
  isRunning,
}: {
  readonly outcome: RecountOutcome;
  readonly isRunning: boolean;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <p role="status">
      {outcome?.kind === 'answered' &&
        (outcome.outcome !== 'begun' || isRunning) &&
        t(`recountOutcome.${outcome.outcome}`)}
      {outcome?.kind === 'failed' && t(`failure.${outcome.cause}`)}
    </p>
  );
}

function Progress({ report }: { readonly report: RecountReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { recount } = report;
  const sentences = recountSentences(report, language);
  return (
    <>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {recount !== null && isRecounting(report) && (
        <LevelBar
          role="progressbar"
          name={t('recount.title')}
          level={recountLevel(recount)}
          text={sentences.join(' ')}
        />
      )}
      {recount !== null && recount.differences.length > 0 && (
        <Differences differences={recount.differences} />
      )}
    </>
  );
}

function Differences({ differences }: { readonly differences: readonly ReportedDifference[] }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const pages = usePages(differences, ROWS_A_PAGE);
  const rows = pages.shown;
  const titles = useTitles([...new Set(rows.map(({ pullRequest }) => pullRequest))]);
  return (
    <>
      <p className="quiet">{t('recount.factNames')}</p>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('recount.region')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('column.pullRequest')}</th>
              <th scope="col">{t('recount.columnFact')}</th>
              <th scope="col">{t('recount.columnBefore')}</th>
              <th scope="col">{t('recount.columnAfter')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((difference) => {
              const { pullRequest, fact } = difference;
              const { before, after } = differenceTexts(difference, language);
              return (
                <tr key={`${pullRequest}:${fact}`}>
                  <th scope="row">
                    <PullRequestName id={pullRequest} link={titles.get(pullRequest)} />
                  </th>
                  <td>
                    <code>{fact}</code>
                  </td>
                  <td>{before}</td>
                  <td>{after}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} />
    </>
  );
}
