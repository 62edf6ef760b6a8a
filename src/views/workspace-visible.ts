/** Proves which repositories of a workspace a viewer may see: Bitbucket is asked as that viewer. */
import { BitbucketNotFound } from '../bitbucket/errors';
import { readVisibleRepositories } from '../bitbucket/repositories';
import { VIEWER } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withoutBraces } from '../storage/keys';
import { keepVisiblePart, readVisiblePart, type VisiblePart } from '../storage/visible-repositories';
import type { WorkspacePlace } from './places';

/** Two requests to Bitbucket, and 200 summaries: a part is answered in a second or two. */
const PAGES_A_PART = 2;

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

async function askFor(workspaceUuid: string, page: number): Promise<VisiblePart> {
  let part: VisiblePart = { ...NOTHING_MORE, isLast: false };
  for (let each = 1; each <= PAGES_A_PART && !part.isLast; each += 1) {
    const { repositories, total, isLast } = await pageOrNothing(
      workspaceUuid,
      (page - 1) * PAGES_A_PART + each,
    );
    part = { repositories: [...part.repositories, ...repositories], total: part.total ?? total, isLast };
  }
  return part;
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
