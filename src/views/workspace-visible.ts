/** Proves which repositories of a workspace a viewer may see: Bitbucket is asked as that viewer. */
import { BitbucketNotFound } from '../bitbucket/errors';
import { readVisibleRepositories } from '../bitbucket/repositories';
import { VIEWER } from '../bitbucket/requests';
import { allEnded } from '../concurrency/all-ended';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withoutBraces } from '../storage/keys';
import { keepVisiblePart, readVisiblePart, type VisiblePart } from '../storage/visible-repositories';
import type { WorkspacePlace } from './places';

/** Two requests to Bitbucket, and 200 summaries: a part is answered in a second. */
const PAGES_OF_PART = [1, 2] as const;
const PAGES_A_PART = PAGES_OF_PART.length;
export const REPOSITORIES_A_PART = PAGES_A_PART * 100;

const NOTHING_MORE: VisiblePart = { repositories: [], total: null, isLast: true };

/**
 * A part of the list, counted from 1; of a part that does not exist, nothing. What Bitbucket said a few minutes ago is
 * used again, for the same viewer in the same workspace.
 */
export async function visibleRepositories(
  { workspaceUuid, accountId }: WorkspacePlace,
  page: number,
  now: EpochSeconds,
): Promise<VisiblePart> {
  const viewing = { workspaceUuid, accountId };
  const kept = await readVisiblePart(viewing, page, now);
  if (kept !== null) return kept;
  const part = await askFor(workspaceUuid, page);
  await keepVisiblePart(viewing, page, part, now);
  return part;
}

async function askFor(workspaceUuid: string, part: number): Promise<VisiblePart> {
  const ask = (each: number): Promise<VisiblePart> =>
    pageOrNothing(workspaceUuid, (part - 1) * PAGES_A_PART + each);
  if (part > 1) {
    // Most likely it is full; at the end of a long list, one request is in vain.
    return together(await allEnded(PAGES_OF_PART.map(ask)));
  }
  const pages: VisiblePart[] = [];
  for (const each of PAGES_OF_PART) {
    const page = await ask(each);
    pages.push(page);
    if (page.isLast) break;
  }
  return together(pages);
}

/** Pages of a list in their order; those after the last one say nothing. */
function together(pages: readonly VisiblePart[]): VisiblePart {
  return {
    repositories: pages.flatMap(({ repositories }) => repositories),
    total: pages.find(({ total }) => total !== null)?.total ?? null,
    isLast: pages.some(({ isLast }) => isLast),
  };
}

async function pageOrNothing(workspaceUuid: string, page: number): Promise<VisiblePart> {
  try {
    const { values, size, next } = await readVisibleRepositories(VIEWER, workspaceUuid, page);
    return { repositories: values.map(withoutBraces), total: size, isLast: next === null };
  } catch (error) {
    // A workspace that is not shown to the viewer, or a page past its end.
    if (error instanceof BitbucketNotFound) return NOTHING_MORE;
    throw error;
  }
}
