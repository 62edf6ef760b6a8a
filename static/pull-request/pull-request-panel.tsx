/** The panel on a pull request: its timeline, on whom it waits, where it stands among the last merges, its pipelines. */
import type { ReactElement } from 'react';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { useLanguage } from '../shared/language';
import { FailedState, LoadingState, MessageState } from '../shared/states';
import { useAnswer } from '../shared/use-answer';
import { usePersonNames } from '../shared/use-person-names';
import { stateName, stateSentence } from '../view-model/pull-request-timeline';
import { PipelinesSection } from './pipelines-section';
import './pull-request-panel.css';
import { ReminderNotice } from './reminder-notice';
import { StandingSection } from './standing-section';
import { TimelineSection } from './timeline-section';
import { WaitingSection } from './waiting-section';

export function PullRequestPanel(): ReactElement {
  const { t } = useLanguage();
  const [state, again] = useAnswer('pullRequest', {});
  switch (state.kind) {
    case 'loading':
      return <LoadingState />;
    case 'failed':
      return state.cause === 'nothing-yet' ? (
        <MessageState title={t('pullRequestPanel.notYetTitle')}>
          <p>{t('pullRequestPanel.notYet')}</p>
          <button type="button" className="link" onClick={again}>
            {t('pullRequestPanel.lookAgain')}
          </button>
        </MessageState>
      ) : (
        <FailedState
          title={t('pullRequestPanel.failed')}
          message={t(`failure.${state.cause}`)}
          onRetry={again}
        />
      );
    case 'ready':
      return <Report report={state.data} />;
  }
}

function Report({ report }: { readonly report: PullRequestReport }): ReactElement {
  const language = useLanguage();
  const { waiting, id } = report;
  const awaited = waiting === null ? [] : [...waiting.people, ...waiting.alsoDue];
  const names = usePersonNames(awaited.map(({ personId }) => ({ personId, pullRequest: id })));
  return (
    <div className="pull-request">
      <p className="pull-request-state">
        <span className="mark">{stateName(report, language)}</span> {stateSentence(report, language)}
      </p>
      <ReminderNotice report={report} names={names} />
      <TimelineSection report={report} />
      <div className="pull-request-parts">
        <WaitingSection report={report} names={names} />
        <StandingSection report={report} />
        <PipelinesSection report={report} />
      </div>
    </div>
  );
}
