/** Forge's events of what happens in a copy of a strand, in the form of 2026. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { instantText, type Copy } from './workspace-answers';
import { shortHash, wholeHash } from './workspace-identities';
import {
  latestUpdate,
  shortNumber,
  stateAt,
  updatedAt,
  type RecordedHash,
  type StrandEntry,
  type StrandEvent,
  type StrandPullRequest,
} from './workspace-strand';

/** Where an event happens. */
export interface Scene {
  readonly copy: Copy;
  /** The pull request's number in its repository. */
  readonly id: number;
  readonly repository: { readonly uuid: string; readonly slug: string };
  readonly workspaceUuid: string;
  readonly projectUuid: string;
}

/** Bitbucket names at most so many commits of a push. */
const MOST_COMMITS = 5;

/** The event as Forge sends it; `null` for what nobody is told of. */
export function eventPayload(event: StrandEvent, scene: Scene): JsonObject | null {
  const raw = scene.copy.strand.pullRequests[event.pullRequest];
  if (raw === undefined) return null;
  const { what } = event;
  const pullRequest = (): JsonObject => ({ pullrequest: pullRequestOf(raw, event.at, scene) });
  const made = (name: string, by: number | null, details: JsonObject): JsonObject => ({
    eventType: `avi:bitbucket:${name}`,
    timestamp: eventText(event.at, scene.copy),
    selfGenerated: false,
    ...(by === null ? {} : { actor: actorOf(scene.copy, by) }),
    repository: { uuid: scene.repository.uuid, slug: scene.repository.slug },
    project: { uuid: scene.projectUuid },
    workspace: { uuid: scene.workspaceUuid },
    ...details,
  });
  switch (what.kind) {
    case 'opened':
      return made('created:pullrequest', raw.author, pullRequest());
    case 'edited':
      return made('updated:pullrequest', raw.author, pullRequest());
    case 'closed': {
      const name = raw.state === 'MERGED' ? 'fulfilled:pullrequest' : 'rejected:pullrequest';
      return made(name, raw.closedBy, pullRequest());
    }
    case 'merged-push':
      return made('push:repository', raw.closedBy, { push: mergePush(raw, scene.copy) });
    case 'built':
    case 'rebuilt': {
      const status = raw.statuses[what.status];
      if (status === undefined) return null;
      const { hash, key, state, createdAt } = status;
      const isDone = what.kind === 'rebuilt' || status.updatedAt <= createdAt;
      return made(`${what.kind === 'built' ? 'created' : 'updated'}:build-status`, raw.author, {
        buildStatus: {
          key,
          state: isDone ? state : 'INPROGRESS',
          commit: { hash: wholeHash(hash, scene.copy.key) },
          createdOn: eventText(createdAt, scene.copy),
          updatedOn: eventText(event.at, scene.copy),
        },
      });
    }
    case 'pushed':
    case 'updated':
    case 'commented':
    case 'reviewed':
      return ofEntry(what.kind, raw.activity[what.entry], raw, { made, pullRequest, at: event.at, scene });
  }
}

interface Making {
  readonly made: (name: string, by: number | null, details: JsonObject) => JsonObject;
  readonly pullRequest: () => JsonObject;
  readonly at: number;
  readonly scene: Scene;
}

function ofEntry(
  kind: 'pushed' | 'updated' | 'commented' | 'reviewed',
  entry: StrandEntry | undefined,
  raw: StrandPullRequest,
  { made, pullRequest, at, scene: { copy } }: Making,
): JsonObject | null {
  if (entry === undefined) return null;
  switch (kind) {
    case 'commented':
      return entry.kind === 'comment'
        ? made('created:pullrequest-comment', entry.person, {
            ...pullRequest(),
            comment: { id: entry.id + copy.idOffset },
          })
        : null;
    case 'reviewed':
      return made('updated:pullrequest-reviewer-status', entry.person, {
        ...pullRequest(),
        reviewers: reviewersOf(raw, at, copy),
      });
    case 'updated':
      return made('updated:pullrequest', entry.person, pullRequest());
    case 'pushed':
      return entry.kind === 'update' && entry.source !== null
        ? made('push:repository', entry.person, { push: sourcePush(raw, entry.source, entry.at, copy) })
        : null;
  }
}

function eventText(at: number, copy: Copy): string {
  return instantText(at + copy.shift).replace('+00:00', 'Z');
}

function actorOf(copy: Copy, person: number): JsonObject {
  const { type = 'user', account_id: accountId = '', uuid = '' } = copy.accountOf(person);
  return { type, accountId, uuid };
}

const text = (value: string): JsonObject => ({ value, truncated: false });

function pullRequestOf(raw: StrandPullRequest, now: number, { copy, id }: Scene): JsonObject {
  const state = stateAt(raw, now);
  const update = state === 'OPEN' ? latestUpdate(raw, now) : null;
  const end = (branch: string, hash: RecordedHash | null): JsonObject => ({
    branch,
    ...(hash === null ? {} : { commit: { hash: shortHash(hash, copy.key) } }),
  });
  return {
    id,
    state,
    title: text(`Change ${id}`),
    ...(raw.author === null ? {} : { author: actorOf(copy, raw.author) }),
    source: end(raw.source.branch, update === null ? raw.source.hash : update.source),
    destination: end(raw.destination.branch, update === null ? raw.destination.hash : update.destination),
    ...(state === 'MERGED' && raw.mergeCommit !== null
      ? { mergeCommit: { hash: shortHash(raw.mergeCommit.hash, copy.key) } }
      : {}),
    createdOn: instantText(raw.createdAt + copy.shift),
    updatedOn: instantText(updatedAt(raw, now) + copy.shift),
    commentCount: raw.activity.filter((entry) => entry.kind === 'comment' && entry.at <= now).length,
    taskCount: 0,
  };
}

/** The approvals that stand. */
function reviewersOf({ activity }: StrandPullRequest, now: number, copy: Copy): JsonObject {
  return {
    truncated: false,
    value: activity.flatMap((entry) => {
      if (entry.kind !== 'approval' || entry.person === null || entry.at > now) return [];
      const user = actorOf(copy, entry.person);
      return { user, status: 'approved', timestamp: eventText(entry.at, copy) };
    }),
  };
}

/** The whole hash where the commit was recorded, else its first twelve digits. */
function hashOf(hash: RecordedHash, { strand, key }: Copy): string {
  const place = strand.commitPlaces.get(shortNumber(hash));
  return wholeHash((place === undefined ? undefined : strand.commits[place]?.hash) ?? hash, key);
}

function sourcePush(raw: StrandPullRequest, after: RecordedHash, at: number, copy: Copy): JsonObject {
  const before = raw.activity.reduce<Extract<StrandEntry, { readonly kind: 'update' }> | null>(
    (latest, entry) =>
      entry.kind === 'update' && entry.at < at && (latest === null || entry.at > latest.at) ? entry : latest,
    null,
  )?.source;
  const since = before == null ? -Infinity : (dateOf(before, copy) ?? -Infinity);
  const pushed = raw.commits.filter((place) => {
    const date = copy.strand.commits[place]?.at ?? null;
    return date !== null && date > since && date <= at;
  });
  return pushOf(raw.source.branch, copy, { before: before ?? null, after, pushed });
}

function mergePush(raw: StrandPullRequest, copy: Copy): JsonObject {
  const { mergeCommit, destination, commits } = raw;
  const after = mergeCommit?.hash ?? destination.hash;
  return after === null
    ? {}
    : pushOf(destination.branch, copy, { before: destination.hash, after, pushed: commits });
}

function dateOf(hash: RecordedHash, { strand }: Copy): number | null {
  const place = strand.commitPlaces.get(shortNumber(hash));
  return place === undefined ? null : (strand.commits[place]?.at ?? null);
}

function pushOf(
  branch: string,
  copy: Copy,
  {
    before,
    after,
    pushed,
  }: {
    readonly before: RecordedHash | null;
    readonly after: RecordedHash;
    readonly pushed: readonly number[];
  },
): JsonObject {
  return {
    ref: branch,
    mainbranch: branch === copy.strand.mainBranch,
    ...(before === null ? {} : { before: hashOf(before, copy) }),
    after: hashOf(after, copy),
    created: before === null,
    closed: false,
    forced: false,
    truncated: pushed.length > MOST_COMMITS,
    commits: pushed.slice(0, MOST_COMMITS).flatMap((place) => {
      const commit = copy.strand.commits[place];
      if (commit?.at == null) return [];
      return { hash: wholeHash(commit.hash, copy.key), date: eventText(commit.at, copy) };
    }),
  };
}
