/** The actions of the event drawer on one pull request. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { mergeCommit, pushedCommits } from './commits';
import { productEvent, pullRequestOf, reviewersOf as verdictsOf, type ForgeEvent } from './forge-events';
import {
  commitsOf,
  isDraft,
  isVerdict,
  reviewersOf,
  stateOf,
  verdictOf,
  type CommentEvent,
  type DemoPullRequest,
  type VerdictEvent,
} from './model';
import type { Person } from './people';
import { ActionError, type Scene } from './scene';
import { declineReason, remark } from './wording';

interface PullRequestAction {
  readonly label: string;
  /** Comments are possible on closed pull requests too, as in Bitbucket. */
  readonly onClosedToo?: boolean;
  readonly run: (scene: Scene, pullRequest: DemoPullRequest) => ForgeEvent;
}

export const PULL_REQUEST_ACTIONS: Readonly<Record<string, PullRequestAction>> = {
  push: { label: 'Push a commit to a pull request', run: pushCommit },
  ready: { label: 'Mark a draft as ready for review', run: markReady },
  comment: { label: 'Comment on a line', onClosedToo: true, run: comment },
  'delete-comment': { label: 'Delete the latest comment', onClosedToo: true, run: deleteComment },
  approve: { label: 'Approve', run: (scene, pullRequest) => giveVerdict(scene, pullRequest, 'approval') },
  'request-changes': {
    label: 'Request changes',
    run: (scene, pullRequest) => giveVerdict(scene, pullRequest, 'changes_requested'),
  },
  'withdraw-approval': { label: 'Withdraw an approval', run: withdrawApproval },
  merge: { label: 'Merge', run: merge },
  decline: { label: 'Decline', run: decline },
};

/** Throws ActionError where the pull request is not in a state for it. */
export function actOnPullRequest(scene: Scene, pullRequest: DemoPullRequest, key: string): ForgeEvent {
  const action = PULL_REQUEST_ACTIONS[key];
  if (!action) throw new ActionError(`There is no action "${key}". Choose one from the list.`);
  const state = stateOf(pullRequest);
  if (state !== 'OPEN' && !action.onClosedToo) {
    throw new ActionError(
      `Pull request #${pullRequest.id} is already ${state.toLowerCase()}. Choose one that is open.`,
    );
  }
  return action.run(scene, pullRequest);
}

function event(
  name: string,
  { repository, at }: Scene,
  pullRequest: DemoPullRequest,
  by: Person,
  details: JsonObject = {},
): ForgeEvent {
  const shown = { pullrequest: pullRequestOf(repository, pullRequest, at), ...details };
  return productEvent(`avi:bitbucket:${name}`, repository, by, at, shown);
}

function pushCommit(scene: Scene, pullRequest: DemoPullRequest): ForgeEvent {
  const by = present(scene, pullRequest.author);
  const push = { at: scene.at, count: 1, mergesTarget: null, target: pullRequest.targetBranch };
  const commits = pushedCommits(scene.chance, by, commitsOf(pullRequest).at(-1), push);
  pullRequest.events.push({ kind: 'push', at: scene.at, by, commits });
  return event('updated:pullrequest', scene, pullRequest, by);
}

function markReady(scene: Scene, pullRequest: DemoPullRequest): ForgeEvent {
  if (!isDraft(pullRequest)) {
    throw new ActionError(`Pull request #${pullRequest.id} is not a draft. Choose one that is.`);
  }
  const by = present(scene, pullRequest.author);
  pullRequest.events.push({ kind: 'ready', at: scene.at, by });
  return event('updated:pullrequest', scene, pullRequest, by);
}

function comment(scene: Scene, pullRequest: DemoPullRequest): ForgeEvent {
  const { chance, repository, at } = scene;
  const [by] = colleagues(scene, pullRequest);
  const file = chance.pick(pullRequest.files);
  const made: CommentEvent = {
    kind: 'comment',
    at,
    by,
    id: repository.nextCommentId,
    place: { path: file.path, line: chance.integer(1, 240) },
    repliesTo: null,
    text: remark(chance),
    deletedAt: null,
  };
  repository.nextCommentId += 7;
  pullRequest.events.push(made);
  return event('created:pullrequest-comment', scene, pullRequest, by, { comment: { id: made.id } });
}

function deleteComment(scene: Scene, pullRequest: DemoPullRequest): ForgeEvent {
  const last = pullRequest.events.findLast(
    (each): each is CommentEvent => each.kind === 'comment' && each.deletedAt === null,
  );
  if (!last) throw new ActionError(`Pull request #${pullRequest.id} has no comment. Comment on it first.`);
  last.deletedAt = scene.at;
  const by = present(scene, last.by);
  return event('deleted:pullrequest-comment', scene, pullRequest, by, { comment: { id: last.id } });
}

function giveVerdict(scene: Scene, pullRequest: DemoPullRequest, kind: VerdictEvent['kind']): ForgeEvent {
  const by = colleagues(scene, pullRequest).find((person) => verdictOf(pullRequest, person)?.kind !== kind);
  if (!by) {
    const done = kind === 'approval' ? 'approved' : 'requested changes to';
    throw new ActionError(`Everybody has ${done} pull request #${pullRequest.id} already. Choose another.`);
  }
  pullRequest.events.push({ kind, at: scene.at, by });
  return reviewerStatus(scene, pullRequest, by);
}

function withdrawApproval(scene: Scene, pullRequest: DemoPullRequest): ForgeEvent {
  const approval = pullRequest.events.findLast(
    (each) =>
      each.kind === 'approval' && verdictOf(pullRequest, each.by) === each && each.by.account !== null,
  );
  if (!approval) {
    throw new ActionError(`Nobody has approved pull request #${pullRequest.id} yet. Approve it first.`);
  }
  // Bitbucket forgets a withdrawn approval: only the event tells of it. What the person decided before stays forgotten.
  const { by } = approval;
  const kept = pullRequest.events.filter((each) => !(isVerdict(each) && each.by === by));
  pullRequest.events.splice(0, pullRequest.events.length, ...kept);
  return reviewerStatus(scene, pullRequest, by);
}

function merge(scene: Scene, pullRequest: DemoPullRequest): ForgeEvent {
  const { chance, repository, at } = scene;
  if (isDraft(pullRequest)) {
    throw new ActionError(`Pull request #${pullRequest.id} is a draft. Mark it as ready first.`);
  }
  const by = present(scene, pullRequest.author);
  const line = repository.branches.get(pullRequest.targetBranch);
  if (!line) throw new ActionError(`The branch ${pullRequest.targetBranch} is gone. Choose another.`);
  const commit = mergeCommit(pullRequest, line.at(-1)?.hash, {
    hash: chance.hex(40),
    at,
    by,
    isSquash: false,
  });
  pullRequest.events.push({ kind: 'close', at, by, state: 'MERGED', reason: '' });
  pullRequest.merge = { commit, isShown: true };
  line.push(commit);
  return event('fulfilled:pullrequest', scene, pullRequest, by);
}

function decline(scene: Scene, pullRequest: DemoPullRequest): ForgeEvent {
  const by = present(scene, pullRequest.author);
  const reason = declineReason(scene.chance);
  pullRequest.events.push({ kind: 'close', at: scene.at, by, state: 'DECLINED', reason });
  return event('rejected:pullrequest', scene, pullRequest, by);
}

function reviewerStatus(scene: Scene, pullRequest: DemoPullRequest, by: Person): ForgeEvent {
  return event('updated:pullrequest-reviewer-status', scene, pullRequest, by, {
    reviewers: verdictsOf(pullRequest),
  });
}

/** The person, or somebody of the team where the account is gone. */
function present({ repository }: Scene, person: Person): Person {
  return person.account === null ? (repository.team[0] ?? person) : person;
}

/** Who can review: the reviewers first, then the rest of the team. */
function colleagues({ repository }: Scene, pullRequest: DemoPullRequest): readonly [Person, ...Person[]] {
  const people = [...new Set([...reviewersOf(pullRequest), ...repository.team])].filter(
    (person) => person !== pullRequest.author && person.account !== null,
  );
  const [first, ...rest] = people;
  if (!first) throw new ActionError(`${repository.slug} has nobody else. Choose another repository.`);
  return [first, ...rest];
}
