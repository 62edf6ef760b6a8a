/** Addresses in Bitbucket. */

/** A pull request's page by uuids, which Bitbucket takes in place of names. */
export function pullRequestHref(workspaceUuid: string, repositoryUuid: string, id: number): string {
  return `https://bitbucket.org/${encodeURIComponent(workspaceUuid)}/${encodeURIComponent(repositoryUuid)}/pull-requests/${id}`;
}
