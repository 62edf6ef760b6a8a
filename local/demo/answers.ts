/** Writes the demo's repositories and pull requests as Bitbucket's REST API would answer them. */
import type { JsonObject } from '../bitbucket/workspace-source';
import {
  bitbucketInstant,
  closeOf,
  headOf,
  isDraft,
  isVerdict,
  MAIN_BRANCH,
  reviewersOf,
  stateOf,
  tipAt,
  updatedAt,
  verdictOf,
  type ChangedFile,
  type CommentEvent,
  type DemoPullRequest,
  type DemoRepository,
  type VerdictEvent,
} from './model';
import {
  accountOf,
  apiOf,
  commitReference,
  destinationEnd,
  link,
  PROJECT,
  pullRequestLinks,
  rendered,
  repositoryReference,
  shortCommit,
  siteOf,
  sourceEnd,
  WORKSPACE,
} from './references';

/** `GET /repositories/{workspace}/{repo_slug}`. */
export function repositoryAnswer(repository: DemoRepository): JsonObject {
  const { slug, description, language, createdAt, changedAt } = repository;
  return {
    ...repositoryReference(repository),
    slug,
    description,
    scm: 'git',
    website: null,
    is_private: true,
    fork_policy: 'no_public_forks',
    has_issues: false,
    has_wiki: false,
    language,
    size: 1_000_000,
    created_on: bitbucketInstant(createdAt),
    updated_on: bitbucketInstant(changedAt),
    mainbranch: { type: 'branch', name: MAIN_BRANCH },
    owner: { type: 'team', display_name: WORKSPACE.name, uuid: WORKSPACE.uuid },
    workspace: { type: 'workspace', ...WORKSPACE },
    project: { type: 'project', ...PROJECT },
    parent: null,
  };
}

/** The target branch's tip as Bitbucket shows it beside a pull request: at its end, or at the present. */
export function destinationHash(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
  at: number,
): string {
  const close = closeOf(pullRequest);
  const line =
    repository.branches.get(pullRequest.targetBranch) ?? repository.branches.get(MAIN_BRANCH) ?? [];
  // The merge itself moves the tip; what counts is what it was merged into.
  const until = close === null ? at : Math.min(at, close.at - 1_000);
  return tipAt(line, until)?.hash ?? '';
}

/** `GET …/pullrequests/{id}`, with participants and reviewers. */
export function pullRequestAnswer(repository: DemoRepository, pullRequest: DemoPullRequest): JsonObject {
  const { id, title, author, openedAt, targetBranch, merge, events } = pullRequest;
  const close = closeOf(pullRequest);
  const head = headOf(pullRequest);
  const destination = destinationHash(repository, pullRequest, Number.MAX_SAFE_INTEGER);
  const description = '';
  return {
    type: 'pullrequest',
    id,
    title,
    description,
    summary: rendered(description),
    rendered: {
      title: rendered(title),
      description: rendered(description),
      reason: rendered(close?.reason ?? ''),
    },
    state: stateOf(pullRequest),
    draft: isDraft(pullRequest),
    queued: false,
    author: accountOf(author),
    source: sourceEnd(repository, pullRequest, head),
    destination: destinationEnd(repository, targetBranch, destination),
    merge_commit: merge?.isShown
      ? { ...shortCommit(repository, merge.commit.hash), date: commitInstant(merge.commit.at) }
      : null,
    closed_by: close === null ? null : accountOf(close.by),
    close_source_branch: targetBranch === MAIN_BRANCH,
    comment_count: events.filter((event) => event.kind === 'comment' && event.deletedAt === null).length,
    task_count: 0,
    reason: close?.reason ?? '',
    created_on: bitbucketInstant(openedAt),
    updated_on: bitbucketInstant(updatedAt(pullRequest)),
    reviewers: reviewersOf(pullRequest).flatMap((person) => accountOf(person) ?? []),
    participants: participants(pullRequest),
    links: linksOf(repository, pullRequest, `${head.slice(0, 12)}%0D${destination.slice(0, 12)}`),
  };
}

function linksOf(repository: DemoRepository, { id }: DemoPullRequest, range: string): JsonObject {
  const api = apiOf(repository);
  const own = [
    'commits',
    'approve',
    'request-changes',
    'comments',
    'activity',
    'merge',
    'decline',
    'statuses',
  ];
  const spec = `${WORKSPACE.slug}/${repository.slug}:${range}?from_pullrequest_id=${id}&topic=true`;
  return {
    ...pullRequestLinks(repository, id),
    ...Object.fromEntries(own.map((name) => [name, link(`${api}/pullrequests/${id}/${name}`)])),
    diff: link(`${api}/diff/${spec}`),
    diffstat: link(`${api}/diffstat/${spec}`),
  };
}

/** Reviewers and whoever else acted; accounts that are gone are not listed. */
function participants(pullRequest: DemoPullRequest): readonly JsonObject[] {
  const reviewers = reviewersOf(pullRequest);
  const acts = pullRequest.events.filter(
    (event): event is CommentEvent | VerdictEvent => event.kind === 'comment' || isVerdict(event),
  );
  const people = new Set([...reviewers, ...acts.map((event) => event.by)]);
  return [...people].flatMap((person) => {
    const account = accountOf(person);
    if (account === null) return [];
    const verdict = verdictOf(pullRequest, person);
    const last = verdict ?? acts.findLast((event) => event.by === person) ?? null;
    return {
      type: 'participant',
      user: account,
      role: reviewers.includes(person) ? 'REVIEWER' : 'PARTICIPANT',
      approved: verdict?.kind === 'approval',
      state: verdict === null ? null : verdict.kind === 'approval' ? 'approved' : 'changes_requested',
      participated_on: last === null ? null : bitbucketInstant(last.at),
    };
  });
}

/** Commits have whole seconds. */
export function commitInstant(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** The files a pull request changes. */
export function diffstatAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
): readonly JsonObject[] {
  const head = headOf(pullRequest);
  const file = (path: string, hash: string): JsonObject => ({
    type: 'commit_file',
    path,
    escaped_path: path,
    links: { self: link(`${apiOf(repository)}/src/${hash}/${path}`) },
  });
  const base = destinationHash(repository, pullRequest, Number.MAX_SAFE_INTEGER);
  return pullRequest.files.map(({ status, path, oldPath, added, removed }: ChangedFile) => ({
    type: 'diffstat',
    status,
    lines_added: added,
    lines_removed: removed,
    old: status === 'added' ? null : file(oldPath, base),
    new: status === 'removed' ? null : file(path, head),
  }));
}

/** The build statuses of the pull request's commits, newest first. */
export function statusesAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
): readonly JsonObject[] {
  const builds = repository.pipelines.filter((pipeline) => pipeline.pullRequestId === pullRequest.id);
  return builds
    .toReversed()
    .map(({ uuid, buildNumber, commit, branch, createdAt, queuedSeconds, buildSeconds, result }) => {
      const self = `${apiOf(repository)}/commit/${commit}`;
      const key = uuid.replace(/[{}-]/g, '').slice(0, 16);
      return {
        type: 'build',
        key,
        name: `Pipeline #${buildNumber} for ${branch}`,
        description: '',
        state: result,
        refname: branch,
        url: `${siteOf(repository)}/pipelines/results/${buildNumber}`,
        commit: commitReference(repository, commit),
        repository: repositoryReference(repository),
        created_on: bitbucketInstant(createdAt),
        updated_on: bitbucketInstant(createdAt + (queuedSeconds + buildSeconds) * 1_000),
        links: { self: link(`${self}/statuses/build/${key}`), commit: link(self) },
      };
    });
}
