/** The first tab of the workspace's settings: how the connection is, what the app may read, and what was given up. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { FailedState } from '../shared/states';
import { ConnectionSection } from './connection-section';
import { GivenUpSection } from './given-up-section';
import { PermissionsSection } from './permissions-section';
import { SelfReportSection } from './self-report-section';
import { useConnection } from './use-connection';

export function ConnectionTab(): ReactElement {
  const { t } = useLanguage();
  const [state, again, show] = useConnection();
  switch (state.kind) {
    case 'loading':
      return <p role="status">{t('loading.part')}</p>;
    case 'failed':
      return (
        <FailedState
          title={t('connection.notLoaded')}
          message={t(`failure.${state.cause}`)}
          onRetry={again}
        />
      );
    case 'ready':
      return (
        <>
          {state.trouble !== null && (
            <div className="notice notice-warning" role="status">
              <p>{t('trouble.outdated', { cause: t(`failure.${state.trouble}`) })}</p>
            </div>
          )}
          <ConnectionSection report={state.report} />
          <PermissionsSection scopes={state.report.scopes} onChecked={show} />
          <GivenUpSection count={state.report.deadLetters} onReplayed={again} />
          <SelfReportSection />
        </>
      );
  }
}
