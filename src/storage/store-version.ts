/** The version of everything that is stored, and the refusal of a store that a later release wrote. */
import { z } from 'zod';

/**
 * Raised by a release whose rows an earlier one could not read; where older rows are to be rewritten, a step of
 * `sync/upgrade/upgrade-steps.ts` does it. 1 is the first release's.
 */
export const STORE_VERSION = 1;

/** Of a store that nobody marked: a fresh one, or one from before the first release. */
export const UNMARKED_VERSION = 0;

/** A later release wrote to this store: what it means is not known here, so nothing is read and nothing is changed. */
export class NewerStore extends Error {
  constructor(readonly version: number) {
    super(
      `a later release of the app wrote what is stored (version ${version}; this release knows ${STORE_VERSION}): ` +
        'nothing is read or changed until that release, or a later one, is deployed again',
    );
    this.name = 'NewerStore';
  }
}

const marked = z.object({ storeVersion: z.number().int() });

/** Looks at the mark only, since nothing else of a later release's row can be relied on. Throws NewerStore. */
export function refuseNewer(mark: unknown): void {
  const { success, data } = marked.safeParse(mark);
  if (success && data.storeVersion > STORE_VERSION) throw new NewerStore(data.storeVersion);
}
