/** Tests of walking the commit graph. */
import { CommitGraph } from './commit-graph';
import { pullRequest, repository } from './workspace.fixture';
import { textOf } from './values';
import type { JsonObject } from './workspace-source';

const hash = (name: string): string => Buffer.from(name.padEnd(20, '.')).toString('hex');

function commit(name: string, ...parents: readonly string[]): JsonObject {
  return { hash: hash(name), parents: parents.map((parent) => ({ hash: hash(parent) })) };
}

/** root <- a <- merge <- hotfix on main, with f1 <- f2 merged; s1 squashed as `a`; o1 still open. */
const HISTORY = [
  commit('hotfix', 'merge'),
  commit('open', 'a'),
  commit('merge', 'a', 'f2'),
  commit('f2', 'f1'),
  commit('f1', 'root'),
  commit('a', 'root'),
  commit('squashed', 'root'),
  commit('root'),
];

function ends(id: number, state: string, branch: string, tip: string, merge: string | null): JsonObject {
  return pullRequest(id, {
    state,
    source: { branch: { name: branch }, commit: { hash: hash(tip).slice(0, 12) } },
    merge_commit: merge === null ? null : { hash: hash(merge).slice(0, 12) },
  });
}

const PULL_REQUESTS = [
  ends(1, 'MERGED', 'feature', 'f2', 'merge'),
  ends(2, 'MERGED', 'small', 'squashed', 'a'),
  ends(3, 'OPEN', 'feature/open', 'open', null),
];

const graph = new CommitGraph(
  repository('one', { count: 3, pullRequest: (id) => PULL_REQUESTS[id - 1] ?? null }),
  HISTORY,
);

function names(include: readonly string[], exclude: readonly string[] = []): readonly string[] | undefined {
  return graph.commits(include, exclude)?.map((each) =>
    Buffer.from(textOf(each, 'hash') ?? '', 'hex')
      .toString()
      .replace(/\.+$/, ''),
  );
}

describe('the commit graph', () => {
  it('gives everything without a revision', () => {
    expect(names([])).toHaveLength(HISTORY.length);
  });

  it('walks from a hash, whole or abbreviated', () => {
    expect(names([hash('f2')])).toEqual(['f2', 'f1', 'root']);
    expect(names([hash('f2').slice(0, 12)])).toEqual(['f2', 'f1', 'root']);
  });

  it('gives of the main branch what is on it: merges and direct pushes, no open or squashed branch', () => {
    expect(names(['main'])).toEqual(['hotfix', 'merge', 'f2', 'f1', 'a', 'root']);
  });

  it('knows the branch of an open pull request', () => {
    expect(names(['feature/open'])).toEqual(['open', 'a', 'root']);
    expect(names(['feature'])).toBeUndefined();
  });

  it('leaves out what is excluded', () => {
    expect(names([hash('merge')], [hash('a')])).toEqual(['merge', 'f2', 'f1']);
    expect(names([], ['main'])).toEqual(['open', 'squashed']);
  });

  it('does not know revisions that are not there', () => {
    expect(names(['nothing'])).toBeUndefined();
    expect(names(['0'.repeat(40)])).toBeUndefined();
    expect(names([hash('f2').slice(0, 7) + '0'.repeat(33)])).toBeUndefined();
    expect(names([], ['nothing'])).toBeUndefined();
  });
});
