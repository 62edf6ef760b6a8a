/** Writes what happens in the demo as the events that Forge sends for it, in the form of 2026. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { destinationHash } from './answers';
import {
  bitbucketInstant,
  headOf,
  stateOf,
  updatedAt,
  verdictOf,
  type DemoCommit,
  type DemoDeployment,
  type DemoPullRequest,
  type DemoRepository,
} from './model';
import type { Person } from './people';
import { eventInstant, PROJECT, WORKSPACE } from './references';

/** An event as Forge sends it to the app. */
export interface ForgeEvent {
  readonly eventType: string;
  readonly payload: JsonObject;
}

/** What all events but those of deployments have; `details` are the event's own fields. */
export function productEvent(
  eventType: string,
  { uuid, slug }: DemoRepository,
  by: Person,
  at: number,
  details: JsonObject,
): ForgeEvent {
  return {
    eventType,
    payload: {
      eventType,
      timestamp: eventInstant(at),
      selfGenerated: false,
      actor: actorOf(by),
      repository: { uuid, slug },
      project: { uuid: PROJECT.uuid },
      workspace: { uuid: WORKSPACE.uuid },
      ...details,
    },
  };
}

/** Deployment events name neither actor nor project. */
export function deploymentEvent(
  eventType: string,
  { uuid, slug }: DemoRepository,
  at: number,
  { uuid: deployment, environment, pipeline, completedAt, status }: DemoDeployment,
): ForgeEvent {
  return {
    eventType,
    payload: {
      eventType,
      timestamp: eventInstant(at),
      selfGenerated: false,
      repository: { uuid, slug },
      workspace: { uuid: WORKSPACE.uuid },
      pipeline: { uuid: pipeline.uuid },
      deployment: {
        uuid: deployment,
        state: completedAt === null ? 'IN_PROGRESS' : 'COMPLETED',
        ...(status === null ? {} : { status }),
        updatedTimestamp: eventInstant(at),
      },
      environment: {
        uuid: environment.uuid,
        type: environment.name.toUpperCase(),
        name: environment.name,
      },
    },
  };
}

/** An account as events show it. */
export function actorOf({ account }: Person): JsonObject {
  const { type = 'user', account_id: accountId, uuid = '' } = account ?? {};
  return { type, ...(accountId === undefined ? {} : { accountId }), uuid };
}

const text = (value: string): JsonObject => ({ value, truncated: false });

export function pullRequestOf(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
  at: number,
): JsonObject {
  const { id, title, author, openedAt, sourceBranch, targetBranch, events, merge } = pullRequest;
  const destination = destinationHash(repository, pullRequest, at);
  return {
    id,
    state: stateOf(pullRequest),
    title: text(title),
    author: { ...actorOf(author), displayName: author.role },
    source: { branch: sourceBranch, commit: { hash: headOf(pullRequest).slice(0, 12) } },
    destination: { branch: targetBranch, commit: { hash: destination.slice(0, 12) } },
    ...(merge?.isShown ? { mergeCommit: { hash: merge.commit.hash.slice(0, 12) } } : {}),
    createdOn: bitbucketInstant(openedAt),
    updatedOn: bitbucketInstant(updatedAt(pullRequest)),
    commentCount: events.filter((event) => event.kind === 'comment' && event.deletedAt === null).length,
    taskCount: 0,
  };
}

/** The verdicts that stand; whoever withdrew one is no longer among them. */
export function reviewersOf(pullRequest: DemoPullRequest): JsonObject {
  const people = new Set(pullRequest.events.map((event) => event.by));
  return {
    truncated: false,
    value: [...people].flatMap((person) => {
      const verdict = person.account === null ? null : verdictOf(pullRequest, person);
      if (verdict === null) return [];
      const status = verdict.kind === 'approval' ? 'approved' : 'changes_requested';
      return { user: actorOf(person), status, timestamp: eventInstant(verdict.at) };
    }),
  };
}

/** A tag's push lists no commits, as in Bitbucket's own example of one. */
export function tagPushOf(name: string, author: Person, commit: string, at: number): JsonObject {
  return {
    ref: name,
    date: eventInstant(at),
    after: commit,
    created: true,
    closed: false,
    forced: false,
    author: { user: actorOf(author) },
    message: text(`Tag ${name}`),
  };
}

export function pushOf(
  branch: string,
  isMain: boolean,
  before: string | undefined,
  commit: DemoCommit,
): JsonObject {
  return {
    ref: branch,
    mainbranch: isMain,
    // A branch that did not exist has no `before`; it is absent, not null.
    ...(before === undefined ? {} : { before }),
    after: commit.hash,
    created: before === undefined,
    closed: false,
    forced: false,
    truncated: false,
    commits: [
      {
        hash: commit.hash,
        message: text(commit.message),
        date: eventInstant(commit.at),
        author: { user: actorOf(commit.author) },
      },
    ],
  };
}

export function renaming(from: string, to: string): JsonObject {
  return { name: { old: text(from), new: text(to) } };
}
