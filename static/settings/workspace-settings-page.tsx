/** The workspace's settings: the connection, the data, how figures are computed, people, and what was changed. */
import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import type { ReactElement, ReactNode } from 'react';
import type {
  WorkspaceSettingsChange,
  WorkspaceSettingsReport,
} from '../../src/views/reports/settings-report';
import { call } from '../api';
import { useLanguage } from '../shared/language';
import { FailedState, LoadingState, MessageState } from '../shared/states';
import { AuditSection } from './audit-section';
import { ConnectionTab } from './connection-tab';
import { DataTab } from './data-tab';
import { ErasureSection } from './erasure-section';
import { FigureRulesSection } from './figure-rules-section';
import { PeopleTab } from './people-tab';
import { useSettings, type SaveSettings, type SettingsCalls } from './use-settings';
import './settings.css';

const CALLS: SettingsCalls<WorkspaceSettingsReport, WorkspaceSettingsChange> = {
  read: () => call('workspaceSettings', {}),
  change: (change) => call('changeWorkspaceSettings', { change }),
};

export function WorkspaceSettingsPage(): ReactElement {
  const { t } = useLanguage();
  const [state, again, save] = useSettings(CALLS);
  return (
    <main className="page settings">
      <h1>{t('settings.workspaceTitle')}</h1>
      {state.kind === 'loading' && <LoadingState />}
      {state.kind === 'failed' && state.cause === 'not-allowed' && (
        <MessageState title={t('settings.forAdmins')}>
          <p>{t('settings.workspaceAdmins')}</p>
        </MessageState>
      )}
      {state.kind === 'failed' && state.cause === 'disconnected' && (
        // Nothing is left to be set; only what was erased, and how to begin again.
        <ErasureSection onChanged={again} />
      )}
      {state.kind === 'failed' && state.cause !== 'not-allowed' && state.cause !== 'disconnected' && (
        <FailedState title={t('settings.notLoaded')} message={t(`failure.${state.cause}`)} onRetry={again} />
      )}
      {state.kind === 'ready' && <Settings settings={state.data} onSave={save} onErasure={again} />}
    </main>
  );
}

function Settings({
  settings,
  onSave,
  onErasure,
}: {
  readonly settings: WorkspaceSettingsReport;
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
  readonly onErasure: () => void;
}): ReactElement {
  const { t } = useLanguage();
  const panels: Readonly<Record<SettingsTab, ReactNode>> = {
    connection: <ConnectionTab />,
    data: <DataTab settings={settings} onSave={onSave} onErasure={onErasure} />,
    figures: (
      <FigureRulesSection
        place="workspace"
        state={settings.figures}
        onSave={(values) => onSave({ kind: 'figures', values })}
      />
    ),
    people: <PeopleTab settings={settings} onSave={onSave} />,
    changes: <AuditSection place="workspace" />,
  };
  return (
    // Each tab asks anew when it is opened: a change on one is listed on another.
    <Tabs id="settings" shouldUnmountTabPanelOnChange>
      <TabList>
        {SETTINGS_TABS.map((tab) => (
          <Tab key={tab}>{t(`settingsTab.${tab}`)}</Tab>
        ))}
      </TabList>
      {SETTINGS_TABS.map((tab) => (
        <TabPanel key={tab}>
          <div className="tab-content">{panels[tab]}</div>
        </TabPanel>
      ))}
    </Tabs>
  );
}

const SETTINGS_TABS = ['connection', 'data', 'figures', 'people', 'changes'] as const;
type SettingsTab = (typeof SETTINGS_TABS)[number];
