/** What a live run reads: a workspace, or one repository of it, and which paths that allows. */
import { LiveRefusal } from './live-refusal';

/** As the user writes it: `WORKSPACE` or `WORKSPACE/REPO`, slugs as in a repository's address. */
export interface LiveName {
  readonly workspace: string;
  /** `null` for all repositories that the token sees. */
  readonly repository: string | null;
}

/** What Bitbucket said it is; uuids with braces. */
export interface LivePlace {
  readonly workspace: { readonly uuid: string; readonly slug: string };
  readonly repository: { readonly uuid: string; readonly slug: string } | null;
}

const NAME = /^([\w.-]+)(?:\/([\w.-]+))?$/;

/** Throws LiveRefusal. */
export function readLiveName(text: string): LiveName {
  const [, workspace, repository = null] = NAME.exec(text) ?? [];
  if (workspace === undefined || [workspace, repository].some((each) => each === '.' || each === '..')) {
    throw new LiveRefusal(
      'unknown',
      `--live ${text}: write WORKSPACE or WORKSPACE/REPO, as in https://bitbucket.org/WORKSPACE/REPO.`,
    );
  }
  return { workspace: workspace.toLowerCase(), repository: repository?.toLowerCase() ?? null };
}

/** `workspace/repository`, or `workspace`. */
export function nameOf({ workspace, repository }: LiveName): string {
  return repository === null ? workspace : `${workspace}/${repository}`;
}

/** Where Bitbucket has a repository, by slugs or by uuids with braces. */
export function repositoryPath(workspace: string, repository: string): string {
  return `/2.0/repositories/${[workspace, repository].map(encodeURIComponent).join('/')}`;
}

/** The path and the query of a link in an answer, on whatever host it is: every request goes to the client's own. */
export function pathOf(link: string): string {
  const { pathname, search } = new URL(link);
  return `${pathname}${search}`;
}

/** What a path from `/2.0/` is about: the list of the workspace's repositories, something in one of them, or neither. */
export function aboutOf(
  pathname: string,
  { workspace, repository }: LivePlace,
): 'list' | 'repository' | null {
  const [version, kind, ownWorkspace, ownRepository] = segmentsOf(pathname);
  if (version !== '2.0' || kind !== 'repositories') return null;
  if (ownWorkspace !== workspace.uuid && ownWorkspace !== workspace.slug) return null;
  if (ownRepository === undefined) return 'list';
  const isRead =
    repository === null || ownRepository === repository.uuid || ownRepository === repository.slug;
  return isRead ? 'repository' : null;
}

function segmentsOf(pathname: string): readonly string[] {
  try {
    return pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    // What cannot be decoded names nothing.
    return [];
  }
}
