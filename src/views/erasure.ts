/** Erases everything on demand, tells how far that is, and begins anew. */
import { readWorkspaceSlug } from '../bitbucket/repositories';
import { VIEWER } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { readConnection, type Connection } from '../storage/connection';
import { beginErasure, collectAgain } from '../sync/erasure/collecting';
import type { WorkspacePlace } from './places';
import type { ErasureReport } from './reports/connection-report';
import { RequestRefused } from './request-refused';

/**
 * Begins to erase everything, where `confirmation` is the workspace's slug: the name that stands in the address of every
 * page of it, as Bitbucket tells the viewer at this moment; the app does not store it. Throws RequestRefused for any
 * other text, and BitbucketError where Bitbucket does not answer.
 */
export async function eraseAllOf(
  { workspaceUuid }: WorkspacePlace,
  confirmation: string,
  now: EpochSeconds,
): Promise<ErasureReport> {
  const slug = await readWorkspaceSlug(VIEWER, workspaceUuid);
  if (confirmation.trim().toLowerCase() !== slug?.toLowerCase()) {
    throw new RequestRefused(
      'bad-request',
      'This is not the workspace’s id, so nothing was erased. Type it as it stands in the address of this page.',
    );
  }
  return reportOf(await beginErasure(workspaceUuid, now), now);
}

/** How far the erasure is. */
export async function erasureOf(_place: WorkspacePlace, now: EpochSeconds): Promise<ErasureReport> {
  return reportOf(await readConnection(), now);
}

/** Collects again, as after an installation. While everything is still being erased nothing changes. */
export async function connectAgainOf(
  { workspaceUuid, accountId }: WorkspacePlace,
  now: EpochSeconds,
): Promise<ErasureReport> {
  return reportOf(await collectAgain(workspaceUuid, accountId, now), now);
}

const STATES = { connected: 'none', erasing: 'erasing', disconnected: 'erased' } as const;

function reportOf(connection: Connection, now: EpochSeconds): ErasureReport {
  const { state, startedAt, endedAt, removed, repositories, repositoriesLeft, found } = connection;
  return {
    asOf: now,
    state: STATES[state],
    startedAt,
    endedAt,
    removed,
    repositories,
    repositoriesLeft,
    found,
  };
}
