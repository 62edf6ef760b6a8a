/** Makes a strand of recorded pull requests and commits: puts them in order, and tells what happened when. */
import {
  shortNumber,
  type MainMerge,
  type RecordedHash,
  type Strand,
  type StrandCommit,
  type StrandEntry,
  type StrandEvent,
  type StrandPullRequest,
} from './workspace-strand';

/** A commit as it was recorded. */
export interface RawCommit {
  readonly hash: RecordedHash;
  readonly at: number | null;
  readonly dateText: string | null;
  readonly parents: readonly RecordedHash[];
}

/** A pull request before its commits have their places. */
export interface RawPullRequest extends Omit<StrandPullRequest, 'commits'> {
  readonly commits: readonly RecordedHash[];
}

export interface RawStrand {
  readonly name: string;
  readonly mainBranch: string;
  readonly people: number;
  readonly pullRequests: readonly RawPullRequest[];
  /** Each once. */
  readonly commits: readonly RawCommit[];
}

export function makeStrand({ name, mainBranch, people, ...raw }: RawStrand): Strand {
  const rawPullRequests = [...raw.pullRequests].sort((left, right) => left.createdAt - right.createdAt);
  const commits = withPlaces(raw.commits, visibility(rawPullRequests));
  const commitPlaces = new Map(commits.map((commit, place) => [shortNumber(commit.hash), place]));
  const pullRequests = rawPullRequests.map((each) => ({
    ...each,
    commits: each.commits.flatMap((hash) => commitPlaces.get(shortNumber(hash)) ?? []),
  }));
  const events = pullRequests
    .flatMap((each, index) => eventsOf(each, index))
    .sort((left, right) => left.at - right.at);
  return {
    name,
    mainBranch,
    people,
    pullRequests,
    commits,
    commitPlaces,
    commitTimes: Float64Array.from(commits, ({ visibleAt }) => visibleAt),
    mainMerges: mainMerges(pullRequests, mainBranch, commitPlaces),
    events,
    changes: changesOf(pullRequests, commits),
    openings: Float64Array.from(pullRequests, ({ createdAt }) => createdAt),
    eventTimes: Float64Array.from(events, ({ at }) => at),
  };
}

interface Visibility {
  /** By the short number of a commit: when the first pull request that lists it ended. */
  readonly ends: ReadonlyMap<number, number>;
  /** Merge commits appear with the end of their pull request. */
  readonly merges: ReadonlyMap<number, number>;
}

function visibility(pullRequests: readonly RawPullRequest[]): Visibility {
  const ends = new Map<number, number>();
  const merges = new Map<number, number>();
  for (const { closedAt, commits, mergeCommit } of pullRequests) {
    if (closedAt === null) continue;
    if (mergeCommit !== null) merges.set(shortNumber(mergeCommit.hash), closedAt);
    for (const hash of commits) {
      const key = shortNumber(hash);
      ends.set(key, Math.min(closedAt, ends.get(key) ?? closedAt));
    }
  }
  return { ends, merges };
}

function withPlaces(commits: readonly RawCommit[], { ends, merges }: Visibility): readonly StrandCommit[] {
  const dated = commits
    .map((commit) => {
      const key = shortNumber(commit.hash);
      const end = ends.get(key) ?? Infinity;
      return { ...commit, visibleAt: merges.get(key) ?? Math.min(commit.at ?? end, end) };
    })
    .filter(({ visibleAt }) => Number.isFinite(visibleAt))
    .sort((left, right) => left.visibleAt - right.visibleAt || (left.at ?? 0) - (right.at ?? 0));
  const places = new Map(dated.map(({ hash }, place) => [shortNumber(hash), place]));
  return dated.map((commit) => ({
    ...commit,
    parentPlaces: commit.parents.flatMap((parent) => places.get(shortNumber(parent)) ?? []),
  }));
}

function mainMerges(
  pullRequests: readonly StrandPullRequest[],
  mainBranch: string,
  places: ReadonlyMap<number, number>,
): readonly MainMerge[] {
  return pullRequests
    .flatMap(({ state, closedAt, mergeCommit, destination }) => {
      if (state !== 'MERGED' || closedAt === null || mergeCommit === null) return [];
      const commit =
        destination.branch === mainBranch ? places.get(shortNumber(mergeCommit.hash)) : undefined;
      return commit === undefined ? [] : [{ at: closedAt, commit }];
    })
    .sort((left, right) => left.at - right.at);
}

/** Bitbucket's events of one pull request; a push to a fork is not one of this repository. */
function eventsOf(pullRequest: StrandPullRequest, index: number): readonly StrandEvent[] {
  const { createdAt, closedAt, updatedAt, activity, statuses, state } = pullRequest;
  const event = (at: number, what: StrandEvent['what']): StrandEvent => ({ at, pullRequest: index, what });
  const found: StrandEvent[] = [event(createdAt, { kind: 'opened' })];
  const inOrder = activity.map((entry, place) => ({ entry, place })).sort((a, b) => a.entry.at - b.entry.at);
  let source: number | null = null;
  for (const { entry, place } of inOrder) {
    found.push(...eventsOfEntry(entry, place, pullRequest, source).map((what) => event(entry.at, what)));
    if (entry.kind === 'update' && entry.source !== null) source = shortNumber(entry.source);
  }
  if (closedAt !== null) {
    found.push(event(closedAt, { kind: 'closed' }));
    if (state === 'MERGED' && pullRequest.mergeCommit !== null) {
      found.push(event(closedAt, { kind: 'merged-push' }));
    }
  }
  const last = Math.max(createdAt, closedAt ?? 0, ...activity.map(({ at }) => at));
  if (updatedAt > last) found.push(event(updatedAt, { kind: 'edited' }));
  for (const [status, { createdAt: built, updatedAt: rebuilt }] of statuses.entries()) {
    found.push(event(built, { kind: 'built', status }));
    if (rebuilt > built) found.push(event(rebuilt, { kind: 'rebuilt', status }));
  }
  return found;
}

function eventsOfEntry(
  entry: StrandEntry,
  place: number,
  { source, closedAt, createdAt }: StrandPullRequest,
  before: number | null,
): readonly StrandEvent['what'][] {
  switch (entry.kind) {
    case 'comment':
      return [{ kind: 'commented', entry: place }];
    case 'approval':
      return [{ kind: 'reviewed', entry: place }];
    case 'update': {
      if (entry.at === closedAt) return [];
      const isMoved = entry.source !== null && shortNumber(entry.source) !== before;
      const pushed =
        isMoved && source.repository === 'own' ? [{ kind: 'pushed' as const, entry: place }] : [];
      return entry.at <= createdAt ? pushed : [...pushed, { kind: 'updated', entry: place }];
    }
  }
}

function changesOf(
  pullRequests: readonly StrandPullRequest[],
  commits: readonly StrandCommit[],
): Float64Array {
  const instants = new Set<number>(commits.map(({ visibleAt }) => visibleAt));
  for (const { createdAt, updatedAt, closedAt, activity, participants } of pullRequests) {
    for (const at of [createdAt, updatedAt, closedAt]) if (at !== null) instants.add(at);
    for (const { at } of activity) instants.add(at);
    for (const { at } of participants) if (at !== null) instants.add(at);
  }
  return Float64Array.from(instants).sort();
}
