/** What the stand-in works out of one repository once and keeps while its revision stays. */
import { activityLogOf } from './activity-log';
import { parseFilter } from './bbql-parser';
import { fieldsOf, predicateBy, predicateOf, sorterOf } from './bbql-evaluator';
import { CommitGraph } from './commit-graph';
import { elementsOf, type Elements } from './paging';
import { PULL_REQUEST_FIELDS } from './queryable-fields';
import { textOf } from './values';
import type { JsonObject, RepositorySource } from './workspace-source';

/** Which pull requests a list shows and in which order; `filter` is a `q`, beside which the states do not count. */
export interface PullRequestQuery {
  readonly states: readonly string[];
  readonly filter: string | null;
  readonly sort: string;
}

const MOST_LISTS = 50;

/** Lists, logs and graphs of one repository, each built at its first use. */
export class RepositoryIndex {
  private lists = new Map<string, readonly number[]>();
  private orders = new Map<string, readonly number[]>();
  private log: Elements | null = null;
  private graph: CommitGraph | null = null;
  private revision: number | null;

  constructor(readonly source: RepositorySource) {
    this.revision = source.revision?.() ?? null;
  }

  /**
   * The pull requests of a list.
   *
   * @throws {FilterError} for a filter or sort that cannot be read or is not supported.
   */
  pullRequests(query: PullRequestQuery): Elements {
    this.refresh();
    const key = JSON.stringify(query);
    const ids = this.lists.get(key) ?? this.selectByColumns(query) ?? this.select(query);
    if (this.lists.size >= MOST_LISTS) this.lists.clear();
    this.lists.set(key, ids);
    const { source } = this;
    return {
      length: ids.length,
      at(index) {
        const id = ids[index];
        const pullRequest = id === undefined ? null : source.pullRequest(id);
        if (pullRequest === null) throw new RangeError(`The list has no pull request at ${index}.`);
        return pullRequest;
      },
    };
  }

  /** Every activity entry of the repository, newest first. */
  activityLog(): Elements {
    this.refresh();
    this.log ??= this.source.activityLog?.() ?? activityLogOf(this.source);
    return this.log;
  }

  /** As `CommitGraph.commits`; `null` where a revision is unknown. */
  commits(include: readonly string[], exclude: readonly string[]): Elements | null {
    const { source } = this;
    if (source.reachableCommits !== undefined) return source.reachableCommits(include, exclude);
    this.refresh();
    this.graph ??= new CommitGraph(source, source.commitHistory());
    const found = this.graph.commits(include, exclude);
    return found === null ? null : elementsOf(found);
  }

  /** As `select`, where the source offers columns for all that is asked; `null` where it does not. */
  private selectByColumns({ states, filter, sort }: PullRequestQuery): readonly number[] | null {
    const { source } = this;
    const parsed = filter === null ? null : parseFilter(filter);
    const sortField = sort.replace(/^-/, '');
    const columns = new Map<string, (id: number) => string | number>();
    for (const field of [sortField, ...(parsed === null ? ['state'] : fieldsOf(parsed))]) {
      const column = source.pullRequestColumn?.(field) ?? null;
      if (column === null) return null;
      columns.set(field, column);
    }
    const columnOf = (field: string): ((id: number) => string | number) => columns.get(field) ?? (() => '');
    const ordered = this.orders.get(sort) ?? inOrder(source.pullRequestIds(), columnOf(sortField), sort);
    this.orders.set(sort, ordered);
    const stateOf = columnOf('state');
    const passes =
      parsed === null
        ? (id: number) => states.includes(String(stateOf(id)))
        : predicateBy<number>(parsed, PULL_REQUEST_FIELDS, (field) => {
            const column = columnOf(field);
            return (id, test) => test(column(id));
          });
    return ordered.filter(passes);
  }

  private select(query: PullRequestQuery): readonly number[] {
    const passes =
      query.filter === null
        ? (pullRequest: JsonObject) => query.states.includes(textOf(pullRequest, 'state') ?? '')
        : predicateOf(parseFilter(query.filter), PULL_REQUEST_FIELDS);
    const sorted = sorterOf(query.sort, PULL_REQUEST_FIELDS);
    const chosen = this.source.pullRequestIds().flatMap((id) => {
      const pullRequest = this.source.pullRequest(id);
      return pullRequest !== null && passes(pullRequest) ? [{ id, pullRequest }] : [];
    });
    return sorted(chosen, ({ pullRequest }) => pullRequest).map(({ id }) => id);
  }

  private refresh(): void {
    const revision = this.source.revision?.() ?? null;
    if (revision !== null && revision === this.revision) return;
    this.revision = revision;
    this.lists.clear();
    this.orders.clear();
    this.log = null;
    this.graph = null;
  }
}

function inOrder(
  ids: readonly number[],
  column: (id: number) => string | number,
  sort: string,
): readonly number[] {
  const sign = sort.startsWith('-') ? -1 : 1;
  return ids
    .map((id) => ({ id, key: column(id) }))
    .sort((left, right) => (left.key === right.key ? 0 : left.key < right.key ? -sign : sign))
    .map(({ id }) => id);
}
