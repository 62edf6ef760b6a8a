/** Asks for the activity, or the commits, of a single pull request, where no wide answer tells them. */
import { BitbucketForbidden, BitbucketNotFound } from '../../bitbucket/errors';
import { readActivityPage, readOwnCommitPage } from '../../bitbucket/pull-requests';
import { isNotAskedFor, ownAfter, type ImportState } from './import-state';
import type { Asked, Read } from './import-step';

/** One request at most: none where Bitbucket refuses this of every pull request. */
export async function readOwn(
  { caller, address, state }: Asked,
  asking: NonNullable<ImportState['asking']>,
): Promise<Read> {
  const { id, what, next } = asking;
  const gone: Read = {
    state: { ...state, asking: null },
    page:
      what === 'activity'
        ? { kind: 'own-activity', id, gone: true, entries: [] }
        : { kind: 'own-commits', id, gone: true, commits: [] },
  };
  if (isNotAskedFor(state, what)) return gone;
  const own = ownAfter(state, what, 'answer', id);
  const after = (then: string | null): ImportState => ({
    ...state,
    own,
    asking: then === null ? null : { ...asking, next: then },
  });
  try {
    if (what === 'activity') {
      const read = await readActivityPage(caller, address, id, next);
      return {
        state: after(read.next),
        page: { kind: 'own-activity', id, gone: false, entries: [...read.values] },
      };
    }
    const read = await readOwnCommitPage(caller, address, id, next);
    return {
      state: after(read.next),
      page: { kind: 'own-commits', id, gone: false, commits: [...read.values] },
    };
  } catch (error) {
    // Deleted, or not to be seen: its facts say that this was not read.
    if (error instanceof BitbucketNotFound) return gone;
    if (error instanceof BitbucketForbidden && error.status === 403) {
      return { ...gone, state: { ...gone.state, own: ownAfter(state, what, 'refusal', id) } };
    }
    throw error;
  }
}
