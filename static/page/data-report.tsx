/** How far the import is, of this repository and of the workspace: what is read of what, and what it costs. */
import type { ReactElement } from 'react';
import type { ProgressReport } from '../../src/views/contract';
import { useLanguage } from '../shared/language';
import { FailedState } from '../shared/states';
import { POLL_SECONDS } from '../shared/use-report';
import { instant } from '../view-model/format';
import {
  countedText,
  isUnderWay,
  licenceSentence,
  partRow,
  repositoryLines,
  workspaceLines,
  type PartRow,
  type ProgressLine,
} from '../view-model/progress';
import './data-report.css';
import { ImportAgain } from './import-again';
import { LevelBar } from './level-bar';
import { useProgress } from './use-progress';

export function DataReport(): ReactElement {
  const { t } = useLanguage();
  const [state, again, look] = useProgress();
  switch (state.kind) {
    case 'loading':
      return <p role="status">{t('loading.progress')}</p>;
    case 'failed':
      return (
        <FailedState title={t('trouble.progress')} message={t(`failure.${state.cause}`)} onRetry={again} />
      );
    case 'ready':
      return (
        <>
          {state.trouble !== null && (
            <div className="notice notice-warning" role="status">
              <p>{t('trouble.outdated', { cause: t(`failure.${state.trouble}`) })}</p>
            </div>
          )}
          <Report report={state.report} />
          <ImportAgain onBegun={look} />
        </>
      );
  }
}

function Report({ report }: { readonly report: ProgressReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { parts } = report.repository;
  const unlicensed = licenceSentence(report, language);
  const counted = countedText({ asOf: report.asOf, countedAt: report.workspace.countedAt }, language);
  return (
    <>
      {unlicensed !== null && (
        <div className="notice notice-warning" role="status">
          <p>{unlicensed}</p>
        </div>
      )}
      <h3>{t('data.repository')}</h3>
      {parts.length === 0 ? (
        <p className="quiet">{t('data.nothingYet')}</p>
      ) : (
        <Parts rows={parts.map((part) => partRow(part, language))} />
      )}
      <Lines lines={repositoryLines(report, language)} />
      <h3>{t('data.workspace')}</h3>
      <p className="quiet">{t('data.sharedBudget')}</p>
      <Lines lines={workspaceLines(report, language)} />
      <p className="quiet">
        {t('data.asOf', { instant: instant(report.asOf, language) })}
        {counted !== null && ` ${counted}`}
        {isUnderWay(report) && ` ${t('data.lookedAtAgain', { seconds: POLL_SECONDS })}`}
      </p>
    </>
  );
}

function Parts({ rows }: { readonly rows: readonly PartRow[] }): ReactElement {
  const { t } = useLanguage();
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t('data.region')}>
      <table className="parts">
        <thead>
          <tr>
            <th scope="col">{t('column.part')}</th>
            <th scope="col">{t('column.state')}</th>
            <th scope="col">{t('column.read')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, meaning, state, isTrouble, reason, count, level }) => (
            <tr key={name}>
              <th scope="row">
                {name}
                <div className="quiet">{meaning}</div>
              </th>
              <td>
                <span className={isTrouble ? 'mark mark-warning' : 'mark'}>{state}</span>
                {reason !== null && <div className="quiet">{reason}</div>}
              </td>
              <td>
                {count}
                <LevelBar
                  role="progressbar"
                  name={t('data.partRead', { part: name })}
                  level={level}
                  text={count}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Numbers, each with a sentence that says what it means. */
export function Lines({ lines }: { readonly lines: readonly ProgressLine[] }): ReactElement {
  return (
    <dl className="lines">
      {lines.map(({ name, value, exact, meaning, level }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className="line-value">{value}</span>
            {exact !== null && <span className="quiet"> {exact}</span>}
            {level !== null && <LevelBar role="meter" name={name} level={level} text={value} />}
            <p className="line-meaning">{meaning}</p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
