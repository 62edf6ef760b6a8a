/** The Custom UI's entry: asks Forge where it is, and loads the screen for that place only. */
import { view } from '@forge/bridge';
import { StrictMode, type ComponentType, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'virtual:tokens.css';
import './styles.css';
import './shared/tiles.css';
import './charts/charts.css';
import { LanguageContext, useLanguage } from './shared/language';
import { loadLanguage } from './shared/load-language';
import { readViewer, ViewerContext } from './shared/viewer';
import { MessageState } from './shared/states';

/** The screen of each type of module; only the one that is shown is loaded. */
const SCREENS: Readonly<Record<string, () => Promise<ComponentType>>> = {
  'bitbucket:repoCodeOverviewPanel': async () => (await import('./panel/repository-panel')).RepositoryPanel,
  'bitbucket:repoMainMenuPage': async () => (await import('./page/repository-page')).RepositoryPage,
  'bitbucket:repoPullRequestOverviewPanel': async () =>
    (await import('./pull-request/pull-request-panel')).PullRequestPanel,
  'bitbucket:workspaceGlobalPage': async () => (await import('./workspace/workspace-page')).WorkspacePage,
  'bitbucket:repoSettingsMenuPage': async () =>
    (await import('./settings/repository-settings-page')).RepositorySettingsPage,
  'bitbucket:workspaceSettingsMenuPage': async () =>
    (await import('./settings/workspace-settings-page')).WorkspaceSettingsPage,
};

function NoScreen(): ReactElement {
  const { t } = useLanguage();
  return <MessageState title={t('app.noScreen')} />;
}

/** What does not wait for each other is asked for at once: a reader waits for the longest, not for the sum. */
async function start(root: HTMLElement): Promise<void> {
  const [context] = await Promise.all([view.getContext(), view.theme.enable()]);
  const viewer = readViewer(context);
  const [language, Screen] = await Promise.all([
    loadLanguage(viewer.locale, viewer.timeZone),
    SCREENS[viewer.moduleType]?.() ?? NoScreen,
  ]);
  document.documentElement.lang = language.locale;
  createRoot(root).render(
    <StrictMode>
      <ViewerContext.Provider value={viewer}>
        <LanguageContext.Provider value={language}>
          <Screen />
        </LanguageContext.Provider>
      </ViewerContext.Provider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) {
  start(root).catch(() => {
    // In English: what failed may be the loading of the reader's language.
    root.textContent =
      'Throughline could not start. Reload the page; if that does not help, tell your workspace admin.';
  });
}
