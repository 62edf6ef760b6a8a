/** The tab Work in progress: what is open and on whom it waits, how that built up, and what becomes of it. */
import type { ComponentType, ReactElement } from 'react';
import type { OpenWorkReport } from '../../../src/views/reports/open-work-report';
import { PhaseBars } from '../../charts/phase-bars';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import { importNote, openNotes, openSummary } from '../../view-model/open-list';
import { LazySection } from '../lazy-section';
import { FlowCard } from './flow-card';
import { OpenTable } from './open-table';
import './open-work.css';

export function OpenWorkTab(): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('openWork', { query });
  return (
    <Answered state={state} onRetry={again}>
      {(report, isStale) => <OpenWorkScreen report={report} isStale={isStale} />}
    </Answered>
  );
}

function OpenWorkScreen({
  report,
  isStale,
}: {
  readonly report: OpenWorkReport;
  readonly isStale: boolean;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const part = importNote(report, language);
  const isOpen = report.pullRequests.length > 0;
  return (
    <div className="open-work-tab" aria-busy={isStale}>
      {part !== null && (
        <div className="notice notice-information" role="status">
          <p>{part}</p>
        </div>
      )}
      <div className="open-now">
        <section className="card" aria-labelledby="open-now-title">
          <h2 id="open-now-title">{t('openWork.title')}</h2>
          <p className="card-sentence">{openSummary(report, language)}</p>
          {isOpen && <PhaseBars work={report} />}
          {openNotes(report, language).map((note) => (
            <p key={note} className="quiet">
              {note}
            </p>
          ))}
        </section>
        <FlowCard key={`${report.window.from}/${report.window.to}`} report={report} />
      </div>
      {isOpen && <OpenTable report={report} />}
      <Calibration />
    </div>
  );
}

/** Long to compute, so asked for when it is opened. */
function Calibration(): ReactElement {
  const { t } = useLanguage();
  return <LazySection title={t('calibration.title')} about={t('calibration.about')} load={loadCalibration} />;
}

const loadCalibration = async (): Promise<ComponentType> =>
  (await import('./calibration-report')).CalibrationReport;
