/** What every page around the app is made from, and where the app's own pages are. */
import type { ForgeManifest, UserInterfaceModule } from '../manifest';
import { attribute } from './html';
import type { Account, DrawerAction, PullRequestLine, RepositoryCard } from './web-options';

export interface PageContext {
  readonly manifest: ForgeManifest;
  readonly workspace: { readonly uuid: string; readonly slug: string };
  readonly assetsOrigin: string;
  readonly viewer: Account;
  /** Everyone one can look as. */
  readonly accounts: readonly Account[];
  /** The locale of who chose no language. */
  readonly locale: string;
  /** Those that the viewer may see. */
  readonly repositories: readonly RepositoryCard[];
  /** `null` where pull requests are not listed. */
  readonly pullRequests: (repositoryUuid: string) => readonly PullRequestLine[] | null;
  readonly actions: (repositoryUuid: string) => readonly DrawerAction[] | null;
}

/** The environment that an address names. */
const ENVIRONMENT_KEY = 'development';

export function modulesOf(context: PageContext, type: string): readonly UserInterfaceModule[] {
  return context.manifest.userInterfaces.filter((module) => module.type === type);
}

export function titleOf(module: UserInterfaceModule): string {
  return typeof module.title === 'string' ? module.title : module.key;
}

/** What the addresses of a repository, or of the workspace where none is named, begin with. */
export function placePath({ workspace }: PageContext, repository: RepositoryCard | null): string {
  return `/${workspace.slug}/${repository === null ? 'workspace' : repository.slug}`;
}

/** A page of the app's own. */
export interface AppPage {
  readonly module: UserInterfaceModule;
  /** Its address in Bitbucket. */
  readonly path: string;
}

/** The app's pages in a repository, or in the workspace where none is named. */
export function appPagesIn(context: PageContext, repository: RepositoryCard | null): readonly AppPage[] {
  const type = repository === null ? 'bitbucket:workspaceGlobalPage' : 'bitbucket:repoMainMenuPage';
  return modulesOf(context, type).map((module) => ({
    module,
    path: `${placePath(context, repository)}/forge/${context.manifest.appId}/${ENVIRONMENT_KEY}/${module.key}`,
  }));
}

/** The app in a frame; `extension` is the place that Bitbucket tells it, without the type and the address. */
export function appFrame(context: PageContext, module: UserInterfaceModule, extension: object): string {
  const source = `${context.assetsOrigin}/${module.resource}/index.html`;
  return `<iframe class="app" title="${attribute(titleOf(module))}" data-module="${attribute(module.key)}" data-origin="${attribute(context.assetsOrigin)}" data-src="${attribute(source)}" data-extension="${attribute(JSON.stringify(extension))}" sandbox="allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}
