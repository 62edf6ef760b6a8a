/** The cheapest request for each permission: Bitbucket answers 401 or 403 where it is missing. */
import { route } from '@forge/api';
import { z } from 'zod';
import { answers } from './answers';
import { read, type Caller, type RepositoryAddress } from './requests';

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';

/** Only whether it is answered counts. */
const anything = z.unknown();

/** Needs `read:repository:bitbucket`. The uuids of the workspace's ten most recently updated repositories, latest first. */
export async function probeRepositories(caller: Caller, workspaceUuid: string): Promise<readonly string[]> {
  const page = await read(
    caller,
    '/repositories/{workspace}',
    answers.repositoryUuidPage,
    route`/2.0/repositories/${workspaceUuid}?pagelen=10&sort=-updated_on&fields=values.uuid`,
  );
  return page.values;
}

/** Needs `read:pullrequest:bitbucket`. */
export async function probePullRequests(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
): Promise<void> {
  await read(
    caller,
    `${REPOSITORY}/pullrequests`,
    anything,
    route`/2.0/repositories/${workspace}/${repository}/pullrequests?pagelen=1&fields=values.id`,
  );
}

/** Needs `read:pipeline:bitbucket`; 404 where pipelines are switched off. */
export async function probePipelines(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
): Promise<void> {
  await read(
    caller,
    `${REPOSITORY}/pipelines`,
    anything,
    route`/2.0/repositories/${workspace}/${repository}/pipelines?pagelen=1&fields=values.uuid`,
  );
}
