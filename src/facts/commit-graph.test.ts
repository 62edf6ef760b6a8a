import fc from 'fast-check';
import { CommitGraph, type PullRequestEnds } from './commit-graph';
import type { ListedCommit } from './own-commits';

const NOW = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;
const T0 = Date.UTC(2026, 8, 1);

/** A commit of a day, named by a letter. */
function commit(name: string, day: number, ...parents: readonly string[]): ListedCommit {
  return { hash: hash(name), at: T0 + day * DAY, parents: parents.map(hash) };
}

/** Bitbucket's references have 12 digits, its commits 40. */
function hash(name: string): string {
  return name.padEnd(12, '-').padEnd(40, 'f');
}

const short = (name: string): string => hash(name).slice(0, 12);

function merged(mergeCommit: string, source: string, target: string, branch = 'main'): PullRequestEnds {
  return {
    id: 1,
    isMerged: true,
    mergeCommit: short(mergeCommit),
    sourceCommit: short(source),
    targetCommit: short(target),
    targetBranch: branch,
  };
}

/** main: a - b - m, with x - y between a and m. */
const HISTORY = [
  commit('m', 9, 'b', 'y'),
  commit('y', 8, 'x'),
  commit('b', 7, 'a'),
  commit('x', 6, 'a'),
  commit('a', 1),
];

const days = (found: ReturnType<CommitGraph['ownCommits']>): readonly number[] | string =>
  found.kind === 'dates' ? found.dates.map((at) => (at - T0) / DAY) : found.kind;

function whole(...commits: readonly ListedCommit[]): CommitGraph {
  const graph = new CommitGraph();
  graph.add(commits);
  graph.complete();
  return graph;
}

const ask = (graph: CommitGraph, ends: PullRequestEnds): readonly number[] | string =>
  days(graph.ownCommits(ends, Number.NEGATIVE_INFINITY, NOW));

it('finds what can be reached from the merge and not from what it was merged into, without merges', () => {
  expect(ask(whole(...HISTORY), merged('m', 'y', 'b'))).toEqual([6, 8]);
});

it('leaves out what came from the target by a merge into the branch', () => {
  const graph = whole(
    commit('m', 9, 'c', 'z'),
    commit('z', 8, 'y'),
    commit('y', 7, 'x', 'b'),
    commit('c', 6, 'b'),
    commit('b', 5, 'a'),
    commit('x', 4, 'a'),
    commit('a', 1),
  );
  expect(ask(graph, merged('m', 'z', 'c'))).toEqual([4, 8]);
});

it('waits until the list has come past the oldest of them', () => {
  const graph = new CommitGraph();
  graph.add(HISTORY.slice(0, 3));
  expect(ask(graph, merged('m', 'y', 'b'))).toBe('unknown');
  graph.add(HISTORY.slice(3));
  expect(ask(graph, merged('m', 'y', 'b'))).toEqual([6, 8]);
});

it('does not take an old commit for the end of a page of which only a part is left', () => {
  const graph = new CommitGraph();
  graph.add(HISTORY, T0 + 7 * DAY);
  expect(ask(graph, merged('m', 'y', 'b'))).toBe('unknown');
  graph.add([], T0 + 5 * DAY);
  expect(ask(graph, merged('m', 'y', 'b'))).toEqual([6, 8]);
});

it('waits until every merge of their age is known', () => {
  const graph = whole(...HISTORY);
  expect(days(graph.ownCommits(merged('m', 'y', 'b'), T0 + 7 * DAY, NOW))).toBe('unknown');
  expect(days(graph.ownCommits(merged('m', 'y', 'b'), T0 + 5 * DAY, NOW))).toEqual([6, 8]);
});

it.each([
  ['a squash, whose source is nowhere', whole(commit('m', 9, 'b'), commit('b', 7)), merged('m', 'y', 'b')],
  ['a merge that is not in the list', whole(commit('b', 7)), merged('m', 'y', 'b')],
  ['a source that leads out of the list', whole(...HISTORY.slice(0, 3)), merged('m', 'y', 'b')],
  ['no merge commit', whole(...HISTORY), { ...merged('m', 'y', 'b'), mergeCommit: null }],
  ['no target commit', whole(...HISTORY), { ...merged('m', 'y', 'b'), targetCommit: null }],
])('cannot tell of %s', (_, graph, ends) => {
  expect(ask(graph, ends)).toBe('cannot-tell');
});

it('knows an earlier merge as part of the target, though what lies between is not in the list', () => {
  // b is on main after the merge n, but c, which connects them, is missing.
  const graph = whole(
    commit('m', 9, 'b', 'y'),
    commit('y', 8, 'x', 'n'),
    commit('b', 7, 'c'),
    commit('n', 5, 'a', 'v'),
    commit('x', 4, 'a'),
    commit('v', 3, 'a'),
    commit('a', 1),
  );
  expect(ask(graph, merged('m', 'y', 'b'))).not.toEqual([4]);
  graph.addMerge(short('n'), 'main', T0 + 5 * DAY);
  graph.addMerge(short('m'), 'main', T0 + 9 * DAY);
  expect(ask(graph, merged('m', 'y', 'b'))).toEqual([4]);
});

it('takes a declined pull request from its source', () => {
  const ends = { ...merged('m', 'y', 'b'), isMerged: false, mergeCommit: null };
  expect(ask(whole(...HISTORY.slice(1)), ends)).toEqual([6, 8]);
});

it('says of any whole history what a walk through all of it says', () => {
  const shape = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 3, maxLength: 40 });
  fc.assert(
    fc.property(shape, fc.nat(), (steps, drop) => {
      // Each commit's parents are older ones; the last is a merge of two of them.
      const commits = steps.map(([first, second, isMerge], index): ListedCommit => {
        const parents = index === 0 ? [] : [first % index, ...(isMerge ? [second % index] : [])];
        return commit(`c${index}`, index, ...[...new Set(parents)].map((parent) => `c${parent}`));
      });
      const last = commits.length;
      const [target, source] = [drop % last, last - 1];
      const merge = commit('m', last, `c${target}`, `c${source}`);
      const all = [merge, ...commits.toReversed()];
      const reach = (from: string): ReadonlySet<string> => {
        const reached = new Set<string>();
        const waiting = [hash(from)];
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
          if (reached.has(next)) continue;
          reached.add(next);
          waiting.push(...(all.find((each) => each.hash === next)?.parents ?? []));
        }
        return reached;
      };
      const excluded = reach(`c${target}`);
      const own = all
        .filter((each) => each !== merge && reach('m').has(each.hash) && !excluded.has(each.hash))
        .filter((each) => each.parents.length < 2)
        .map(({ at }) => ((at ?? 0) - T0) / DAY)
        .sort((a, b) => a - b);
      // Nothing is missing, so nothing is in doubt.
      expect(ask(whole(...all), merged('m', `c${source}`, `c${target}`))).toEqual(own);
    }),
  );
});
