/** One repository of a recording in the archive's form. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LeastRecentlyUsed } from './least-recently-used';
import { parseObject, RecordedFile } from './recorded-file';
import { RecordingError } from './recording-error';
import { microsecondsOf, objectOf, textOf } from './values';
import type { JsonObject, RepositorySource } from './workspace-source';

type FileName = 'pullrequests' | 'activity' | 'commits' | 'comments' | 'statuses';

/** Bitbucket abbreviates the hash of a merge commit to 12 characters. */
const SHORT_HASH = 12;

function shortHash(commit: JsonObject): string {
  return (textOf(commit, 'hash') ?? '').slice(0, SHORT_HASH);
}

/** Whether a folder is one repository of a recording. */
export function isRepositoryFolder(folder: string): boolean {
  return existsSync(path.join(folder, 'repository.json'));
}

function readRepository(folder: string, workspace: JsonObject): JsonObject {
  const file = path.join(folder, 'repository.json');
  const repository = parseObject(readFileSync(file, 'utf8'), file, 'the file');
  for (const name of ['uuid', 'full_name', 'slug']) {
    if (textOf(repository, name) === null) throw new RecordingError(file, `it has no "${name}".`);
  }
  return { ...repository, workspace };
}

function newestFirst(commits: readonly JsonObject[]): readonly JsonObject[] {
  return commits
    .map((commit) => ({ commit, at: microsecondsOf(textOf(commit, 'date') ?? '') ?? 0 }))
    .sort((left, right) => right.at - left.at)
    .map(({ commit }) => commit);
}

/**
 * Answers from recorded files. What nobody recorded is composed: the commit list is every distinct commit of the pull
 * requests, newest first, and the date of a merge commit is that of the commit. Everything else is as recorded.
 */
export class RecordedRepository implements RepositorySource {
  private readonly raw: JsonObject;
  private readonly files: Readonly<Record<FileName, RecordedFile>>;
  private commitDates: ReadonlyMap<string, string> | null = null;

  /** @throws {RecordingError} where a file is missing or the repository cannot be read. */
  constructor(
    private readonly folder: string,
    workspace: JsonObject,
    private readonly cache: LeastRecentlyUsed,
  ) {
    this.raw = readRepository(folder, workspace);
    const open = (name: FileName): RecordedFile => {
      const file = path.join(folder, `${name}.jsonl.gz`);
      if (!existsSync(file)) throw new RecordingError(file, 'the file is missing.');
      return new RecordedFile(file, cache);
    };
    this.files = {
      pullrequests: open('pullrequests'),
      activity: open('activity'),
      commits: open('commits'),
      comments: open('comments'),
      statuses: open('statuses'),
    };
  }

  repository(): JsonObject {
    return this.raw;
  }

  pullRequestIds(): readonly number[] {
    return [...this.pullRequests().keys()];
  }

  pullRequest(id: number): JsonObject | null {
    return this.pullRequests().get(id) ?? null;
  }

  activity(id: number): readonly JsonObject[] {
    return this.files.activity.elements(id);
  }

  commits(id: number): readonly JsonObject[] {
    return this.files.commits.elements(id);
  }

  statuses(id: number): readonly JsonObject[] {
    return this.files.statuses.elements(id);
  }

  comments(id: number): readonly JsonObject[] {
    return this.files.comments.elements(id);
  }

  diffstat(): null {
    return null;
  }

  commitHistory(): readonly JsonObject[] {
    return this.cache.get(`${this.folder}#history`, () => {
      const history = newestFirst([...this.distinctCommits().values()]);
      return { value: history, bytes: this.files.commits.weight() };
    });
  }

  /** A recording never changes. */
  revision(): number {
    return 0;
  }

  pipelines(): readonly JsonObject[] {
    return [];
  }

  deployments(): readonly JsonObject[] {
    return [];
  }

  environments(): readonly JsonObject[] {
    return [];
  }

  private distinctCommits(): ReadonlyMap<string, JsonObject> {
    const distinct = new Map<string, JsonObject>();
    for (const id of this.files.commits.pullRequests()) {
      for (const commit of this.files.commits.elements(id)) {
        const hash = textOf(commit, 'hash');
        if (hash !== null) distinct.set(hash, commit);
      }
    }
    return distinct;
  }

  private pullRequests(): ReadonlyMap<number, JsonObject> {
    return this.cache.get(`${this.folder}#pullrequests`, () => {
      const lines = this.files.pullrequests.all();
      const dated = lines.map((line) => [this.idOf(line), this.withMergeDate(line)] as const);
      return { value: new Map(dated), bytes: this.files.pullrequests.weight() };
    });
  }

  private idOf(pullRequest: JsonObject): number {
    const { id } = pullRequest;
    if (typeof id === 'number') return id;
    throw new RecordingError(this.files.pullrequests.file, 'a pull request has no "id".');
  }

  private withMergeDate(pullRequest: JsonObject): JsonObject {
    const merge = objectOf(pullRequest, 'merge_commit');
    const date = merge && this.datesOfCommits().get(shortHash(merge));
    return merge && date ? { ...pullRequest, merge_commit: { ...merge, date } } : pullRequest;
  }

  private datesOfCommits(): ReadonlyMap<string, string> {
    this.commitDates ??= new Map(
      [...this.distinctCommits().values()].map((commit) => [shortHash(commit), textOf(commit, 'date') ?? '']),
    );
    return this.commitDates;
  }
}
