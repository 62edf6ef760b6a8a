/** The questions Throughline asks Bitbucket, each with exactly the fields it needs. */
import { asApp, route, routeFromAbsolute, type APIResponse } from '@forge/api';
import type { z } from 'zod';
import {
  answers,
  type ActivityEntry,
  type CommitAnswer,
  type DiffstatFile,
  type Page,
  type PullRequestAnswer,
  type RepositoryAnswer,
} from './answers';
import {
  BitbucketForbidden,
  BitbucketNotFound,
  BitbucketRateLimited,
  BitbucketTrouble,
  BitbucketUnreadable,
} from './errors';

/** A repository by Bitbucket's uuids, braces included: they survive renames and transfers of slugs. */
export interface RepositoryAddress {
  readonly workspaceUuid: string;
  readonly repositoryUuid: string;
}

const ACCOUNT = ['type', 'account_id', 'uuid'];

const PULL_REQUEST_FIELDS = [
  'id',
  'state',
  'draft',
  ...ACCOUNT.map((field) => `author.${field}`),
  'created_on',
  ...ACCOUNT.map((field) => `closed_by.${field}`),
  'merge_commit.hash',
  'merge_commit.date',
  'source.branch.name',
  'source.repository.uuid',
  'destination.branch.name',
  'destination.repository.uuid',
  ...ACCOUNT.map((field) => `participants.user.${field}`),
  'participants.approved',
  'participants.state',
  'participants.participated_on',
  ...ACCOUNT.map((field) => `reviewers.${field}`),
];

const ACTIVITY_FIELDS = [
  'update.date',
  'update.state',
  ...ACCOUNT.map((field) => `update.author.${field}`),
  'update.source.commit.hash',
  'comment.created_on',
  'comment.deleted',
  'comment.inline.path',
  ...ACCOUNT.map((field) => `comment.user.${field}`),
  'approval.date',
  ...ACCOUNT.map((field) => `approval.user.${field}`),
  'changes_requested.date',
  ...ACCOUNT.map((field) => `changes_requested.user.${field}`),
];

const one = (fields: readonly string[]): string => fields.join(',');
const page = (fields: readonly string[]): string =>
  ['next', 'size', ...fields.map((field) => `values.${field}`)].join(',');

const FIELDS = {
  repository: one(['uuid', 'slug', 'full_name', 'mainbranch.name']),
  repositories: page(['uuid', 'slug', 'full_name', 'mainbranch.name']),
  pullRequest: one(PULL_REQUEST_FIELDS),
  pullRequests: page(PULL_REQUEST_FIELDS),
  activity: page(ACTIVITY_FIELDS),
  commits: page(['hash', 'date', 'parents.hash']),
  diffstat: page(['lines_added', 'lines_removed']),
};

/** Bitbucket ignores `state` beside `q`, and lists open pull requests only where no state is named. */
const ALL_STATES = new URLSearchParams([
  ['state', 'OPEN'],
  ['state', 'MERGED'],
  ['state', 'DECLINED'],
  ['state', 'SUPERSEDED'],
]);

const ACCEPT_JSON = { headers: { Accept: 'application/json' } };

/** Follows `next` at most this often for one pull request: 50 pages hold 2,500 entries, the longest recorded has 423. */
const MOST_PAGES = 50;

/** All elements of a list, how many of them did not fit, and whether the page limit cut it short. */
export interface Whole<T> {
  readonly values: readonly T[];
  readonly refused: number;
  readonly cut: boolean;
}

/** Reads one JSON answer; every failure leaves as one of the classes in `errors.ts`. */
async function read<Schema extends z.ZodType>(
  endpoint: string,
  schema: Schema,
  send: () => Promise<APIResponse>,
): Promise<z.output<Schema>> {
  let response: APIResponse;
  try {
    response = await send();
  } catch (cause) {
    throw Object.assign(new BitbucketTrouble(endpoint, null), { cause });
  }
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after'));
    throw new BitbucketRateLimited(endpoint, Number.isFinite(seconds) && seconds > 0 ? seconds : null);
  }
  if (response.status === 401 || response.status === 403) {
    throw new BitbucketForbidden(endpoint, response.status);
  }
  if (response.status === 404 || response.status === 410) {
    throw new BitbucketNotFound(endpoint, response.status);
  }
  if (!response.ok) throw new BitbucketTrouble(endpoint, response.status);
  let body: unknown;
  try {
    body = await response.json();
  } catch (cause) {
    // Bitbucket answers some faults with an HTML page and status 200: never parsed, never logged.
    throw Object.assign(new BitbucketUnreadable(endpoint, '', 'it is not JSON'), { cause });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BitbucketUnreadable(endpoint, issue?.path.join('.') ?? '', issue?.message ?? 'unknown shape');
}

/** Reads a list to its end by following `next` as it is. */
async function readAll<T>(
  endpoint: string,
  schema: z.ZodType<Page<T>>,
  first: () => Promise<APIResponse>,
): Promise<Whole<T>> {
  const values: T[] = [];
  let refused = 0;
  let send = first;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const answer = await read(endpoint, schema, send);
    values.push(...answer.values);
    refused += answer.refused;
    const { next } = answer;
    if (next === null) return { values, refused, cut: false };
    send = () => asApp().requestBitbucket(routeFromAbsolute(next), ACCEPT_JSON);
  }
  return { values, refused, cut: true };
}

/** Main branch and slug of a repository. */
export function readRepository(address: RepositoryAddress): Promise<RepositoryAnswer> {
  const { workspaceUuid: workspace, repositoryUuid: repository } = address;
  return read('/repositories/{workspace}/{repo_slug}', answers.repository, () =>
    asApp().requestBitbucket(
      route`/2.0/repositories/${workspace}/${repository}?fields=${FIELDS.repository}`,
      ACCEPT_JSON,
    ),
  );
}

/** One page of the workspace's repositories, most recently updated first; `next` continues an earlier page. */
export function readRepositoryPage(
  workspaceUuid: string,
  next: string | null,
): Promise<Page<RepositoryAnswer>> {
  return read('/repositories/{workspace}', answers.repositoryPage, () =>
    next === null
      ? asApp().requestBitbucket(
          route`/2.0/repositories/${workspaceUuid}?pagelen=100&sort=-updated_on&fields=${FIELDS.repositories}`,
          ACCEPT_JSON,
        )
      : asApp().requestBitbucket(routeFromAbsolute(next), ACCEPT_JSON),
  );
}

/**
 * One page of fifty pull requests of all states, newest first, with the participants that a list leaves out unless
 * asked. By creation, because that order never changes: new pull requests can only repeat elements, not hide them.
 */
export function readPullRequestPage(
  address: RepositoryAddress,
  next: string | null,
): Promise<Page<PullRequestAnswer>> {
  const { workspaceUuid: workspace, repositoryUuid: repository } = address;
  return read('/repositories/{workspace}/{repo_slug}/pullrequests', answers.pullRequestPage, () =>
    next === null
      ? asApp().requestBitbucket(
          route`/2.0/repositories/${workspace}/${repository}/pullrequests?${ALL_STATES}&pagelen=50&sort=-created_on&fields=${FIELDS.pullRequests}`,
          ACCEPT_JSON,
        )
      : asApp().requestBitbucket(routeFromAbsolute(next), ACCEPT_JSON),
  );
}

/** One pull request with participants and reviewers. */
export function readPullRequest(address: RepositoryAddress, id: number): Promise<PullRequestAnswer> {
  const { workspaceUuid: workspace, repositoryUuid: repository } = address;
  return read('/repositories/{workspace}/{repo_slug}/pullrequests/{id}', answers.pullRequest, () =>
    asApp().requestBitbucket(
      route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}?fields=${FIELDS.pullRequest}`,
      ACCEPT_JSON,
    ),
  );
}

/** Everything that happened on a pull request, in Bitbucket's order. */
export function readActivity(address: RepositoryAddress, id: number): Promise<Whole<ActivityEntry>> {
  const { workspaceUuid: workspace, repositoryUuid: repository } = address;
  return readAll(
    '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/activity',
    answers.activityPage,
    () =>
      asApp().requestBitbucket(
        route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}/activity?pagelen=50&fields=${FIELDS.activity}`,
        ACCEPT_JSON,
      ),
  );
}

/** The commits Bitbucket lists for a pull request. */
export function readCommits(address: RepositoryAddress, id: number): Promise<Whole<CommitAnswer>> {
  const { workspaceUuid: workspace, repositoryUuid: repository } = address;
  return readAll('/repositories/{workspace}/{repo_slug}/pullrequests/{id}/commits', answers.commitPage, () =>
    asApp().requestBitbucket(
      route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}/commits?pagelen=100&fields=${FIELDS.commits}`,
      ACCEPT_JSON,
    ),
  );
}

/** The files a pull request changes. */
export function readDiffstat(address: RepositoryAddress, id: number): Promise<Whole<DiffstatFile>> {
  const { workspaceUuid: workspace, repositoryUuid: repository } = address;
  return readAll(
    '/repositories/{workspace}/{repo_slug}/pullrequests/{id}/diffstat',
    answers.diffstatPage,
    () =>
      asApp().requestBitbucket(
        route`/2.0/repositories/${workspace}/${repository}/pullrequests/${String(id)}/diffstat?pagelen=100&fields=${FIELDS.diffstat}`,
        ACCEPT_JSON,
      ),
  );
}
