/** The Custom UI's entry: asks Forge where it is, and loads the screen for that place only. */
import { view } from '@forge/bridge';
import { lazy, StrictMode, Suspense, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'virtual:tokens.css';
import './styles.css';
import './shared/tiles.css';
import './charts/charts.css';
import { LanguageContext, useLanguage } from './shared/language';
import { loadLanguage } from './shared/load-language';
import { readViewer, ViewerContext, type Viewer } from './shared/viewer';
import { LoadingState, MessageState } from './shared/states';

const Panel = lazy(() =>
  import('./panel/repository-panel').then((module) => ({ default: module.RepositoryPanel })),
);
const Page = lazy(() =>
  import('./page/repository-page').then((module) => ({ default: module.RepositoryPage })),
);
const PullRequestPanel = lazy(() =>
  import('./pull-request/pull-request-panel').then((module) => ({ default: module.PullRequestPanel })),
);
const Workspace = lazy(() =>
  import('./workspace/workspace-page').then((module) => ({ default: module.WorkspacePage })),
);
const RepositorySettings = lazy(() =>
  import('./settings/repository-settings-page').then((module) => ({
    default: module.RepositorySettingsPage,
  })),
);
const WorkspaceSettings = lazy(() =>
  import('./settings/workspace-settings-page').then((module) => ({ default: module.WorkspaceSettingsPage })),
);

function Screen({ viewer }: { readonly viewer: Viewer }): ReactElement {
  const { t } = useLanguage();
  switch (viewer.moduleType) {
    case 'bitbucket:repoCodeOverviewPanel':
      return <Panel />;
    case 'bitbucket:repoMainMenuPage':
      return <Page />;
    case 'bitbucket:repoPullRequestOverviewPanel':
      return <PullRequestPanel />;
    case 'bitbucket:workspaceGlobalPage':
      return <Workspace />;
    case 'bitbucket:repoSettingsMenuPage':
      return <RepositorySettings />;
    case 'bitbucket:workspaceSettingsMenuPage':
      return <WorkspaceSettings />;
    default:
      return <MessageState title={t('app.noScreen')} />;
  }
}

async function start(root: HTMLElement): Promise<void> {
  await view.theme.enable();
  const viewer = readViewer(await view.getContext());
  const language = await loadLanguage(viewer.locale, viewer.timeZone);
  document.documentElement.lang = language.locale;
  createRoot(root).render(
    <StrictMode>
      <ViewerContext.Provider value={viewer}>
        <LanguageContext.Provider value={language}>
          <Suspense fallback={<LoadingState />}>
            <Screen viewer={viewer} />
          </Suspense>
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
