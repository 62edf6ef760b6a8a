/** Bitbucket's answers of one copy of a strand, as they are at an instant. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { shortHash, wholeHash, type HashKey } from './workspace-identities';
import {
  latestUpdate,
  stateAt,
  updatedAt,
  type RecordedHash,
  type Strand,
  type StrandEntry,
  type StrandParticipant,
  type StrandPullRequest,
  type StrandSize,
  type StrandStatus,
} from './workspace-strand';

/** A strand laid somewhere in time, in one repository, with hashes and people of its own. */
export interface Copy {
  readonly strand: Strand;
  /** Microseconds to add to the strand's instants: whole weeks, so that hours and weekdays stay. */
  readonly shift: number;
  readonly key: HashKey;
  /** Where the strand's people are among all accounts. */
  readonly accountOf: (person: number) => JsonObject;
  /** As pull requests refer to it. */
  readonly repository: JsonObject;
  /** That of the fork from which others contribute. */
  readonly fork: JsonObject;
  /** Added to recorded ids of comments. */
  readonly idOffset: number;
}

/** Bitbucket's form of an instant (microseconds). */
export function instantText(at: number): string {
  const milliseconds = Math.floor(at / 1000);
  const rest = String(at - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, 23)}${rest}+00:00`;
}

function account(copy: Copy, person: number | null): JsonObject | null {
  return person === null ? null : copy.accountOf(person);
}

function commitReference(copy: Copy, hash: RecordedHash | null): JsonObject | null {
  return hash === null ? null : { type: 'commit', hash: shortHash(hash, copy.key) };
}

function sourceRepository(copy: Copy, { source }: StrandPullRequest): JsonObject | null {
  if (source.repository === 'gone') return null;
  return source.repository === 'own' ? copy.repository : copy.fork;
}

/** A pull request at an instant of the strand, with participants and reviewers. */
export function pullRequestAnswer(copy: Copy, raw: StrandPullRequest, id: number, now: number): JsonObject {
  const state = stateAt(raw, now);
  const isClosed = state !== 'OPEN';
  const update = isClosed ? null : latestUpdate(raw, now);
  const merge = isClosed ? raw.mergeCommit : null;
  return {
    type: 'pullrequest',
    id,
    title: `Change ${id}`,
    state,
    draft: false,
    author: account(copy, raw.author),
    closed_by: isClosed ? account(copy, raw.closedBy) : null,
    created_on: instantText(raw.createdAt + copy.shift),
    updated_on: instantText(updatedAt(raw, now) + copy.shift),
    merge_commit:
      merge === null
        ? null
        : {
            type: 'commit',
            hash: shortHash(merge.hash, copy.key),
            ...(merge.at === null ? {} : { date: instantText(merge.at + copy.shift) }),
          },
    source: {
      branch: { name: raw.source.branch },
      commit: commitReference(copy, update === null ? raw.source.hash : update.source),
      repository: sourceRepository(copy, raw),
    },
    destination: {
      branch: { name: raw.destination.branch },
      commit: commitReference(copy, update === null ? raw.destination.hash : update.destination),
      repository: copy.repository,
    },
    participants: raw.participants.flatMap((each) => participantAnswer(copy, raw, each, now)),
    reviewers: raw.reviewers.map((person) => copy.accountOf(person)),
  };
}

/** Who did not take part yet is there only as an invited reviewer. */
function participantAnswer(
  copy: Copy,
  { activity }: StrandPullRequest,
  { person, role, isApproved, at }: StrandParticipant,
  now: number,
): readonly JsonObject[] {
  const isWhole = at === null || at <= now;
  const seen = isWhole ? at : lastSeen(activity, person, now);
  if (!isWhole && seen === null && role !== 'REVIEWER') return [];
  const approved = isApproved && isWhole;
  return [
    {
      type: 'participant',
      user: account(copy, person),
      role,
      approved,
      ...(approved ? { state: 'approved' } : {}),
      participated_on: seen === null ? null : instantText(seen + copy.shift),
    },
  ];
}

function lastSeen(activity: readonly StrandEntry[], person: number | null, now: number): number | null {
  let last: number | null = null;
  for (const entry of activity) {
    if (entry.kind !== 'comment' || entry.person !== person || entry.at > now) continue;
    last = Math.max(last ?? entry.at, entry.at);
  }
  return last;
}

/** One entry of the activity of a pull request. */
export function entryAnswer(copy: Copy, raw: StrandPullRequest, id: number, entry: StrandEntry): JsonObject {
  const pullRequest = { type: 'pullrequest', id, title: `Change ${id}` };
  const at = instantText(entry.at + copy.shift);
  const user = account(copy, entry.person);
  switch (entry.kind) {
    case 'comment':
      return { pull_request: pullRequest, comment: commentAnswer(copy, entry, id) };
    case 'approval':
      return { pull_request: pullRequest, approval: { date: at, user, pullrequest: pullRequest } };
    case 'update':
      return {
        pull_request: pullRequest,
        update: {
          date: at,
          state: entry.state,
          author: user,
          source: {
            branch: { name: raw.source.branch },
            commit: commitReference(copy, entry.source),
            repository: sourceRepository(copy, raw),
          },
          destination: {
            branch: { name: raw.destination.branch },
            commit: commitReference(copy, entry.destination),
            repository: copy.repository,
          },
        },
      };
  }
}

/** A comment as its list and the activity show it. */
export function commentAnswer(
  copy: Copy,
  { at, person, id, isDeleted, isInline }: Extract<StrandEntry, { readonly kind: 'comment' }>,
  pullRequest: number,
): JsonObject {
  const date = instantText(at + copy.shift);
  return {
    type: 'pullrequest_comment',
    id: id + copy.idOffset,
    created_on: date,
    updated_on: date,
    deleted: isDeleted,
    user: account(copy, person),
    pullrequest: { type: 'pullrequest', id: pullRequest, title: `Change ${pullRequest}` },
    ...(isInline ? { inline: { path: 'file', from: null, to: 1 } } : {}),
  };
}

/** One commit of a list. */
export function commitAnswer(copy: Copy, place: number): JsonObject {
  const commit = copy.strand.commits[place];
  if (commit === undefined) throw new RangeError(`${copy.strand.name} has no commit ${place}.`);
  const { hash, at, dateText, parents } = commit;
  return {
    type: 'commit',
    hash: wholeHash(hash, copy.key),
    ...(at === null ? { date: dateText } : { date: `${instantText(at + copy.shift).slice(0, 19)}+00:00` }),
    parents: parents.map((parent) => ({ type: 'commit', hash: wholeHash(parent, copy.key) })),
  };
}

/** A build's report at an instant of the strand. */
export function statusAnswer(copy: Copy, raw: StrandStatus, now: number): JsonObject {
  const { hash, key, state, createdAt, updatedAt: changedAt } = raw;
  const isDone = changedAt <= now;
  return {
    type: 'build',
    key,
    state: isDone ? state : 'INPROGRESS',
    refname: null,
    created_on: instantText(createdAt + copy.shift),
    updated_on: instantText((isDone ? changedAt : createdAt) + copy.shift),
    commit: { type: 'commit', hash: wholeHash(hash, copy.key) },
  };
}

/** As many files as a pull request changes; the first has the lines that do not divide. */
export function diffstatAnswer({ files, added, removed }: StrandSize): readonly JsonObject[] {
  const share = (lines: number, file: number): number =>
    Math.floor(lines / files) + (file === 0 ? lines % files : 0);
  return Array.from({ length: files }, (_, file) => ({
    type: 'diffstat',
    status: 'modified',
    lines_added: share(added, file),
    lines_removed: share(removed, file),
  }));
}
