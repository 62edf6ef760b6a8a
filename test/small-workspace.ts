/** A workspace of one repository with a few pull requests, small enough to reckon with by hand. */
import type { JsonObject, RepositorySource, WorkspaceSource } from '../local/bitbucket/workspace-source';

export const WORKSPACE_UUID = '{4c16a397-8e48-479c-8ca2-442e46c90570}';
export const REPOSITORY_UUID = '{15a31549-1cff-45dc-9d0d-310114c5038b}';
export const REPOSITORY_ID = '15a31549-1cff-45dc-9d0d-310114c5038b';

/** One pull request and what happened on it; a test changes it to make Bitbucket say something new. */
export interface SmallPullRequest {
  pullRequest: JsonObject;
  activity: JsonObject[];
  commits: JsonObject[];
  diffstat: JsonObject[];
}

export interface SmallWorkspace extends WorkspaceSource {
  readonly pullRequests: Map<number, SmallPullRequest>;
  /** Newest first. */
  readonly commits: JsonObject[];
  readonly pipelines: JsonObject[];
  readonly deployments: JsonObject[];
  mainBranch: string;
  slug: string;
  /** Raise it after a change, so that the stand-in reads anew. */
  revision: number;
}

export function person(name: string): JsonObject {
  return {
    type: 'user',
    account_id: `account-${name}`,
    uuid: `{uuid-${name}}`,
    display_name: `Person ${name}`,
  };
}

/** An open pull request of `author`, opened at an ISO instant. */
export function openPullRequest(id: number, author: string, openedAt: string): SmallPullRequest {
  const branch = (name: string, hash: string): JsonObject => ({
    branch: { name },
    commit: { type: 'commit', hash },
    repository: { type: 'repository', uuid: REPOSITORY_UUID, full_name: 'small/shop' },
  });
  const pullRequest: JsonObject = {
    type: 'pullrequest',
    id,
    title: `Title of ${id}`,
    state: 'OPEN',
    draft: false,
    author: person(author),
    created_on: openedAt,
    updated_on: openedAt,
    closed_by: null,
    merge_commit: null,
    source: branch('feature/x', 'aaaaaaaaaaaa'),
    destination: branch('main', 'bbbbbbbbbbbb'),
    participants: [],
    reviewers: [],
  };
  const opened: JsonObject = {
    pull_request: { type: 'pullrequest', id },
    update: {
      date: openedAt,
      state: 'OPEN',
      author: person(author),
      source: branch('feature/x', 'aaaaaaaaaaaa'),
    },
  };
  return { pullRequest, activity: [opened], commits: [], diffstat: [] };
}

/** What Bitbucket answers about a pull request. */
export interface PullRequestAnswers {
  readonly pullRequest: JsonObject | null;
  readonly activity: readonly JsonObject[];
  readonly commits: readonly JsonObject[];
  readonly diffstat: readonly JsonObject[] | null;
}

/** The part of a repository's source that is about pull requests, as they are when they are asked for. */
export function answersOf(
  byId: ReadonlyMap<number, PullRequestAnswers>,
): Pick<
  RepositorySource,
  'pullRequestIds' | 'pullRequest' | 'activity' | 'commits' | 'statuses' | 'comments' | 'diffstat'
> {
  return {
    pullRequestIds: () => [...byId.keys()],
    pullRequest: (id) => byId.get(id)?.pullRequest ?? null,
    activity: (id) => byId.get(id)?.activity ?? [],
    commits: (id) => byId.get(id)?.commits ?? [],
    statuses: () => [],
    comments: () => [],
    diffstat: (id) => byId.get(id)?.diffstat ?? null,
  };
}

export function smallWorkspace(pullRequests: readonly SmallPullRequest[]): SmallWorkspace {
  const byId = new Map(pullRequests.map((each) => [Number(each.pullRequest.id), each]));
  const repository: RepositorySource = {
    repository: () => ({
      type: 'repository',
      uuid: REPOSITORY_UUID,
      slug: workspace.slug,
      full_name: `small/${workspace.slug}`,
      name: workspace.slug,
      mainbranch: { type: 'branch', name: workspace.mainBranch },
      updated_on: '2026-10-01T00:00:00+00:00',
    }),
    ...answersOf(byId),
    commitHistory: () => workspace.commits,
    pipelines: () => workspace.pipelines,
    deployments: () => workspace.deployments,
    environments: () => [],
    revision: () => workspace.revision,
  };
  const workspace: SmallWorkspace = {
    workspace: { uuid: WORKSPACE_UUID, slug: 'small', name: 'Small' },
    repositories: () => [repository],
    pullRequests: byId,
    commits: [],
    pipelines: [],
    deployments: [],
    mainBranch: 'main',
    slug: 'shop',
    revision: 0,
  };
  return workspace;
}
