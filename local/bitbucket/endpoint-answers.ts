/** What each modelled endpoint answers. */
import { FilterError, parseFilter } from './bbql-parser';
import { predicateOf, sorterOf } from './bbql-evaluator';
import type { Directory } from './directory';
import type { EndpointName } from './endpoints';
import {
  badRequest,
  commitNotFound,
  deploymentNotFound,
  diffstatNotRecorded,
  notModelled,
  pullRequestNotFound,
} from './errors';
import { elementsOf, pageOf, type Paging } from './paging';
import {
  COMMENT_FIELDS,
  DEPLOYMENT_FIELDS,
  PIPELINE_FIELDS,
  REPOSITORY_FIELDS,
  STATUS_FIELDS,
  type QueryableFields,
} from './queryable-fields';
import type { RepositoryIndex } from './repository-index';
import { objectOf, textOf } from './values';
import type { Json, JsonObject } from './workspace-source';

/** What a user may do in a repository; `contributor` and `owner` are not modelled. */
export type Role = 'member' | 'admin';

/** A request whose path has been understood. */
export interface Question {
  /** With the stand-in's own origin. */
  readonly url: URL;
  readonly parameters: Readonly<Record<string, string>>;
  readonly directory: Directory;
  /** The repository of the path; throws 404 where there is none. */
  readonly repository: () => RepositoryIndex;
  /** Whether the caller may see a repository in a list. */
  readonly mayRead: (repository: JsonObject) => boolean;
  /** Whether the caller has a role in a repository; the app has none. */
  readonly hasRole: (role: Role, repository: JsonObject) => boolean;
}

/** An answer before `fields` is applied; `hidden` are paths that are sent only when asked for by name. */
export interface Found {
  readonly value: Json;
  readonly hidden?: readonly string[];
}

/** An answer that sends the client elsewhere. */
export interface Redirect {
  readonly location: string;
}

export type EndpointAnswer = (question: Question) => Found | Redirect;

/** The longest pages Bitbucket allows: 50 for pull requests and activity (more is refused), 100 elsewhere. */
const PAGINGS = {
  pullRequests: { form: 'numbered', standard: 10, most: 50 },
  activity: { form: 'log', standard: 10, most: 50 },
  activityLog: { form: 'log', standard: 50, most: 50 },
  pullRequestCommits: { form: 'sequence', standard: 10, most: 100 },
  commits: { form: 'history', standard: 30, most: 100 },
  diffstat: { form: 'numbered', standard: 500, most: 5000 },
  other: { form: 'numbered', standard: 10, most: 100 },
} as const satisfies Record<string, Paging>;

const STATES: readonly string[] = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'];

/** The dates of merge commits are not part of the usual answer. */
const PULL_REQUEST_HIDDEN = ['merge_commit.date'];
const PULL_REQUEST_LIST_HIDDEN = ['participants', 'reviewers', 'rendered', ...PULL_REQUEST_HIDDEN].map(
  (path) => `values.${path}`,
);

function parameter(question: Question, name: string): string {
  return question.parameters[name] ?? '';
}

/** Loud instead of an answer that silently ignores what was asked. */
function refuseParameters(question: Question, names: readonly string[], endpoint: string): void {
  const given = names.find((name) => question.url.searchParams.has(name));
  if (given !== undefined) throw notModelled('GET', `${endpoint} with the parameter "${given}"`);
}

function refuseFilter(question: Question): void {
  for (const name of ['q', 'sort']) {
    if (question.url.searchParams.has(name)) {
      throw new FilterError(`Invalid query: this list does not take "${name}".`);
    }
  }
}

function queried(
  question: Question,
  values: readonly JsonObject[],
  fields: QueryableFields,
): readonly JsonObject[] {
  const { searchParams } = question.url;
  const filter = searchParams.get('q');
  const sort = searchParams.get('sort');
  const chosen = filter === null ? values : values.filter(predicateOf(parseFilter(filter), fields));
  return sort === null ? chosen : sorterOf(sort, fields)(chosen, (value) => value);
}

function listOf(question: Question, values: readonly JsonObject[], paging: Paging): Found {
  return { value: pageOf(elementsOf(values), paging, question.url) };
}

interface PullRequestAsked {
  readonly index: RepositoryIndex;
  readonly id: number;
  readonly raw: JsonObject;
}

function pullRequestOf(question: Question): PullRequestAsked {
  const index = question.repository();
  const text = parameter(question, 'id');
  const id = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  const raw = index.source.pullRequest(id);
  if (raw === null) throw pullRequestNotFound();
  return { index, id, raw };
}

/** `state` may be repeated; none means open ones. `all` is undocumented and recorded in use. */
function statesOf(query: URLSearchParams): readonly string[] {
  const asked = query.getAll('state').map((state) => state.toUpperCase());
  if (asked.length === 0) return ['OPEN'];
  if (asked.includes('ALL')) return STATES;
  const unknown = asked.find((state) => !STATES.includes(state));
  if (unknown !== undefined) throw badRequest(`Invalid state: ${unknown}`);
  return STATES.filter((state) => asked.includes(state));
}

function pullRequests(question: Question): Found {
  const { searchParams } = question.url;
  const filter = searchParams.get('q');
  const index = question.repository();
  const elements = index.pullRequests({
    states: filter === null ? statesOf(searchParams) : [],
    filter,
    // Newest change first: measured on answers of 2023 to 2026 (the recordings of 2020 have oldest first).
    sort: searchParams.get('sort') ?? '-updated_on',
  });
  const linked = {
    length: elements.length,
    at: (place: number) => withDiffstatLink(question, index, elements.at(place)),
  };
  return { value: pageOf(linked, PAGINGS.pullRequests, question.url), hidden: PULL_REQUEST_LIST_HIDDEN };
}

function commits(question: Question): Found {
  refuseFilter(question);
  refuseParameters(question, ['path'], 'the commit list');
  const { searchParams } = question.url;
  const revision = question.parameters.revision;
  const include = [...(revision === undefined ? [] : [revision]), ...searchParams.getAll('include')];
  const found = question.repository().commits(include, searchParams.getAll('exclude'));
  if (found === null) throw commitNotFound();
  return { value: pageOf(found, PAGINGS.commits, question.url) };
}

function commitHashOf(pullRequest: JsonObject, side: 'source' | 'destination'): string {
  const end = objectOf(pullRequest, side);
  const commit = end && objectOf(end, 'commit');
  return (commit && textOf(commit, 'hash')) ?? '';
}

/** Bitbucket redirects to the repository's diffstat of the pull request's two commits. */
function pullRequestDiffstat(question: Question): Redirect {
  const { index, id, raw } = pullRequestOf(question);
  const { workspace = '', repo_slug: slug = '' } = question.parameters;
  const repository = `${encodeURIComponent(workspace)}/${encodeURIComponent(slug)}`;
  const target = diffstatOf(index, id, raw, repository, question.url);
  for (const [name, value] of question.url.searchParams) target.searchParams.append(name, value);
  return { location: target.href };
}

function diffstatOf(index: RepositoryIndex, id: number, raw: JsonObject, repository: string, base: URL): URL {
  const fullName = textOf(index.source.repository(), 'full_name') ?? '';
  const spec = `${fullName}:${commitHashOf(raw, 'source')}%0D${commitHashOf(raw, 'destination')}`;
  const target = new URL(`/2.0/repositories/${repository}/diffstat/${spec}`, base);
  target.searchParams.set('from_pullrequest_id', String(id));
  target.searchParams.set('topic', 'true');
  return target;
}

/** The pull request with the link to its diffstat that Bitbucket gives with each; recorded ones are as they were. */
function withDiffstatLink(question: Question, index: RepositoryIndex, raw: JsonObject): JsonObject {
  const links = objectOf(raw, 'links') ?? {};
  const id = raw.id;
  if (typeof id !== 'number' || objectOf(links, 'diffstat') !== null) return raw;
  const fullName = textOf(index.source.repository(), 'full_name') ?? '';
  const { href } = diffstatOf(index, id, raw, fullName, question.url);
  return { ...raw, links: { ...links, diffstat: { href } } };
}

function diffstat(question: Question): Found {
  const id = question.url.searchParams.get('from_pullrequest_id');
  if (id === null) throw notModelled('GET', 'a diffstat that is not of a pull request');
  const { index } = pullRequestOf({ ...question, parameters: { ...question.parameters, id } });
  const files = index.source.diffstat(Number(id));
  if (files === null) throw diffstatNotRecorded(Number(id));
  return listOf(question, files, PAGINGS.diffstat);
}

function repositories(question: Question): Found {
  const role = question.url.searchParams.get('role');
  if (role !== null && role !== 'member' && role !== 'admin') {
    throw notModelled('GET', `the repository list with role=${role}`);
  }
  const all = question.directory
    .repositories(parameter(question, 'workspace'))
    .map((source) => source.repository())
    .filter(question.mayRead)
    .filter((raw) => role === null || question.hasRole(role, raw));
  return listOf(question, queried(question, all, REPOSITORY_FIELDS), PAGINGS.other);
}

const PIPELINE_FILTERS = [
  'creator.uuid',
  'target.ref_type',
  'target.ref_name',
  'target.branch',
  'target.commit.hash',
  'target.selector.pattern',
  'target.selector.type',
  'created_on',
  'trigger_type',
  'status',
];

/** Pipelines, deployments and environments do not read `q`: a recorded client sends one and gets everything. */
function sorted(
  question: Question,
  values: readonly JsonObject[],
  fields: QueryableFields,
): readonly JsonObject[] {
  const sort = question.url.searchParams.get('sort');
  return sort === null ? values : sorterOf(sort, fields)(values, (value) => value);
}

function pipelines(question: Question): Found {
  refuseParameters(question, PIPELINE_FILTERS, 'the pipeline list');
  const all = question.repository().source.pipelines();
  return listOf(question, sorted(question, all, PIPELINE_FIELDS), PAGINGS.other);
}

function deployments(question: Question): Found {
  const all = question.repository().source.deployments();
  return listOf(question, sorted(question, all, DEPLOYMENT_FIELDS), PAGINGS.other);
}

function deployment(question: Question): Found {
  const uuid = parameter(question, 'deployment_uuid');
  const found = question
    .repository()
    .source.deployments()
    .find((each) => textOf(each, 'uuid') === uuid);
  if (found === undefined) throw deploymentNotFound();
  return { value: found };
}

function activity(question: Question): Found {
  refuseFilter(question);
  const { index, id } = pullRequestOf(question);
  return listOf(question, index.source.activity(id), PAGINGS.activity);
}

function activityLog(question: Question): Found {
  refuseFilter(question);
  return { value: pageOf(question.repository().activityLog(), PAGINGS.activityLog, question.url) };
}

/** One function for each endpoint; each may throw `Refused` or `FilterError`. */
export const ENDPOINT_ANSWERS: Readonly<Record<EndpointName, EndpointAnswer>> = {
  repositories,
  repository: (question) => ({ value: question.repository().source.repository() }),
  pullRequests,
  activityLog,
  pullRequest: (question) => {
    const { index, raw } = pullRequestOf(question);
    return { value: withDiffstatLink(question, index, raw), hidden: PULL_REQUEST_HIDDEN };
  },
  activity,
  pullRequestCommits: (question) => {
    const { index, id } = pullRequestOf(question);
    return listOf(question, index.source.commits(id), PAGINGS.pullRequestCommits);
  },
  comments: (question) => {
    const { index, id } = pullRequestOf(question);
    return listOf(question, queried(question, index.source.comments(id), COMMENT_FIELDS), PAGINGS.other);
  },
  statuses: (question) => {
    const { index, id } = pullRequestOf(question);
    return listOf(question, queried(question, index.source.statuses(id), STATUS_FIELDS), PAGINGS.other);
  },
  pullRequestDiffstat,
  diffstat,
  commits,
  commitsOf: commits,
  pipelines,
  deployments,
  deployment,
  environments: (question) => listOf(question, question.repository().source.environments(), PAGINGS.other),
  workspace: (question) => ({ value: question.directory.workspace(parameter(question, 'workspace')) }),
  user: (question) => ({ value: question.directory.account(parameter(question, 'selected_user')) }),
};
