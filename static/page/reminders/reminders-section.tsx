/** Above the figures: the viewer's day, and what waits longer than usual. */
import { useId, type ReactElement } from 'react';
import type { RemindersReport } from '../../../src/views/reports/reminders-report';
import { useLanguage } from '../../shared/language';
import { FailedState } from '../../shared/states';
import { useAnswer } from '../../shared/use-answer';
import { lateSummary } from '../../view-model/reminders';
import { Day } from './day';
import { LateList } from './late-list';
import './reminders.css';

export function RemindersSection(): ReactElement {
  const { t, timeZone } = useLanguage();
  const [state, again] = useAnswer('reminders', { timeZone });
  switch (state.kind) {
    case 'loading':
      return (
        <p role="status" className="quiet">
          {t('reminders.loading')}
        </p>
      );
    case 'failed':
      return (
        <FailedState title={t('reminders.failed')} message={t(`failure.${state.cause}`)} onRetry={again} />
      );
    case 'ready':
      return <Reminders report={state.data} />;
  }
}

function Reminders({ report }: { readonly report: RemindersReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const titleId = useId();
  return (
    <div className="reminders">
      <Day digest={report.digest} since={report.digestSince} />
      <details className="card disclosure">
        <summary>
          <h2 id={titleId}>{t('reminders.lateTitle')}</h2>
          <span className="quiet">{lateSummary(report, language)}</span>
        </summary>
        <LateList report={report} titleId={titleId} />
      </details>
    </div>
  );
}
