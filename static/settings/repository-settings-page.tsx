/** A repository's settings: how far its import is, what it computes otherwise than the workspace, and what was changed. */
import type { ReactElement } from 'react';
import type {
  RepositorySettingsChange,
  RepositorySettingsReport,
} from '../../src/views/reports/settings-report';
import { call } from '../api';
import { DataReport } from '../page/data-report';
import { useLanguage } from '../shared/language';
import { FailedState, LoadingState, MessageState } from '../shared/states';
import { AuditSection } from './audit-section';
import { FigureRulesSection } from './figure-rules-section';
import { SettingsSection } from './settings-section';
import { TakesPartSection } from './takes-part-section';
import { useSettings, type SaveSettings, type SettingsCalls } from './use-settings';
import './settings.css';

const CALLS: SettingsCalls<RepositorySettingsReport, RepositorySettingsChange> = {
  read: () => call('repositorySettings', {}),
  change: (change) => call('changeRepositorySettings', { change }),
};

export function RepositorySettingsPage(): ReactElement {
  const { t } = useLanguage();
  const [state, again, save] = useSettings(CALLS);
  return (
    <main className="page settings">
      <h1>{t('settings.repositoryTitle')}</h1>
      {state.kind === 'loading' && <LoadingState />}
      {state.kind === 'failed' &&
        (state.cause === 'not-allowed' ? (
          <MessageState title={t('settings.forAdmins')}>
            <p>{t('settings.repositoryAdmins')}</p>
          </MessageState>
        ) : (
          <FailedState
            title={t('settings.notLoaded')}
            message={t(`failure.${state.cause}`)}
            onRetry={again}
          />
        ))}
      {state.kind === 'ready' && <Settings settings={state.data} onSave={save} />}
    </main>
  );
}

function Settings({
  settings,
  onSave,
}: {
  readonly settings: RepositorySettingsReport;
  readonly onSave: SaveSettings<RepositorySettingsChange>;
}): ReactElement {
  const { t } = useLanguage();
  const { asOf, takesPart, figures, environmentIds } = settings;
  return (
    <>
      <p className="quiet">{t('settings.ofWorkspace')}</p>
      {takesPart && (
        <SettingsSection title={t('settings.import')} about={t('settings.importAbout')}>
          <DataReport />
        </SettingsSection>
      )}
      <TakesPartSection takesPart={takesPart} onSave={onSave} />
      <FigureRulesSection
        place="repository"
        state={figures}
        environmentIds={environmentIds}
        onSave={(values) => onSave({ kind: 'figures', values })}
      />
      {/* Asked for anew after a change. */}
      <AuditSection key={asOf} place="repository" />
    </>
  );
}
