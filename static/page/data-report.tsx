/** How far the import is, of this repository and of the workspace: what is read of what, and what it costs. */
import type { ReactElement } from 'react';
import type { ProgressReport } from '../../src/views/contract';
import { FailedState } from '../shared/states';
import { useViewer } from '../shared/viewer';
import { instant } from '../view-model/format';
import {
  isUnderWay,
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
  const [state, again, look] = useProgress();
  switch (state.kind) {
    case 'loading':
      return <p role="status">Loading the progress…</p>;
    case 'failed':
      return <FailedState title="The progress could not be shown" message={state.message} onRetry={again} />;
    case 'ready':
      return (
        <>
          {state.trouble !== null && (
            <div className="notice notice-warning" role="status">
              <p>This may be out of date: {state.trouble}</p>
            </div>
          )}
          <Report report={state.report} />
          <ImportAgain onBegun={look} />
        </>
      );
  }
}

function Report({ report }: { readonly report: ProgressReport }): ReactElement {
  const { locale, timeZone } = useViewer();
  const { parts } = report.repository;
  return (
    <>
      <h3>This repository</h3>
      {parts.length === 0 ? (
        <p className="quiet">Nothing of this repository is read yet. Its import begins within minutes.</p>
      ) : (
        <Parts rows={parts.map((part) => partRow(part, locale))} />
      )}
      <Lines lines={repositoryLines(report, locale, timeZone)} />
      <h3>The whole workspace</h3>
      <p className="quiet">
        All repositories share one budget of requests. Of others only numbers are shown.
      </p>
      <Lines lines={workspaceLines(report, locale, timeZone)} />
      <p className="quiet">
        As of {instant(report.asOf, locale, timeZone)}.
        {isUnderWay(report) && ' Looked at again every 10 seconds while this is open.'}
      </p>
    </>
  );
}

function Parts({ rows }: { readonly rows: readonly PartRow[] }): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="What is read of this repository">
      <table className="parts">
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">State</th>
            <th scope="col">Read</th>
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
                <LevelBar role="progressbar" name={`${name} read`} level={level} text={count} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly ProgressLine[] }): ReactElement {
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
