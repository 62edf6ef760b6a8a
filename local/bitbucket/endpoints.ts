/** The endpoints the stand-in answers, each with the scope Bitbucket wants for it. */

export type Scope =
  | 'read:repository:bitbucket'
  | 'read:pullrequest:bitbucket'
  | 'read:pipeline:bitbucket'
  | 'read:workspace:bitbucket'
  | 'read:user:bitbucket';

/** One endpoint: its template below `/2.0`, and the scope a caller needs; scopes never imply each other. */
export interface Endpoint {
  readonly template: string;
  readonly scope: Scope;
}

const REPOSITORY = '/repositories/{workspace}/{repo_slug}';
const PULL_REQUEST = `${REPOSITORY}/pullrequests/{id}`;

export const ENDPOINTS = {
  repositories: { template: '/repositories/{workspace}', scope: 'read:repository:bitbucket' },
  repository: { template: REPOSITORY, scope: 'read:repository:bitbucket' },
  pullRequests: { template: `${REPOSITORY}/pullrequests`, scope: 'read:pullrequest:bitbucket' },
  activityLog: { template: `${REPOSITORY}/pullrequests/activity`, scope: 'read:pullrequest:bitbucket' },
  pullRequest: { template: PULL_REQUEST, scope: 'read:pullrequest:bitbucket' },
  activity: { template: `${PULL_REQUEST}/activity`, scope: 'read:pullrequest:bitbucket' },
  pullRequestCommits: { template: `${PULL_REQUEST}/commits`, scope: 'read:pullrequest:bitbucket' },
  comments: { template: `${PULL_REQUEST}/comments`, scope: 'read:pullrequest:bitbucket' },
  statuses: { template: `${PULL_REQUEST}/statuses`, scope: 'read:pullrequest:bitbucket' },
  pullRequestDiffstat: { template: `${PULL_REQUEST}/diffstat`, scope: 'read:pullrequest:bitbucket' },
  diffstat: { template: `${REPOSITORY}/diffstat/{spec}`, scope: 'read:repository:bitbucket' },
  commits: { template: `${REPOSITORY}/commits`, scope: 'read:repository:bitbucket' },
  commitsOf: { template: `${REPOSITORY}/commits/{revision}`, scope: 'read:repository:bitbucket' },
  pipelines: { template: `${REPOSITORY}/pipelines`, scope: 'read:pipeline:bitbucket' },
  deployments: { template: `${REPOSITORY}/deployments`, scope: 'read:pipeline:bitbucket' },
  deployment: {
    template: `${REPOSITORY}/deployments/{deployment_uuid}`,
    scope: 'read:pipeline:bitbucket',
  },
  environments: { template: `${REPOSITORY}/environments`, scope: 'read:pipeline:bitbucket' },
  workspace: { template: '/workspaces/{workspace}', scope: 'read:workspace:bitbucket' },
  user: { template: '/users/{selected_user}', scope: 'read:user:bitbucket' },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
