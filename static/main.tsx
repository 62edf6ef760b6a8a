/** The Custom UI's entry: asks Forge where it is, and loads the screen for that place only. */
import { view } from '@forge/bridge';
import { lazy, StrictMode, Suspense, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import 'virtual:tokens.css';
import './styles.css';
import './shared/tiles.css';
import './charts/charts.css';
import { readViewer, ViewerContext, type Viewer } from './shared/viewer';
import { LoadingState, MessageState } from './shared/states';

const Panel = lazy(() =>
  import('./panel/repository-panel').then((module) => ({ default: module.RepositoryPanel })),
);
const Page = lazy(() =>
  import('./page/repository-page').then((module) => ({ default: module.RepositoryPage })),
);

function Screen({ viewer }: { readonly viewer: Viewer }): ReactElement {
  switch (viewer.moduleType) {
    case 'bitbucket:repoCodeOverviewPanel':
      return <Panel />;
    case 'bitbucket:repoMainMenuPage':
      return <Page />;
    default:
      return <MessageState title="Throughline has no screen for this place in Bitbucket yet." />;
  }
}

async function start(root: HTMLElement): Promise<void> {
  await view.theme.enable();
  const viewer = readViewer(await view.getContext());
  document.documentElement.lang = viewer.locale.slice(0, 2);
  createRoot(root).render(
    <StrictMode>
      <ViewerContext.Provider value={viewer}>
        <Suspense fallback={<LoadingState />}>
          <Screen viewer={viewer} />
        </Suspense>
      </ViewerContext.Provider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root) {
  start(root).catch(() => {
    root.textContent =
      'Throughline could not start. Reload the page; if that does not help, tell your workspace admin.';
  });
}
