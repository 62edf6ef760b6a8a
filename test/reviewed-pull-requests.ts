/** Pull requests of a small workspace with what was reviewed and pushed on them, an act a line. */
import type { JsonObject } from '../local/bitbucket/workspace-source';
import { openPullRequest, person, type SmallPullRequest } from './small-workspace';

const HOUR = 3_600_000;

/** So many hours after the opening; nobody is an account that is gone. */
export type Act = readonly [
  hours: number,
  kind: 'approval' | 'changes_requested' | 'comment' | 'push',
  by?: string,
];

export interface Story {
  readonly author: string;
  /** Milliseconds. */
  readonly openedAt: number;
  readonly acts?: readonly Act[];
  /** Hours after the opening; open where absent. */
  readonly mergedAfter?: number;
  readonly requested?: readonly string[];
  readonly draft?: boolean;
}

/** Everything as Bitbucket would tell it, the newest first. */
export function reviewedPullRequest(id: number, story: Story): SmallPullRequest {
  const { author, openedAt, acts = [], mergedAfter, requested = [], draft = false } = story;
  const at = (hours: number): string => new Date(openedAt + hours * HOUR).toISOString();
  const small = openPullRequest(id, author, at(0));
  const ofThis = { pull_request: { id } };
  const merge: JsonObject[] =
    mergedAfter === undefined
      ? []
      : [
          {
            ...ofThis,
            update: { date: at(mergedAfter), state: 'MERGED', author: person(author), source: null },
          },
        ];
  const entries = acts.map((act, place): JsonObject => ({ ...ofThis, ...entryOf(act, at, author, place) }));
  const last = mergedAfter ?? Math.max(0, ...acts.map(([hours]) => hours));
  return {
    ...small,
    pullRequest: {
      ...small.pullRequest,
      draft,
      updated_on: at(last),
      reviewers: requested.map(person),
      ...(mergedAfter === undefined ? {} : { state: 'MERGED', closed_by: person(author) }),
    },
    activity: [...merge, ...entries.reverse(), ...small.activity],
  };
}

function entryOf(
  [hours, kind, by]: Act,
  at: (hours: number) => string,
  author: string,
  place: number,
): JsonObject {
  const user = by === undefined ? null : person(by);
  switch (kind) {
    case 'approval':
    case 'changes_requested':
      return { [kind]: { date: at(hours), user } };
    case 'comment':
      return { comment: { id: place, created_on: at(hours), user, deleted: false } };
    case 'push': {
      const commit = { type: 'commit', hash: `cccccccccc${String(place).padStart(2, '0')}` };
      return { update: { date: at(hours), state: 'OPEN', author: person(author), source: { commit } } };
    }
  }
}
