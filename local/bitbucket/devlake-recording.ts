/** Opens the answers that Apache DevLake's tests recorded of one repository, with pipelines and deployments. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { entryInstant } from './activity-log';
import { parseObject, reasonOf } from './recorded-file';
import { RecordingError } from './recording-error';
import { isJsonObject, microsecondsOf, objectOf, textOf } from './values';
import type { JsonObject, RepositorySource, WorkspaceSource } from './workspace-source';

interface Recorded {
  readonly url: string;
  readonly data: JsonObject;
}

function readRecorded(folder: string, name: string): readonly Recorded[] {
  const file = path.join(folder, `${name}.jsonl`);
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (reason) {
    throw new RecordingError(file, `it cannot be read (${reasonOf(reason)}).`);
  }
  const lines = content.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line, index) => {
    const { url, data } = parseObject(line, file, `line ${index + 1}`);
    if (typeof url === 'string' && isJsonObject(data)) return { url, data };
    throw new RecordingError(file, `line ${index + 1} has no "url" with "data".`);
  });
}

/** The recorded elements of a pull request's list, by the number in the address they came from. */
function byPullRequest(recorded: readonly Recorded[]): ReadonlyMap<number, readonly JsonObject[]> {
  const found = new Map<number, JsonObject[]>();
  for (const { url, data } of recorded) {
    const id = Number(/\/pullrequests\/(\d+)\//.exec(url)?.[1]);
    found.set(id, [...(found.get(id) ?? []), data]);
  }
  return found;
}

function reference(pullRequest: JsonObject): JsonObject {
  const { type = 'pullrequest', id = null, title = null, links = null } = pullRequest;
  return { type, id, title, links };
}

function update(pullRequest: JsonObject, state: string, date: string | null, author: string): JsonObject {
  const { source = null, destination = null, title = null } = pullRequest;
  const person = pullRequest[author] ?? null;
  return {
    pull_request: reference(pullRequest),
    update: { state, date, title, author: person, source, destination, reason: '' },
  };
}

/**
 * Activity was not recorded: the comments were, the opening has its instant, and the end is taken to be the last
 * change of a closed pull request.
 */
function composeActivity(pullRequest: JsonObject, comments: readonly JsonObject[]): readonly JsonObject[] {
  const state = textOf(pullRequest, 'state') ?? 'OPEN';
  const closed =
    state === 'OPEN' ? [] : [update(pullRequest, state, textOf(pullRequest, 'updated_on'), 'closed_by')];
  const said = comments.map((comment) => ({ pull_request: reference(pullRequest), comment }));
  const opened = update(pullRequest, 'OPEN', textOf(pullRequest, 'created_on'), 'author');
  return [...closed, ...said, opened].sort(
    (left, right) => (entryInstant(right) ?? 0) - (entryInstant(left) ?? 0),
  );
}

/** The list does not show participants; those who commented are known. */
function composeParticipants(comments: readonly JsonObject[]): readonly JsonObject[] {
  const last = new Map<string, JsonObject>();
  const instant = (comment: JsonObject): number => microsecondsOf(textOf(comment, 'created_on') ?? '') ?? 0;
  for (const comment of comments.toSorted((left, right) => instant(left) - instant(right))) {
    const user = objectOf(comment, 'user');
    const uuid = user && textOf(user, 'uuid');
    if (user === null || !uuid) continue;
    const participatedOn = textOf(comment, 'created_on');
    last.set(uuid, {
      type: 'participant',
      user,
      role: 'PARTICIPANT',
      approved: false,
      participated_on: participatedOn,
    });
  }
  return [...last.values()];
}

/** A uuid that is always the same for the same text. */
function derivedUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`];
  return `{${[...parts, hex.slice(20, 32)].join('-')}}`;
}

/** Environments were not recorded, but every deployment names its own. */
function composeEnvironments(deployments: readonly JsonObject[]): readonly JsonObject[] {
  const found = new Map<string, JsonObject>();
  for (const deployment of deployments) {
    const environment = objectOf(deployment, 'environment');
    const name = environment && textOf(environment, 'name');
    if (environment === null || name === null) continue;
    found.set(name, { type: 'deployment_environment', uuid: derivedUuid(name), ...environment });
  }
  return [...found.values()];
}

function onlyRepository(folder: string): JsonObject {
  const [first] = readRecorded(folder, 'repositories');
  if (first !== undefined) return first.data;
  throw new RecordingError(path.join(folder, 'repositories.jsonl'), 'it holds no repository.');
}

function workspaceOf(repository: JsonObject, folder: string): WorkspaceSource['workspace'] {
  const workspace = objectOf(repository, 'workspace') ?? {};
  const [uuid, slug, name] = ['uuid', 'slug', 'name'].map((field) => textOf(workspace, field));
  if (uuid && slug && name) return { uuid, slug, name };
  throw new RecordingError(path.join(folder, 'repositories.jsonl'), 'its repository names no workspace.');
}

/**
 * The recorded repository as a workspace: pipelines, deployments, pull requests, their comments and one pull request's
 * commits are as recorded; activity, participants and environments are composed from them.
 *
 * @throws {RecordingError} where a file is missing or damaged.
 */
export function openDevLakeRecording(folder: string): WorkspaceSource {
  const repository = onlyRepository(folder);
  const data = (name: string): readonly JsonObject[] => readRecorded(folder, name).map((each) => each.data);
  const comments = byPullRequest(readRecorded(folder, 'pullrequest_comments'));
  const commits = byPullRequest(readRecorded(folder, 'pull_request_commits'));
  const deployments = data('deployments');
  const pipelines = data('pipelines');
  const environments = composeEnvironments(deployments);
  const pullRequests = new Map(
    data('pull_requests').map((raw) => {
      const id = Number(raw.id);
      const participants = composeParticipants(comments.get(id) ?? []);
      return [id, { ...raw, participants, reviewers: [] } satisfies JsonObject] as const;
    }),
  );
  const activity = new Map(
    [...pullRequests].map(([id, raw]) => [id, composeActivity(raw, comments.get(id) ?? [])] as const),
  );
  const instant = (commit: JsonObject): number => microsecondsOf(textOf(commit, 'date') ?? '') ?? 0;
  const history = [...commits.values()].flat().sort((left, right) => instant(right) - instant(left));
  const source: RepositorySource = {
    repository: () => repository,
    pullRequestIds: () => [...pullRequests.keys()],
    pullRequest: (id) => pullRequests.get(id) ?? null,
    activity: (id) => activity.get(id) ?? [],
    commits: (id) => commits.get(id) ?? [],
    statuses: () => [],
    comments: (id) => comments.get(id) ?? [],
    diffstat: () => null,
    commitHistory: () => history,
    pipelines: () => pipelines,
    deployments: () => deployments,
    environments: () => environments,
    revision: () => 0,
  };
  return { workspace: workspaceOf(repository, folder), repositories: () => [source] };
}
