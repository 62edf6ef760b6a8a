/** Gives commits their hashes and parents: branches that leave main and come back to it. */
import { headOf, tipAt, type DemoCommit, type DemoPullRequest } from './model';
import type { Person } from './people';
import type { Chance } from './random';
import { commitMessage, reworkMessage } from './wording';

/** A place on a branch, known before its commit is: what a pull request's commits can have as parent. */
export interface Place {
  readonly at: number;
  readonly hash: string;
}

export const wholeSeconds = (at: number): number => Math.floor(at / 1000) * 1000;

interface Written {
  readonly chance: Chance;
  readonly author: Person;
  readonly title: string;
}

/** The commits of a source branch at the opening, oldest first; the last is some minutes old. */
export function firstCommits(
  { chance, author, title }: Written,
  line: readonly Place[],
  main: readonly Place[],
  span: { readonly from: number; readonly openedAt: number; readonly count: number },
): readonly DemoCommit[] {
  const last = span.openedAt - chance.integer(60, 400) * 1000;
  const from = Math.min(span.from, last);
  const instants = Array.from({ length: span.count }, (_, index) =>
    index === 0 ? from : index === 1 ? last : from + (last - from) * chance.unit(),
  ).sort((a, b) => a - b);
  // A commit is younger than its parent.
  const began = from - 1000;
  const places = (tipAt(line, began)?.at ?? Infinity) <= began ? line : main;
  let parent = tipAt(places, began)?.hash;
  let earliest = 0;
  return instants.map((wanted, index) => {
    const at = Math.max(wholeSeconds(wanted), earliest);
    earliest = at + 1000;
    const parents = parent === undefined ? [] : [parent];
    const commit = {
      hash: chance.hex(40),
      at,
      author,
      parents,
      message: commitMessage(chance, title, index),
    };
    parent = commit.hash;
    return commit;
  });
}

/** The commits of one push, the last of them a minute old. */
export function pushedCommits(
  chance: Chance,
  author: Person,
  head: DemoCommit | undefined,
  push: {
    readonly at: number;
    readonly count: number;
    readonly mergesTarget: Place | null;
    readonly target: string;
  },
): readonly DemoCommit[] {
  let parent = head?.hash;
  let earliest = (head?.at ?? 0) + 1000;
  return Array.from({ length: push.count }, (_, index) => {
    const at = Math.max(wholeSeconds(push.at - (push.count - index) * 60_000), earliest);
    earliest = at + 1000;
    const merged =
      index === 0 && push.mergesTarget !== null && push.mergesTarget.at < at ? push.mergesTarget : null;
    const commit: DemoCommit = {
      hash: chance.hex(40),
      at,
      author,
      parents: [...(parent === undefined ? [] : [parent]), ...(merged === null ? [] : [merged.hash])],
      message: merged === null ? reworkMessage(chance) : `Merge branch '${push.target}'`,
    };
    parent = commit.hash;
    return commit;
  });
}

/** The commit that brings a pull request into its target: a squash has one parent, a merge commit two. */
export function mergeCommit(
  pullRequest: DemoPullRequest,
  tip: string | undefined,
  merge: { readonly hash: string; readonly at: number; readonly by: Person; readonly isSquash: boolean },
): DemoCommit {
  const { id, title, sourceBranch } = pullRequest;
  return {
    hash: merge.hash,
    at: wholeSeconds(merge.at),
    author: merge.by,
    parents: [...(tip === undefined ? [] : [tip]), ...(merge.isSquash ? [] : [headOf(pullRequest)])],
    message: merge.isSquash
      ? `${title} (pull request #${id})`
      : `Merged in ${sourceBranch} (pull request #${id})\n\n${title}`,
  };
}
