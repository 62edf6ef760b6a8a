/** What is asked of Bitbucket about pull requests, each with exactly the fields that are used. */
import { route } from '@forge/api';
import {
  answers,
  type ActivityEntry,
  type CommitAnswer,
  type DiffstatFile,
  type LogEntry,
  type Page,
  type PullRequestAnswer,
} from './answers';
import { routeOfDiffstat } from './diffstat-link';
import { FIELDS } from './fields';
import { read, readAll, readPage, type Caller, type RepositoryAddress, type Whole } from './requests';

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';

/** Which pull requests a list holds, and in which order: by their last update, up or down. */
export interface PullRequestQuery {
  /** A filter in Bitbucket's language; `state` parameters would be ignored beside it. */
  readonly filter: string;
  readonly sort: 'updated_on' | '-updated_on';
}

/** One page of fifty pull requests, with the participants that a list leaves out unless asked. */
export function readPullRequestPage(
  caller: Caller,
  address: RepositoryAddress,
  { filter, sort }: PullRequestQuery,
  next: string | null,
): Promise<Page<PullRequestAnswer>> {
  const { workspaceUuid: workspace, repositoryUuid: repository } = address;
  return readPage(
    caller,
    `${REPOSITORY}/pullrequests`,
    answers.pullRequestPage,
    route`/2.0/repositories/${workspace}/${repository}/pullrequests?q=${filter}&sort=${sort}&pagelen=50&fields=${FIELDS.pullRequests}`,
    next,
  );
}

/** One pull request with participants and reviewers. */
export function readPullRequest(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  id: number,
): Promise<PullRequestAnswer> {
  return read(
    caller,
    `${REPOSITORY}/pullrequests/{id}`,
    answers.pullRequest,
    route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}?fields=${FIELDS.pullRequest}`,
  );
}

/** One page of fifty entries of everything that happened on the repository's pull requests, newest first. */
export function readActivityLogPage(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  next: string | null,
): Promise<Page<LogEntry>> {
  return readPage(
    caller,
    `${REPOSITORY}/pullrequests/activity`,
    answers.activityLogPage,
    route`/2.0/repositories/${workspace}/${repository}/pullrequests/activity?pagelen=50&fields=${FIELDS.activityLog}`,
    next,
  );
}

/** One page of what happened on one pull request, in Bitbucket's order. */
export function readActivityPage(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  id: number,
  next: string | null,
): Promise<Page<ActivityEntry>> {
  return readPage(
    caller,
    `${REPOSITORY}/pullrequests/{id}/activity`,
    answers.activityPage,
    route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}/activity?pagelen=50&fields=${FIELDS.activity}`,
    next,
  );
}

/** One page of the commits that Bitbucket lists for one pull request. */
export function readOwnCommitPage(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  id: number,
  next: string | null,
): Promise<Page<CommitAnswer>> {
  return readPage(
    caller,
    `${REPOSITORY}/pullrequests/{id}/commits`,
    answers.commitPage,
    route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}/commits?pagelen=100&fields=${FIELDS.commits}`,
    next,
  );
}

/** Everything that happened on a pull request. */
export function readActivity(
  caller: Caller,
  address: RepositoryAddress,
  id: number,
): Promise<Whole<ActivityEntry>> {
  return readAll((next) => readActivityPage(caller, address, id, next));
}

/** All commits that Bitbucket lists for a pull request. */
export function readOwnCommits(
  caller: Caller,
  address: RepositoryAddress,
  id: number,
): Promise<Whole<CommitAnswer>> {
  return readAll((next) => readOwnCommitPage(caller, address, id, next));
}

/** Where the diffstats of at most fifty pull requests are; one that is gone is absent. */
export async function readDiffstatLinks(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string | null>> {
  const filter = ids.map((id) => `id = ${id}`).join(' OR ');
  const { values } = await readPage(
    caller,
    `${REPOSITORY}/pullrequests`,
    answers.diffstatLinkPage,
    route`/2.0/repositories/${workspace}/${repository}/pullrequests?q=${filter}&pagelen=50&fields=${FIELDS.diffstatLinks}`,
    null,
  );
  return new Map(values.map(({ id, link }) => [id, link]));
}

/**
 * The files that a pull request changes: by Bitbucket's link to them one request; without one (`null`) it redirects to
 * them, two.
 */
export function readDiffstat(
  caller: Caller,
  { workspaceUuid: workspace, repositoryUuid: repository }: RepositoryAddress,
  id: number,
  link: string | null,
): Promise<Whole<DiffstatFile>> {
  const linked = link === null ? null : routeOfDiffstat(link);
  const endpoint =
    linked === null ? `${REPOSITORY}/pullrequests/{id}/diffstat` : `${REPOSITORY}/diffstat/{spec}`;
  const first =
    linked ??
    route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}/diffstat?pagelen=100&fields=${FIELDS.diffstat}`;
  return readAll(async (next) => {
    // The redirect is followed beneath the SDK, and counts at Bitbucket.
    if (next === null && linked === null) await caller.take(endpoint);
    return readPage(caller, endpoint, answers.diffstatPage, first, next);
  });
}
