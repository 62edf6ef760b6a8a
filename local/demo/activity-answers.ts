/** Writes what happened on a pull request as Bitbucket's REST API would answer it: activity, comments, commits. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { commitInstant, destinationHash } from './answers';
import {
  bitbucketInstant,
  commitsOf,
  isDraft,
  isVerdict,
  stateOf,
  verdictOf,
  type ClosedState,
  type CommentEvent,
  type DemoCommit,
  type DemoEvent,
  type DemoPullRequest,
  type DemoRepository,
  type VerdictEvent,
} from './model';
import type { Person } from './people';
import {
  accountOf,
  apiOf,
  commitReference,
  destinationEnd,
  link,
  links,
  pullRequestReference,
  rendered,
  repositoryReference,
  siteOf,
  sourceEnd,
} from './references';

/** The words that `changes.status` uses. */
const STATUS: Readonly<Record<ClosedState, string>> = {
  MERGED: 'fulfilled',
  DECLINED: 'rejected',
  SUPERSEDED: 'superseded',
};

/** The pull request as an update shows it, changing from entry to entry. */
interface Moment {
  state: 'OPEN' | ClosedState;
  draft: boolean;
  head: string;
  reviewers: readonly Person[];
  reason: string;
}

/** `GET …/pullrequests/{id}/activity`, newest first; only verdicts that stand are listed, as Bitbucket does. */
export function activityAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
): readonly JsonObject[] {
  const about = pullRequestReference(repository, pullRequest, isDraft(pullRequest));
  const moment: Moment = {
    state: 'OPEN',
    draft: pullRequest.openedAsDraft,
    head: pullRequest.firstCommits.at(-1)?.hash ?? '',
    reviewers: pullRequest.reviewers,
    reason: '',
  };
  const update = (at: number, by: Person, changes: JsonObject): JsonObject => ({
    pull_request: about,
    update: {
      state: moment.state,
      draft: moment.draft,
      title: pullRequest.title,
      description: '',
      reviewers: moment.reviewers.flatMap((person) => accountOf(person) ?? []),
      changes,
      reason: moment.reason,
      author: accountOf(by),
      date: bitbucketInstant(at),
      source: sourceEnd(repository, pullRequest, moment.head),
      destination: destinationEnd(
        repository,
        pullRequest.targetBranch,
        destinationHash(repository, pullRequest, at),
      ),
    },
  });
  const entries = [update(pullRequest.openedAt, pullRequest.author, {})];
  for (const event of pullRequest.events) {
    if (event.kind === 'comment') {
      entries.push({ pull_request: about, comment: commentAnswer(repository, pullRequest, event) });
    } else if (isVerdict(event)) {
      if (verdictOf(pullRequest, event.by) !== event) continue;
      const verdict = { date: bitbucketInstant(event.at), user: accountOf(event.by), pullrequest: about };
      entries.push({ pull_request: about, [event.kind]: verdict });
    } else {
      entries.push(update(event.at, event.by, change(event, moment)));
    }
  }
  return entries.reverse();
}

/** Moves on to the moment after an event; returns the change as the update names it. */
function change(event: Exclude<DemoEvent, CommentEvent | VerdictEvent>, moment: Moment): JsonObject {
  switch (event.kind) {
    case 'push':
      moment.head = event.commits.at(-1)?.hash ?? moment.head;
      return {};
    case 'ready':
      moment.draft = false;
      return { draft: { old: true, new: false } };
    case 'reviewers':
      moment.reviewers = [...moment.reviewers, ...event.added];
      return { reviewers: { added: event.added.flatMap((person) => accountOf(person) ?? []) } };
    case 'close':
      moment.state = event.state;
      moment.reason = event.reason;
      return { status: { old: 'open', new: STATUS[event.state] } };
  }
}

/** One comment as activity and comment lists show it; a deleted one keeps its place and loses its text. */
export function commentAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
  comment: CommentEvent,
): JsonObject {
  const { id, at, by, place, repliesTo, text, deletedAt } = comment;
  const addressOf = (number: number): JsonObject =>
    links(
      `${apiOf(repository)}/pullrequests/${pullRequest.id}/comments/${number}`,
      `${siteOf(repository)}/pull-requests/${pullRequest.id}/_/diff#comment-${number}`,
    );
  return {
    type: 'pullrequest_comment',
    id,
    created_on: bitbucketInstant(at),
    updated_on: bitbucketInstant(deletedAt ?? at),
    content: rendered(deletedAt === null ? text : ''),
    user: accountOf(by),
    deleted: deletedAt !== null,
    pending: false,
    ...(place === null ? {} : { inline: { from: null, to: place.line, path: place.path } }),
    ...(repliesTo === null ? {} : { parent: { id: repliesTo, links: addressOf(repliesTo) } }),
    pullrequest: pullRequestReference(repository, pullRequest, isDraft(pullRequest)),
    links: addressOf(id),
  };
}

/** `GET …/pullrequests/{id}/comments`, oldest first. */
export function commentsAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
): readonly JsonObject[] {
  return pullRequest.events.flatMap((event) =>
    event.kind === 'comment' ? [commentAnswer(repository, pullRequest, event)] : [],
  );
}

/** A commit with its parents. */
export function commitAnswer(repository: DemoRepository, commit: DemoCommit): JsonObject {
  const { hash, at, author, parents, message } = commit;
  const own = commitReference(repository, hash);
  const api = `${apiOf(repository)}/commit/${hash}`;
  const account = accountOf(author);
  const mailbox = author.role.toLowerCase().replaceAll(' ', '-');
  return {
    ...own,
    date: commitInstant(at),
    message: `${message}\n`,
    summary: rendered(message),
    author: {
      type: 'author',
      raw: `${author.role} <${mailbox}@users.invalid>`,
      ...(account === null ? {} : { user: account }),
    },
    parents: parents.map((parent) => commitReference(repository, parent)),
    repository: repositoryReference(repository),
    links: {
      ...links(api, `${siteOf(repository)}/commits/${hash}`),
      comments: link(`${api}/comments`),
      statuses: link(`${api}/statuses`),
      approve: link(`${api}/approve`),
      diff: link(`${apiOf(repository)}/diff/${hash}`),
      patch: link(`${apiOf(repository)}/patch/${hash}`),
    },
  };
}

/** `GET …/pullrequests/{id}/commits`, newest first, the merge commit included once there is one. */
export function commitsAnswer(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
): readonly JsonObject[] {
  // What was never merged went with its fork.
  if (pullRequest.source === 'fork-gone' && stateOf(pullRequest) !== 'MERGED') return [];
  const merge = pullRequest.merge?.isShown ? [pullRequest.merge.commit] : [];
  return [...commitsOf(pullRequest), ...merge].reverse().map((commit) => commitAnswer(repository, commit));
}

/** Every commit of the repository, newest first; parents always follow their children. */
export function commitHistoryAnswer(repository: DemoRepository): readonly JsonObject[] {
  const commits = new Map<string, DemoCommit>();
  for (const line of repository.branches.values())
    for (const commit of line) commits.set(commit.hash, commit);
  for (const pullRequest of repository.pullRequests.values()) {
    const squashed = pullRequest.merge === null || pullRequest.merge.commit.parents.length < 2;
    // A fork's commits are here only once they were merged as they are.
    if (pullRequest.source !== 'own' && squashed) continue;
    for (const commit of commitsOf(pullRequest)) commits.set(commit.hash, commit);
  }
  for (const line of repository.branches.values()) {
    for (const commit of line) commits.set(commit.hash, commit);
  }
  // Of one second, what was written later comes first: a merge before what it merged.
  return [...commits.values()]
    .reverse()
    .sort((a, b) => b.at - a.at)
    .map((commit) => commitAnswer(repository, commit));
}
