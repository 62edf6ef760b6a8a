/** Writes the demo's pull requests as Bitbucket's REST API would answer them. */
import type { JsonObject } from '../bitbucket/workspace-source';
import {
  bitbucketInstant,
  type DemoCommit,
  type DemoEvent,
  type DemoPullRequest,
  type DemoRepository,
} from './model';

const API = 'https://api.bitbucket.org/2.0/repositories';

export const WORKSPACE = {
  uuid: '{5b1ad0c4-7e11-4c3a-9f5e-0d3c2b1a4f60}',
  slug: 'demo',
  name: 'Demo workspace',
} as const;

const PROJECT_UUID = '{9a4bb2a8-41d3-4c4e-8f0c-6b8f5e7d2c11}';

/** `GET /repositories/{workspace}/{repo_slug}`. */
export function repositoryAnswer(repository: DemoRepository, mainBranch: string): JsonObject {
  return {
    ...reference(repository),
    slug: repository.slug,
    description: 'Made-up work for the local demo.',
    scm: 'git',
    is_private: true,
    fork_policy: 'no_public_forks',
    has_issues: false,
    has_wiki: false,
    language: repository.language,
    size: 1_000_000,
    created_on: bitbucketInstant(repository.createdAt),
    updated_on: bitbucketInstant(lastActivity(repository)),
    mainbranch: { type: 'branch', name: mainBranch },
    workspace: { type: 'workspace', ...WORKSPACE },
    project: { type: 'project', uuid: PROJECT_UUID, key: 'DEMO', name: 'Demo' },
  };
}

function lastActivity(repository: DemoRepository): number {
  return Math.max(...[...repository.pullRequests.values()].map(updatedAt));
}

function reference({ uuid, slug }: DemoRepository): JsonObject {
  return {
    type: 'repository',
    uuid,
    name: slug,
    full_name: `${WORKSPACE.slug}/${slug}`,
    links: {
      self: { href: `${API}/${WORKSPACE.slug}/${slug}` },
      html: { href: `https://bitbucket.org/${WORKSPACE.slug}/${slug}` },
    },
  };
}

function side(repository: DemoRepository, branch: string, hash: string, gone = false): JsonObject {
  return {
    branch: { name: branch },
    commit: gone ? null : { type: 'commit', hash: hash.slice(0, 12) },
    repository: gone ? null : reference(repository),
  };
}

function source(repository: DemoRepository, pullRequest: DemoPullRequest, hash: string): JsonObject {
  return side(repository, pullRequest.sourceBranch, hash, pullRequest.forkGone);
}

const updatedAt = (pullRequest: DemoPullRequest): number =>
  pullRequest.events.at(-1)?.at ?? pullRequest.openedAt;

/** `GET …/pullrequests/{id}`, with participants and reviewers. */
export function pullRequestAnswer(repository: DemoRepository, pullRequest: DemoPullRequest): JsonObject {
  const { id, title, author, state, mergeCommit } = pullRequest;
  const close = pullRequest.events.find((event) => event.kind === 'close');
  const text = { type: 'rendered', raw: '', markup: 'markdown', html: '' };
  const path = `${WORKSPACE.slug}/${repository.slug}`;
  return {
    type: 'pullrequest',
    id,
    title,
    description: '',
    summary: text,
    rendered: { title: { ...text, raw: title }, description: text },
    state,
    draft: pullRequest.draft,
    author: author?.account ?? null,
    source: source(repository, pullRequest, headOf(pullRequest)),
    destination: side(repository, pullRequest.targetBranch, pullRequest.base),
    merge_commit: mergeCommit && {
      type: 'commit',
      hash: mergeCommit.hash.slice(0, 12),
      date: bitbucketInstant(mergeCommit.at),
    },
    closed_by: close?.by.account ?? null,
    close_source_branch: true,
    comment_count: pullRequest.events.filter((event) => event.kind === 'comment' && !event.deleted).length,
    task_count: 0,
    reason: '',
    created_on: bitbucketInstant(pullRequest.openedAt),
    updated_on: bitbucketInstant(updatedAt(pullRequest)),
    reviewers: pullRequest.reviewers.map(({ account }) => account),
    participants: participants(pullRequest),
    links: {
      self: { href: `${API}/${path}/pullrequests/${id}` },
      html: { href: `https://bitbucket.org/${path}/pull-requests/${id}` },
    },
  };
}

type Acting = Extract<DemoEvent, { kind: 'comment' | 'approval' | 'changes_requested' }>;

/** Reviewers and whoever else acted, each with the last thing they did; an approval follows and replaces a request. */
function participants(pullRequest: DemoPullRequest): readonly JsonObject[] {
  const acts = pullRequest.events.filter(
    (event): event is Acting => event.kind !== 'push' && event.kind !== 'close',
  );
  const people = new Set([...pullRequest.reviewers, ...acts.map((event) => event.by)]);
  return [...people].map((person) => {
    const own = acts.filter((event) => event.by === person);
    const verdict = own.findLast((event) => event.kind !== 'comment');
    return {
      type: 'participant',
      user: person.account,
      role: pullRequest.reviewers.includes(person) ? 'REVIEWER' : 'PARTICIPANT',
      approved: verdict?.kind === 'approval',
      state: verdict === undefined ? null : verdict.kind === 'approval' ? 'approved' : 'changes_requested',
      participated_on: own.length === 0 ? null : bitbucketInstant((verdict ?? own.at(-1) ?? { at: 0 }).at),
    };
  });
}

/** The head of the source branch. */
export function headOf(pullRequest: DemoPullRequest): string {
  return pullRequest.commits.at(-1)?.hash ?? pullRequest.base;
}

/** `GET …/pullrequests/{id}/activity`, newest first; only verdicts that stand are listed, as Bitbucket does. */
export function activityAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
): readonly JsonObject[] {
  const about = { type: 'pullrequest', id: pullRequest.id, title: pullRequest.title };
  const update = (at: number, by: JsonObject | null, state: string, hash: string): JsonObject => ({
    pull_request: about,
    update: {
      date: bitbucketInstant(at),
      author: by,
      state,
      title: pullRequest.title,
      description: '',
      reason: '',
      changes: {},
      reviewers: pullRequest.reviewers.map(({ account }) => account),
      source: source(repository, pullRequest, hash),
      destination: side(repository, pullRequest.targetBranch, pullRequest.base),
    },
  });
  const opening = pullRequest.commits.findLast((commit) => commit.at <= pullRequest.openedAt);
  let head = opening?.hash ?? pullRequest.base;
  const entries = [update(pullRequest.openedAt, pullRequest.author?.account ?? null, 'OPEN', head)];
  for (const event of pullRequest.events) {
    const date = bitbucketInstant(event.at);
    switch (event.kind) {
      case 'push':
        head = event.commits.at(-1)?.hash ?? head;
        entries.push(update(event.at, event.by.account, 'OPEN', head));
        break;
      case 'close':
        entries.push(update(event.at, event.by.account, event.state, head));
        break;
      case 'comment':
        entries.push({ pull_request: about, comment: commentAnswer(event, about) });
        break;
      default:
        if (stands(pullRequest, event)) {
          entries.push({
            pull_request: about,
            [event.kind]: { date, user: event.by.account, pullrequest: about },
          });
        }
    }
  }
  return entries.reverse();
}

/** A verdict stands until its giver's next one. */
function stands(pullRequest: DemoPullRequest, verdict: DemoEvent): boolean {
  const last = pullRequest.events.findLast(
    (event) => event.by === verdict.by && (event.kind === 'approval' || event.kind === 'changes_requested'),
  );
  return last === verdict;
}

/** One comment as activity and comment lists show it. */
export function commentAnswer(event: Extract<DemoEvent, { kind: 'comment' }>, about: JsonObject): JsonObject {
  const date = bitbucketInstant(event.at);
  const raw = event.deleted ? '' : 'A remark on this change.';
  return {
    type: 'pullrequest_comment',
    id: event.id,
    created_on: date,
    updated_on: date,
    content: { type: 'rendered', raw, markup: 'markdown', html: raw },
    user: event.by.account,
    deleted: event.deleted,
    pending: false,
    ...(event.inline ? { inline: { from: null, to: 12, path: 'src/service.ts' } } : {}),
    pullrequest: about,
  };
}

/** A commit with its parents. */
export function commitAnswer(repository: DemoRepository, commit: DemoCommit): JsonObject {
  const { account, role } = commit.author;
  return {
    type: 'commit',
    hash: commit.hash,
    date: new Date(commit.at).toISOString().replace(/\.\d+Z$/, '+00:00'),
    message: commit.message,
    summary: { type: 'rendered', raw: commit.message, markup: 'markdown', html: '' },
    author: { type: 'author', raw: `${role} <demo@users.invalid>`, user: account },
    parents: commit.parents.map((hash) => ({ type: 'commit', hash })),
    repository: reference(repository),
  };
}

/** `GET …/pullrequests/{id}/commits`, newest first, the merge commit included once there is one. */
export function commitsAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
): readonly JsonObject[] {
  const { mergeCommit, commits } = pullRequest;
  return [...commits, ...(mergeCommit ? [mergeCommit] : [])]
    .reverse()
    .map((commit) => commitAnswer(repository, commit));
}
