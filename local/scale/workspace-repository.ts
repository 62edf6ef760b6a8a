/** One repository of the simulated workspace: copies of strands side by side and one after the other. */
import type { Elements } from '../bitbucket/paging';
import type { JsonObject, RepositorySource } from '../bitbucket/workspace-source';
import {
  commentAnswer,
  commitAnswer,
  diffstatAnswer,
  entryAnswer,
  instantText,
  pullRequestAnswer,
  statusAnswer,
  type Copy,
} from './workspace-answers';
import { activityTable, openingTable, type ActivityTable, type OpeningTable } from './workspace-tables';
import { ScaleCommits, type ScaleCommitsOptions } from './workspace-commits';
import {
  countUpTo,
  stateAt,
  updatedAt,
  type StrandPullRequest,
  type StrandState,
  type StrandSize,
} from './workspace-strand';

/** By number, from 1 on; instants in microseconds. */
interface Columns {
  readonly revision: number;
  readonly states: readonly StrandState[];
  readonly updated: readonly number[];
}

/** A pull request with where it comes from. */
interface Found {
  readonly copy: Copy;
  readonly raw: StrandPullRequest;
  readonly index: number;
}

export interface ScaleRepositoryOptions extends ScaleCommitsOptions {
  readonly slug: string;
  readonly workspace: { readonly uuid: string; readonly slug: string; readonly name: string };
  /** What the pull requests change whose sizes were not recorded, by chance. */
  readonly sizes: readonly StrandSize[];
}

const MICROSECONDS = 1000;

export class ScaleRepository implements RepositorySource {
  /** Between two changes all is as it was: `from` and `until` in microseconds. */
  private era = { from: Infinity, until: -Infinity, revision: -1 };
  private shown: { readonly revision: number; readonly answer: JsonObject } | null = null;
  private ids: readonly number[] = [];
  private columns: Columns | null = null;
  private openings: OpeningTable | null = null;

  private readonly graph: ScaleCommits;

  constructor(private readonly options: ScaleRepositoryOptions) {
    this.graph = new ScaleCommits(options);
  }

  get uuid(): string {
    return this.options.uuid;
  }

  get slug(): string {
    return this.options.slug;
  }

  repository(): JsonObject {
    const revision = this.revision();
    if (this.shown?.revision === revision) return this.shown.answer;
    const answer = this.describe();
    this.shown = { revision, answer };
    return answer;
  }

  revision(): number {
    const now = this.now();
    if (now >= this.era.from && now < this.era.until) return this.era.revision;
    let [from, until, revision] = [-Infinity, Infinity, 0];
    for (const { strand, shift } of this.options.copies) {
      const count = countUpTo(strand.changes, now - shift);
      revision += count;
      from = Math.max(from, (strand.changes[count - 1] ?? -Infinity) + shift);
      until = Math.min(until, (strand.changes[count] ?? Infinity) + shift);
    }
    this.era = { from, until, revision };
    return revision;
  }

  pullRequestIds(): readonly number[] {
    const count = this.visibleCount();
    if (this.ids.length !== count) this.ids = Array.from({ length: count }, (_, index) => index + 1);
    return this.ids;
  }

  pullRequest(id: number): JsonObject | null {
    const found = this.find(id);
    return found && pullRequestAnswer(found.copy, found.raw, id, this.now() - found.copy.shift);
  }

  activity(id: number): readonly JsonObject[] {
    const found = this.find(id);
    if (found === null) return [];
    const { copy, raw } = found;
    const now = this.now() - copy.shift;
    return raw.activity.filter(({ at }) => at <= now).map((entry) => entryAnswer(copy, raw, id, entry));
  }

  commits(id: number): readonly JsonObject[] {
    const found = this.find(id);
    if (found === null) return [];
    const { copy, raw } = found;
    const now = this.now() - copy.shift;
    return raw.commits
      .filter((place) => (copy.strand.commits[place]?.visibleAt ?? Infinity) <= now)
      .map((place) => commitAnswer(copy, place));
  }

  statuses(id: number): readonly JsonObject[] {
    const found = this.find(id);
    if (found === null) return [];
    const { copy, raw } = found;
    const now = this.now() - copy.shift;
    return raw.statuses
      .filter(({ createdAt }) => createdAt <= now)
      .map((status) => statusAnswer(copy, status, now));
  }

  comments(id: number): readonly JsonObject[] {
    const found = this.find(id);
    if (found === null) return [];
    const { copy, raw } = found;
    const now = this.now() - copy.shift;
    return raw.activity.flatMap((entry) =>
      entry.kind === 'comment' && entry.at <= now ? [commentAnswer(copy, entry, id)] : [],
    );
  }

  diffstat(id: number): readonly JsonObject[] | null {
    const found = this.find(id);
    if (found === null) return null;
    const { sizes } = this.options;
    const size = found.raw.size ?? sizes[(id * 7919 + found.copy.key.low) % sizes.length];
    return size === undefined ? null : diffstatAnswer(size);
  }

  commitHistory(): readonly JsonObject[] {
    const all = this.graph.history();
    return Array.from({ length: all.length }, (_, index) => all.at(index));
  }

  branchTip(branch: string): string | null {
    return this.graph.branchTip(branch);
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

  pullRequestColumn(field: string): ((id: number) => string | number) | null {
    switch (field) {
      case 'id':
        return (id) => id;
      case 'state': {
        const { states } = this.columnsNow();
        return (id) => states[id - 1] ?? '';
      }
      case 'created_on': {
        const { at } = this.openingTable();
        return (id) => at[id - 1] ?? 0;
      }
      case 'updated_on': {
        const { updated } = this.columnsNow();
        return (id) => updated[id - 1] ?? 0;
      }
      default:
        return null;
    }
  }

  activityLog(): Elements {
    const table = this.activityTable();
    const visible = countUpTo(table.at, this.now());
    return {
      length: visible,
      at: (position) => {
        const row = visible - 1 - position;
        const id = table.id[row];
        const found = id === undefined ? null : this.find(id);
        const entry = found?.raw.activity[table.entry[row] ?? -1];
        if (!found || entry === undefined || id === undefined) {
          throw new RangeError(`The activity log has no entry ${position}.`);
        }
        return entryAnswer(found.copy, found.raw, id, entry);
      },
    };
  }

  reachableCommits(include: readonly string[], exclude: readonly string[]): Elements | null {
    return this.graph.reachable(include, exclude);
  }

  /** The number that a pull request of a copy has in this repository. */
  idOf(copy: Copy, index: number): number {
    return this.openingTable().ids.get(copy)?.[index] ?? 0;
  }

  private now(): number {
    return this.options.clock.now() * MICROSECONDS;
  }

  private describe(): JsonObject {
    const { uuid, slug, workspace, copies } = this.options;
    const first = Math.min(...copies.map(({ strand, shift }) => (strand.changes[0] ?? 0) + shift));
    const last = Number.isFinite(this.era.from) ? this.era.from : first;
    return {
      type: 'repository',
      uuid,
      slug,
      name: slug,
      full_name: `${workspace.slug}/${slug}`,
      scm: 'git',
      is_private: true,
      created_on: instantText(Number.isFinite(first) ? first : 0),
      updated_on: instantText(Number.isFinite(last) ? last : 0),
      mainbranch: { type: 'branch', name: copies[0]?.strand.mainBranch ?? 'main' },
      workspace: { type: 'workspace', ...workspace },
    };
  }

  private visibleCount(): number {
    return countUpTo(this.openingTable().at, this.now());
  }

  private find(id: number): Found | null {
    const table = this.openingTable();
    const row = id - 1;
    const copy = this.options.copies[table.copy[row] ?? -1];
    const index = table.index[row];
    const raw = index === undefined ? undefined : copy?.strand.pullRequests[index];
    if (copy === undefined || raw === undefined || index === undefined) return null;
    return raw.createdAt + copy.shift <= this.now() ? { copy, raw, index } : null;
  }

  /** The states and last updates of what is visible, worked out once between two changes. */
  private columnsNow(): Columns {
    const revision = this.revision();
    if (this.columns?.revision === revision) return this.columns;
    const now = this.now();
    const states: StrandState[] = [];
    const updated: number[] = [];
    const { copy: copyOf, index: indexOf } = this.openingTable();
    const count = this.visibleCount();
    for (let row = 0; row < count; row += 1) {
      const copy = this.options.copies[copyOf[row] ?? -1];
      const raw = copy?.strand.pullRequests[indexOf[row] ?? -1];
      if (copy === undefined || raw === undefined) continue;
      states.push(stateAt(raw, now - copy.shift));
      updated.push(updatedAt(raw, now - copy.shift) + copy.shift);
    }
    this.columns = { revision, states, updated };
    return this.columns;
  }

  /** Needed for whatever is asked, so it stays. */
  private openingTable(): OpeningTable {
    this.openings ??= openingTable(this.options.copies);
    return this.openings;
  }

  private activityTable(): ActivityTable {
    return this.options.cache.get(`${this.uuid}#activity`, () =>
      activityTable(this.options.copies, this.openingTable()),
    );
  }
}
