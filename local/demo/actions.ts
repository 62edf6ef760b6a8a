/** What a person can do to the demo from the event drawer: the workspace changes, and Forge's event for it is made. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { headOf, WORKSPACE } from './answers';
import { MAIN_BRANCH, type DemoEvent, type DemoPullRequest, type DemoRepository } from './model';
import type { Person } from './people';
import { livePullRequest, push } from './pull-request-life';
import type { Chance } from './random';
import { mergeOnto } from './repositories';

/** An action that does not fit what it is done to; the message says why. */
export class ActionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ActionError';
  }
}

export interface ActionResult {
  readonly eventType: string;
  readonly payload: JsonObject;
}

/** Where an action happens, and the chance that makes its hashes. */
export interface Scene {
  readonly chance: Chance;
  readonly repository: DemoRepository;
  readonly people: readonly Person[];
  readonly at: number;
}

type OnPullRequest = (scene: Scene, pullRequest: DemoPullRequest) => string | ActionResult;

interface ActionDefinition {
  readonly label: string;
  /** Acts on an open pull request; the others act on the repository. */
  readonly onPullRequest?: OnPullRequest;
  readonly onRepository?: (scene: Scene) => ActionResult;
}

export const ACTIONS: Readonly<Record<string, ActionDefinition>> = {
  open: { label: 'Open a pull request', onRepository: openOne },
  push: {
    label: 'Push a commit to a pull request',
    onPullRequest: ({ chance, at }, pullRequest) => {
      const by = authorOf(pullRequest);
      const event = push(chance, at, by, headOf(pullRequest), 'More work');
      pullRequest.events.push(event);
      if (event.kind === 'push') pullRequest.commits.push(...event.commits);
      return 'avi:bitbucket:updated:pullrequest';
    },
  },
  comment: { label: 'Comment', onPullRequest: comment },
  approve: {
    label: 'Approve',
    onPullRequest: (scene, pullRequest) => verdict(scene, pullRequest, 'approval'),
  },
  'request-changes': {
    label: 'Request changes',
    onPullRequest: (scene, pullRequest) => verdict(scene, pullRequest, 'changes_requested'),
  },
  'withdraw-approval': {
    label: 'Withdraw an approval',
    onPullRequest: (scene, pullRequest) => {
      const last = pullRequest.events.findLastIndex((event) => event.kind === 'approval');
      if (last === -1)
        throw new ActionError(`Nobody has approved pull request #${pullRequest.id} yet. Approve it first.`);
      // Bitbucket forgets a withdrawn approval: only the event tells of it.
      pullRequest.events.splice(last, 1);
      return reviewerStatus(scene, pullRequest);
    },
  },
  merge: {
    label: 'Merge',
    onPullRequest: ({ chance, repository, at }, pullRequest) => {
      const by = authorOf(pullRequest);
      close(pullRequest, at, by, 'MERGED');
      mergeOnto(repository, pullRequest, at, by, chance.hex(40), false);
      return 'avi:bitbucket:fulfilled:pullrequest';
    },
  },
  decline: {
    label: 'Decline',
    onPullRequest: ({ at }, pullRequest) => {
      close(pullRequest, at, authorOf(pullRequest), 'DECLINED');
      return 'avi:bitbucket:rejected:pullrequest';
    },
  },
  'push-to-main': { label: 'Push straight to main', onRepository: pushToMain },
  rename: {
    label: 'Rename the repository',
    onRepository: (scene) => {
      scene.repository.slug = `${scene.repository.slug}-next`;
      return event(scene, 'avi:bitbucket:updated:repository', { changes: {} });
    },
  },
  'deployment-succeeds': {
    label: 'Complete a deployment',
    onRepository: (scene) => deployment(scene, 'SUCCESSFUL'),
  },
  'deployment-fails': { label: 'Fail a deployment', onRepository: (scene) => deployment(scene, 'FAILED') },
};

/** Does one action. Throws ActionError. */
export function act(scene: Scene, key: string, pullRequestId: number | null): ActionResult {
  const definition = ACTIONS[key];
  if (!definition) throw new ActionError(`There is no action "${key}".`);
  scene.repository.revision += 1;
  if (definition.onRepository) return definition.onRepository(scene);
  const pullRequest = pullRequestId === null ? undefined : scene.repository.pullRequests.get(pullRequestId);
  if (!pullRequest) throw new ActionError('Choose a pull request first.');
  if (pullRequest.state !== 'OPEN') {
    throw new ActionError(
      `Pull request #${pullRequest.id} is ${pullRequest.state.toLowerCase()}. Choose an open one.`,
    );
  }
  const done = definition.onPullRequest?.(scene, pullRequest);
  if (typeof done !== 'string') return done ?? event(scene, 'avi:bitbucket:updated:pullrequest', {});
  return event(scene, done, { pullrequest: pullRequestOf(pullRequest) });
}

function openOne(scene: Scene): ActionResult {
  const { chance, repository, people, at } = scene;
  const id = Math.max(0, ...repository.pullRequests.keys()) + 1;
  const humans = people.filter((person) => !person.isBot);
  const author = chance.pick(humans);
  const pullRequest = livePullRequest(chance, {
    id,
    author,
    colleagues: humans.filter((person) => person !== author),
    reviewBot: author,
    openedAt: at,
    endsAt: at,
    pace: 1,
    base: repository.mainline.at(-1)?.hash ?? '',
    targetBranch: MAIN_BRANCH,
  });
  repository.pullRequests.set(id, { ...pullRequest, author, draft: false, forkGone: false });
  return event(scene, 'avi:bitbucket:created:pullrequest', { pullrequest: pullRequestOf(pullRequest) });
}

function comment(scene: Scene, pullRequest: DemoPullRequest): ActionResult {
  const id = 1_000_000 + scene.chance.integer(0, 899_999_999);
  const by = reviewerOf(pullRequest);
  pullRequest.events.push({ kind: 'comment', at: scene.at, by, id, inline: true, deleted: false });
  return event(scene, 'avi:bitbucket:created:pullrequest-comment', {
    pullrequest: pullRequestOf(pullRequest),
    comment: { id },
  });
}

function verdict(
  scene: Scene,
  pullRequest: DemoPullRequest,
  kind: 'approval' | 'changes_requested',
): ActionResult {
  pullRequest.events.push({ kind, at: scene.at, by: reviewerOf(pullRequest) });
  return reviewerStatus(scene, pullRequest);
}

function reviewerStatus(scene: Scene, pullRequest: DemoPullRequest): ActionResult {
  const verdicts = new Map<Person, DemoEvent>();
  for (const each of pullRequest.events) {
    if (each.kind === 'approval' || each.kind === 'changes_requested') verdicts.set(each.by, each);
  }
  return event(scene, 'avi:bitbucket:updated:pullrequest-reviewer-status', {
    pullrequest: pullRequestOf(pullRequest),
    reviewers: {
      truncated: false,
      value: [...verdicts].map(([person, given]) => ({
        user: actor(person),
        status: given.kind === 'approval' ? 'approved' : 'changes_requested',
        timestamp: new Date(given.at).toISOString(),
      })),
    },
  });
}

function close(pullRequest: DemoPullRequest, at: number, by: Person, state: 'MERGED' | 'DECLINED'): void {
  pullRequest.events.push({ kind: 'close', at, by, state });
  pullRequest.state = state;
}

function pushToMain(scene: Scene): ActionResult {
  const { chance, repository, people, at } = scene;
  const author = chance.pick(people.filter((person) => !person.isBot));
  const before = repository.mainline.at(-1)?.hash;
  const commit = {
    hash: chance.hex(40),
    at,
    author,
    parents: before === undefined ? [] : [before],
    message: 'Quick correction',
  };
  repository.mainline.push(commit);
  return event(scene, 'avi:bitbucket:push:repository', {
    push: {
      ref: MAIN_BRANCH,
      mainbranch: true,
      ...(before === undefined ? {} : { before }),
      after: commit.hash,
      created: false,
      closed: false,
      forced: false,
      truncated: false,
      commits: [
        {
          hash: commit.hash,
          message: { value: commit.message, truncated: false },
          date: new Date(at).toISOString(),
          author: { user: actor(author) },
        },
      ],
    },
  });
}

function deployment(scene: Scene, status: string): ActionResult {
  const environment = scene.repository.environments.at(-1);
  if (!environment)
    throw new ActionError(`${scene.repository.slug} has no environments. Choose another repository.`);
  const updatedTimestamp = new Date(scene.at).toISOString();
  return event(scene, 'avi:bitbucket:completed:deployment', {
    pipeline: { uuid: `{${scene.chance.uuid()}}` },
    deployment: { uuid: `{${scene.chance.uuid()}}`, state: 'COMPLETED', status, updatedTimestamp },
    environment: { uuid: environment.uuid ?? '', type: 'PRODUCTION', name: 'Production' },
  });
}

function event(scene: Scene, eventType: string, payload: JsonObject): ActionResult {
  return {
    eventType,
    payload: {
      eventType,
      timestamp: new Date(scene.at).toISOString(),
      selfGenerated: false,
      repository: { uuid: scene.repository.uuid, slug: scene.repository.slug },
      workspace: { uuid: WORKSPACE.uuid },
      ...payload,
    },
  };
}

function pullRequestOf(pullRequest: DemoPullRequest): JsonObject {
  return {
    id: pullRequest.id,
    state: pullRequest.state,
    title: { truncated: false, value: pullRequest.title },
    source: { branch: pullRequest.sourceBranch, commit: { hash: headOf(pullRequest).slice(0, 12) } },
    destination: { branch: pullRequest.targetBranch, commit: { hash: pullRequest.base.slice(0, 12) } },
    createdOn: new Date(pullRequest.openedAt).toISOString(),
    updatedOn: new Date(pullRequest.events.at(-1)?.at ?? pullRequest.openedAt).toISOString(),
  };
}

function actor({ account }: Person): JsonObject {
  const { type = 'user', account_id: accountId, uuid = '' } = account;
  return { type, uuid, ...(accountId === undefined ? {} : { accountId }) };
}

function authorOf(pullRequest: DemoPullRequest): Person {
  return pullRequest.author ?? reviewerOf(pullRequest);
}

function reviewerOf(pullRequest: DemoPullRequest): Person {
  const [reviewer] = pullRequest.reviewers;
  if (!reviewer) throw new ActionError(`Pull request #${pullRequest.id} has no reviewer. Choose another.`);
  return reviewer;
}
