/** What is asked of Bitbucket about repositories, their commits, pipelines and deployments. */
import { route } from '@forge/api';
import { answers, type CommitAnswer, type Page, type RepositoryAnswer } from './answers';
import type { DeploymentAnswer, PipelineAnswer } from './delivery-answers';
import { FIELDS } from './fields';
import { read, readPage, type Caller, type RepositoryAddress } from './requests';

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';

/** Main branch and slug of a repository. */
export function readRepository(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
): Promise<RepositoryAnswer> {
  return read(
    caller,
    REPOSITORY,
    answers.repository,
    route`/2.0/repositories/${workspace}/${repository}?fields=${FIELDS.repository}`,
  );
}

/** One page of the workspace's repositories, most recently updated first. */
export function readRepositoryPage(
  caller: Caller,
  workspaceUuid: string,
  next: string | null,
): Promise<Page<RepositoryAnswer>> {
  return readPage(
    caller,
    '/repositories/{workspace}',
    answers.repositoryPage,
    route`/2.0/repositories/${workspaceUuid}?pagelen=100&sort=-updated_on&fields=${FIELDS.repositories}`,
    next,
  );
}

/**
 * The uuids of the repositories that the caller sees in the workspace, public ones too: the hundred of a page, counted
 * from 1. The oldest come first, so that a new one moves none to another page.
 */
export function readVisibleRepositories(
  caller: Caller,
  workspaceUuid: string,
  page: number,
): Promise<Page<string>> {
  return read(
    caller,
    '/repositories/{workspace}',
    answers.repositoryUuidPage,
    route`/2.0/repositories/${workspaceUuid}?pagelen=100&sort=created_on&page=${page}&fields=${FIELDS.repositoryUuids}`,
  );
}

/** How many repositories the caller sees in the workspace; `null` where Bitbucket does not say. */
export async function countRepositories(caller: Caller, workspaceUuid: string): Promise<number | null> {
  const page = await read(
    caller,
    '/repositories/{workspace}',
    answers.repositoryPage,
    route`/2.0/repositories/${workspaceUuid}?pagelen=1&fields=size,values.uuid`,
  );
  return page.size;
}

/** How many repositories the caller administers: of the workspace, or 1 or 0 where one is named. */
export async function countAdministered(
  caller: Caller,
  workspaceUuid: string,
  repositoryUuid: string | null,
): Promise<number> {
  const role = new URLSearchParams({ role: 'admin', pagelen: '1' });
  if (repositoryUuid !== null) role.set('q', `uuid = "${repositoryUuid}"`);
  const page = await read(
    caller,
    '/repositories/{workspace}',
    answers.repositoryPage,
    route`/2.0/repositories/${workspaceUuid}?${role}&fields=size,values.uuid`,
  );
  return page.size ?? page.values.length;
}

/** The workspace's slug, as the address of its repositories has it; `null` where the caller sees none of them. */
export async function readWorkspaceSlug(caller: Caller, workspaceUuid: string): Promise<string | null> {
  const { values } = await read(
    caller,
    '/repositories/{workspace}',
    answers.namedRepositories,
    route`/2.0/repositories/${workspaceUuid}?pagelen=1&fields=values.full_name`,
  );
  return values[0]?.full_name.split('/')[0] ?? null;
}

/** One page of a hundred of the repository's commits, newest first, with their parents. */
export function readCommitPage(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  next: string | null,
): Promise<Page<CommitAnswer>> {
  return readPage(
    caller,
    `${REPOSITORY}/commits`,
    answers.commitPage,
    route`/2.0/repositories/${workspace}/${repository}/commits?pagelen=100&fields=${FIELDS.commits}`,
    next,
  );
}

/** One page of the commits of a branch, newest first, without those that can be reached from `exclude`. */
export function readBranchPage(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  branch: string,
  exclude: string | null,
  next: string | null,
): Promise<Page<CommitAnswer>> {
  return readPage(
    caller,
    `${REPOSITORY}/commits`,
    answers.commitPage,
    exclude === null
      ? route`/2.0/repositories/${workspace}/${repository}/commits?include=${branch}&pagelen=100&fields=${FIELDS.commits}`
      : route`/2.0/repositories/${workspace}/${repository}/commits?include=${branch}&exclude=${exclude}&pagelen=100&fields=${FIELDS.commits}`,
    next,
  );
}

/** One page of a hundred pipelines, newest first. */
export function readPipelinePage(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  next: string | null,
): Promise<Page<PipelineAnswer>> {
  return readPage(
    caller,
    `${REPOSITORY}/pipelines`,
    answers.pipelinePage,
    route`/2.0/repositories/${workspace}/${repository}/pipelines?sort=-created_on&pagelen=100&fields=${FIELDS.pipelines}`,
    next,
  );
}

/** One page of a hundred deployments, the latest first. */
export function readDeploymentPage(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  next: string | null,
): Promise<Page<DeploymentAnswer>> {
  return readPage(
    caller,
    `${REPOSITORY}/deployments`,
    answers.deploymentPage,
    route`/2.0/repositories/${workspace}/${repository}/deployments?sort=-state.started_on&pagelen=100&fields=${FIELDS.deployments}`,
    next,
  );
}

/** One deployment. */
export function readDeployment(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  deployment: string,
): Promise<DeploymentAnswer> {
  return read(
    caller,
    `${REPOSITORY}/deployments/{deployment_uuid}`,
    answers.deployment,
    route`/2.0/repositories/${workspace}/${repository}/deployments/${deployment}?fields=${FIELDS.deployment}`,
  );
}
