/** Addresses in Bitbucket. */

/** A pull request's page by uuids, which Bitbucket takes in place of names. */
export function pullRequestHref(workspaceUuid: string, repositoryUuid: string, id: number): string {
  return `${repositoryAt(workspaceUuid, repositoryUuid)}/pull-requests/${id}`;
}

/** `/{workspace}/workspace/forge/{app}/{environment}/{module}`, as Bitbucket's documentation gives a workspace's page. */
const WORKSPACE_PAGE = /^\/[^/]+\/workspace\/forge\/([^/]+)\/([^/]+)\/[^/]+\/?$/;

/**
 * The app's page in a repository, seen from its page in the workspace: only the address of that one tells which app and
 * which environment this is. Where it does not, the repository's own page, which has the panel.
 */
export function repositoryHref(ownAddress: string, workspaceUuid: string, repositoryUuid: string): string {
  const repository = repositoryAt(workspaceUuid, repositoryUuid);
  const pathname = URL.canParse(ownAddress) ? new URL(ownAddress).pathname : '';
  const [, app, environment] = WORKSPACE_PAGE.exec(pathname) ?? [];
  if (app === undefined || environment === undefined) return repository;
  return `${repository}/forge/${app}/${environment}/repository-page`;
}

/** A pipeline's page by its build number. */
export function pipelineHref(workspaceUuid: string, repositoryUuid: string, number: string): string {
  return `${repositoryAt(workspaceUuid, repositoryUuid)}/pipelines/results/${encodeURIComponent(number)}`;
}

export function commitHref(workspaceUuid: string, repositoryUuid: string, hash: string): string {
  return `${repositoryAt(workspaceUuid, repositoryUuid)}/commits/${encodeURIComponent(hash)}`;
}

function repositoryAt(workspaceUuid: string, repositoryUuid: string): string {
  return `https://bitbucket.org/${encodeURIComponent(workspaceUuid)}/${encodeURIComponent(repositoryUuid)}`;
}
