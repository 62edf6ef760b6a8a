/** Reads the 24,548 merges of one large public history as a strand of opened and merged pull requests. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { microsecondsOf } from '../bitbucket/values';
import { recordedHash, shortNumber, type RecordedHash, type Strand } from './workspace-strand';
import { makeStrand, type RawCommit, type RawPullRequest } from './workspace-weave';

const merge = z.object({
  source_branch: z.string(),
  merged_at: z.string(),
  merged_by_key: z.string(),
  merge_commit: z.string(),
  destination_commit: z.string(),
  source_commit: z.string(),
  additions: z.number().nullish(),
  deletions: z.number().nullish(),
  changed_files: z.number().nullish(),
  commits: z.array(z.object({ hash: z.string(), author_key: z.string(), author_date: z.string() })),
});

type Merge = z.output<typeof merge>;

const HOUR_MICROSECONDS = 3_600_000_000;

/** What a history without openings is opened by: its last commit, an hour before the merge where that was later. */
function openingOf({ commits }: Merge, mergedAt: number): number {
  const dates = commits.flatMap(({ author_date: date }) => microsecondsOf(date) ?? []);
  const last = Math.max(...dates.filter((at) => at < mergedAt));
  return Number.isFinite(last) ? last : mergedAt - HOUR_MICROSECONDS;
}

class Keys {
  private readonly numbers = new Map<string, number>();

  get size(): number {
    return this.numbers.size;
  }

  of(key: string): number {
    const known = this.numbers.get(key) ?? this.numbers.size;
    this.numbers.set(key, known);
    return known;
  }
}

function pullRequestOf(raw: Merge, mergedAt: number, people: Keys): RawPullRequest {
  const openedAt = openingOf(raw, mergedAt);
  const author = people.of(raw.commits.at(-1)?.author_key ?? raw.merged_by_key);
  const merger = people.of(raw.merged_by_key);
  const [source, destination] = [recordedHash(raw.source_commit), recordedHash(raw.destination_commit)];
  const { additions: added, deletions: removed, changed_files: files } = raw;
  const hash = recordedHash(raw.merge_commit);
  return {
    createdAt: openedAt,
    updatedAt: mergedAt,
    state: 'MERGED',
    closedAt: mergedAt,
    author,
    closedBy: merger,
    mergeCommit: { hash, at: mergedAt },
    source: { branch: raw.source_branch, hash: source, repository: 'own' },
    destination: { branch: 'main', hash: destination },
    participants: [],
    reviewers: [],
    activity: [
      { kind: 'update', at: mergedAt, person: merger, state: 'MERGED', source, destination },
      { kind: 'update', at: openedAt, person: author, state: 'OPEN', source, destination },
    ],
    commits: [hash, ...raw.commits.map((commit) => recordedHash(commit.hash))],
    statuses: [],
    size: added == null || removed == null || files == null ? null : { added, removed, files },
  };
}

/** The merge, and its own commits in a line from the target's last; parents are known of the merge only. */
function commitsOf(raw: Merge, mergedAt: number): readonly RawCommit[] {
  const target = recordedHash(raw.destination_commit);
  const own = raw.commits.map((commit, index): RawCommit => {
    const before = raw.commits[index + 1];
    const at = microsecondsOf(commit.author_date);
    return {
      hash: recordedHash(commit.hash),
      at,
      dateText: at === null ? commit.author_date : null,
      parents: [before === undefined ? target : recordedHash(before.hash)],
    };
  });
  const parents: readonly RecordedHash[] = [target, recordedHash(raw.source_commit)];
  return [{ hash: recordedHash(raw.merge_commit), at: mergedAt, dateText: null, parents }, ...own];
}

/** The strand of the merges; `data` is the folder of recorded data. */
export function readMerges(data: string): Strand {
  const file = path.join(data, 'git-derived', 'rails__rails.merges.jsonl.gz');
  const people = new Keys();
  const commits = new Map<number, RawCommit>();
  const pullRequests: RawPullRequest[] = [];
  for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
    if (line === '') continue;
    const raw = merge.parse(JSON.parse(line));
    const mergedAt = microsecondsOf(raw.merged_at);
    if (mergedAt === null) continue;
    pullRequests.push(pullRequestOf(raw, mergedAt, people));
    for (const commit of commitsOf(raw, mergedAt)) {
      const key = shortNumber(commit.hash);
      if (!commits.has(key)) commits.set(key, commit);
    }
  }
  return makeStrand({
    name: 'rails/rails',
    mainBranch: 'main',
    people: people.size,
    pullRequests,
    commits: [...commits.values()],
  });
}
