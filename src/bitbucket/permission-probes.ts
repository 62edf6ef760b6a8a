/** The cheapest requests, which find out something of Bitbucket: 401 or 403 where a permission is missing. */
import { route } from '@forge/api';
import { z } from 'zod';
import { answers } from './answers';
import { BitbucketError } from './errors';
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

/** Which headers about limits the answer to such a request has; `null` where none came. */
export async function probeHeaders(caller: Caller, workspaceUuid: string): Promise<readonly string[] | null> {
  let seen: readonly string[] | null = null;
  const listening: Caller = {
    as: caller.as,
    sent: caller.sent,
    hadTrouble: caller.hadTrouble,
    take: (endpoint) => caller.take(endpoint),
    reserve: (count, endpoint) => caller.reserve(count, endpoint),
    learn: (news) => {
      seen = news.headers;
      return caller.learn(news);
    },
  };
  try {
    await probeRepositories(listening, workspaceUuid);
  } catch (error) {
    // Also a refusal has headers.
    if (!(error instanceof BitbucketError)) throw error;
  }
  return seen;
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
