/** Reads the recorded repositories of the archive as strands: what no answer or event needs is left behind. */
import path from 'node:path';
import { openRecording } from '../bitbucket/recorded-workspace';
import { isJsonList, isJsonObject, microsecondsOf, objectOf, textOf } from '../bitbucket/values';
import type { Json, JsonObject, RepositorySource } from '../bitbucket/workspace-source';
import {
  recordedHash,
  shortNumber,
  type RecordedHash,
  type Strand,
  type StrandEntry,
  type StrandParticipant,
  type StrandState,
  type StrandStatus,
} from './workspace-strand';
import { makeStrand, type RawCommit, type RawPullRequest } from './workspace-weave';

/** Gives the people of one strand their numbers. */
class People {
  private readonly numbers = new Map<string, number>();

  get size(): number {
    return this.numbers.size;
  }

  of(account: JsonObject | null): number | null {
    const uuid = account && textOf(account, 'uuid');
    if (uuid === null) return null;
    const known = this.numbers.get(uuid) ?? this.numbers.size;
    this.numbers.set(uuid, known);
    return known;
  }
}

/**
 * The strands of the archive's repositories in the order of their names; `data` is the folder of recorded data. With
 * `names` only these folders are read.
 */
export function readArchive(data: string, names?: readonly string[]): readonly Strand[] {
  const archive = path.join(data, 'bitbucket-archive');
  const folders = names === undefined ? [archive] : names.map((name) => path.join(archive, name));
  return folders.flatMap((folder) => openRecording(folder).repositories().map(strandOf));
}

function strandOf(repository: RepositorySource): Strand {
  const people = new People();
  const raw = repository.repository();
  const ids = repository.pullRequestIds();
  const mainBranch = objectOf(raw, 'mainbranch');
  const pullRequests = ids.map((id) => pullRequestOf(repository, id, people));
  return makeStrand({
    name: textOf(raw, 'full_name') ?? '',
    mainBranch: (mainBranch && textOf(mainBranch, 'name')) ?? 'main',
    people: people.size,
    pullRequests,
    commits: commitsOf(repository, ids),
  });
}

function commitsOf(repository: RepositorySource, ids: readonly number[]): readonly RawCommit[] {
  const found = new Map<number, RawCommit>();
  for (const id of ids) {
    for (const commit of repository.commits(id)) {
      const hash = hashOf(commit);
      if (hash === null || found.has(shortNumber(hash))) continue;
      const dateText = textOf(commit, 'date');
      const at = dateText === null ? null : microsecondsOf(dateText);
      const parents = objectsOf(commit.parents).flatMap((parent) => hashOf(parent) ?? []);
      found.set(shortNumber(hash), { hash, at, dateText: at === null ? dateText : null, parents });
    }
  }
  return [...found.values()];
}

function pullRequestOf(repository: RepositorySource, id: number, people: People): RawPullRequest {
  const raw = repository.pullRequest(id) ?? {};
  const createdAt = instantOf(raw, 'created_on') ?? 0;
  const state = stateOf(raw);
  const activity = repository.activity(id).flatMap((entry) => entryOf(entry, people));
  const merge = objectOf(raw, 'merge_commit');
  const mergeHash = hashOf(merge);
  return {
    createdAt,
    updatedAt: instantOf(raw, 'updated_on') ?? createdAt,
    state,
    closedAt: state === 'OPEN' ? null : closingOf(activity, state, raw),
    author: people.of(objectOf(raw, 'author')),
    closedBy: people.of(objectOf(raw, 'closed_by')),
    mergeCommit:
      merge === null || mergeHash === null ? null : { hash: mergeHash, at: instantOf(merge, 'date') },
    source: { ...endOf(raw, 'source'), repository: sourceRepositoryOf(raw) },
    destination: endOf(raw, 'destination'),
    participants: objectsOf(raw.participants).map((each) => participantOf(each, people)),
    reviewers: objectsOf(raw.reviewers).flatMap((each) => people.of(each) ?? []),
    activity,
    commits: repository.commits(id).flatMap((commit) => hashOf(commit) ?? []),
    statuses: repository.statuses(id).flatMap(statusOf),
    size: null,
  };
}

function stateOf(raw: JsonObject): StrandState {
  const state = textOf(raw, 'state');
  return state === 'MERGED' || state === 'DECLINED' || state === 'SUPERSEDED' ? state : 'OPEN';
}

/** The first entry that tells of the end; all 3,771 recorded ends have one. */
function closingOf(activity: readonly StrandEntry[], state: StrandState, raw: JsonObject): number | null {
  const instants = activity.flatMap((entry) =>
    entry.kind === 'update' && entry.state === state ? [entry.at] : [],
  );
  return instants.length === 0 ? instantOf(raw, 'updated_on') : Math.min(...instants);
}

function sourceRepositoryOf(raw: JsonObject): 'own' | 'fork' | 'gone' {
  const uuid = (side: string): string | null => {
    const end = objectOf(raw, side);
    const repository = end && objectOf(end, 'repository');
    return repository && textOf(repository, 'uuid');
  };
  const source = uuid('source');
  if (source === null) return 'gone';
  return source === uuid('destination') ? 'own' : 'fork';
}

function endOf(
  raw: JsonObject,
  side: string,
): { readonly branch: string; readonly hash: RecordedHash | null } {
  const end = objectOf(raw, side);
  const branch = end && objectOf(end, 'branch');
  return { branch: (branch && textOf(branch, 'name')) ?? '', hash: hashOf(end && objectOf(end, 'commit')) };
}

function participantOf(raw: JsonObject, people: People): StrandParticipant {
  return {
    person: people.of(objectOf(raw, 'user')),
    role: textOf(raw, 'role') ?? 'PARTICIPANT',
    isApproved: raw.approved === true,
    at: instantOf(raw, 'participated_on'),
  };
}

/** Of the recorded kinds; one without an instant is nowhere in time, and the archive has none. */
function entryOf(raw: JsonObject, people: People): readonly StrandEntry[] {
  const { update, comment, approval } = raw;
  if (isJsonObject(update)) {
    const at = instantOf(update, 'date');
    const person = people.of(objectOf(update, 'author'));
    const state = textOf(update, 'state') ?? 'OPEN';
    const [source, destination] = [endOf(update, 'source').hash, endOf(update, 'destination').hash];
    return at === null ? [] : [{ kind: 'update', at, person, state, source, destination }];
  }
  if (isJsonObject(comment)) {
    const at = instantOf(comment, 'created_on');
    const person = people.of(objectOf(comment, 'user'));
    const id = typeof comment.id === 'number' ? comment.id : 0;
    const isInline = isJsonObject(comment.inline);
    return at === null
      ? []
      : [{ kind: 'comment', at, person, id, isDeleted: comment.deleted === true, isInline }];
  }
  if (!isJsonObject(approval)) return [];
  const at = instantOf(approval, 'date');
  return at === null ? [] : [{ kind: 'approval', at, person: people.of(objectOf(approval, 'user')) }];
}

function statusOf(raw: JsonObject): readonly StrandStatus[] {
  const hash = hashOf(objectOf(raw, 'commit'));
  const createdAt = instantOf(raw, 'created_on');
  if (hash === null || createdAt === null) return [];
  const [key, state] = [textOf(raw, 'key') ?? '', textOf(raw, 'state') ?? 'SUCCESSFUL'];
  return [{ hash, key, state, createdAt, updatedAt: instantOf(raw, 'updated_on') ?? createdAt }];
}

function hashOf(commit: JsonObject | null): RecordedHash | null {
  const hash = commit && textOf(commit, 'hash');
  return hash === null ? null : recordedHash(hash);
}

function instantOf(raw: JsonObject, field: string): number | null {
  const text = textOf(raw, field);
  return text === null ? null : microsecondsOf(text);
}

function objectsOf(list: Json | undefined): readonly JsonObject[] {
  return isJsonList(list) ? list.filter(isJsonObject) : [];
}
