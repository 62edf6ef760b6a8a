/** Pushed tags that stand for deployments (METRICS 6). */
import { holdsWords, patternWords } from '../../facts/branch-words';
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { shortHash, type TagPush } from './delivery-facts';
import type { EndedDeployment } from './ended-deployments';

/** The `v` of `v1.2` is a word, unlike in branches' names. */
const SHORTEST_WORD = 1;

/** What a deployment is made from; a tag has no environment, and is over as it is pushed. */
export type TaggedDeployment = Pick<
  EndedDeployment,
  'id' | 'commit' | 'environmentId' | 'startedAt' | 'completedAt'
>;

export interface TaggedDeployments {
  /** The first known tag of any name: before it, nothing tells whether there were others. `null` where none is known. */
  readonly since: EpochSeconds | null;
  /** Ascending. */
  readonly deployments: readonly TaggedDeployment[];
}

/**
 * The tags whose name has the pattern's words, or all tags where there is no pattern. Several tags of one commit pushed
 * in one second, such as `v2` and `v2.1`, are one deployment.
 */
export function taggedDeployments(tags: readonly TagPush[], pattern: string | null): TaggedDeployments {
  const wanted = pattern === null ? null : patternWords(pattern, { shortest: SHORTEST_WORD });
  const byId = new Map(
    tags
      .filter(({ words }) => wanted === null || holdsWords(words, wanted))
      .map((tag) => [tagId(tag), deploymentOf(tag)] as const),
  );
  return {
    since: firstTagAt(tags),
    deployments: [...byId.values()].toSorted(
      (a, b) => a.completedAt - b.completedAt || (a.id < b.id ? -1 : 1),
    ),
  };
}

/** When the first known tag was pushed; `null` where none is known. */
export function firstTagAt(tags: readonly TagPush[]): EpochSeconds | null {
  return tags.reduce<EpochSeconds | null>((first, { at }) => Math.min(first ?? at, at), null);
}

/** The name of a tag in evidence. */
function tagId({ commit, at }: TagPush): string {
  return `${commit === null ? '' : shortHash(commit)}@${at}`;
}

function deploymentOf(tag: TagPush): TaggedDeployment {
  return { id: tagId(tag), commit: tag.commit, environmentId: null, startedAt: tag.at, completedAt: tag.at };
}
