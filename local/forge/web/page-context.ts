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
  /** `null` where pull requests are not listed; where an id is named, that one is enough. */
  readonly pullRequests: (
    repositoryUuid: string,
    id: number | null,
  ) => Promise<readonly PullRequestLine[] | null>;
  readonly actions: (repositoryUuid: string) => readonly DrawerAction[] | null;
  /** Whether the app may be built anew while the page is open. */
  readonly isRebuilt: boolean;
  /** Where the data comes from, for the header. */
  readonly dataFrom: string;
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

/** Where Bitbucket shows an app's page: in a menu of the repository or the workspace, or among its settings. */
export type PagePlace = 'menu' | 'settings';

/** A page of the app's own. */
export interface AppPage {
  readonly module: UserInterfaceModule;
  readonly place: PagePlace;
  /** Its address in Bitbucket. */
  readonly path: string;
}

/**
 * Module types with pages, where they are, and what stands between the place and the app in their addresses, as the
 * manifest reference says. Assumed: the address of a repository's settings names the environment like all others; its
 * page of the reference does not show that part.
 */
const REPOSITORY_MODULES = [
  ['bitbucket:repoMainMenuPage', 'menu', 'forge'],
  ['bitbucket:repoSettingsMenuPage', 'settings', 'admin/forge'],
] as const;
const WORKSPACE_MODULES = [
  ['bitbucket:workspaceGlobalPage', 'menu', 'forge'],
  ['bitbucket:workspaceSettingsMenuPage', 'settings', 'settings/forge'],
] as const;

/** The app's pages in a repository, or in the workspace where none is named. */
export function appPagesIn(context: PageContext, repository: RepositoryCard | null): readonly AppPage[] {
  const base = placePath(context, repository);
  const app = `${context.manifest.appId}/${ENVIRONMENT_KEY}`;
  return (repository === null ? WORKSPACE_MODULES : REPOSITORY_MODULES).flatMap(([type, place, part]) =>
    modulesOf(context, type).map((module) => ({
      module,
      place,
      path: `${base}/${part}/${app}/${module.key}`,
    })),
  );
}

/** The app in a frame; `extension` is the place that Bitbucket tells it, without the type and the address. */
export function appFrame(context: PageContext, module: UserInterfaceModule, extension: object): string {
  const source = `${context.assetsOrigin}/${module.resource}/index.html`;
  return `<iframe class="app" title="${attribute(titleOf(module))}" data-module="${attribute(module.key)}" data-origin="${attribute(context.assetsOrigin)}" data-src="${attribute(source)}" data-extension="${attribute(JSON.stringify(extension))}" sandbox="allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}
