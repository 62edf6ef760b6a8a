/** Proves, before a function runs, that its caller may ask for it: the one place where `ACCESS` is enforced. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { CONNECTION_ITEM, parseConnection } from '../storage/connection';
import { getMany } from '../storage/forge-storage';
import { withBraces } from '../storage/keys';
import {
  isProvenAdministrator,
  keepAdministrator,
  type Administering,
} from '../storage/proven-administrators';
import { homeItem, parseHome, type RepositoryHome } from '../storage/repositories';
import { administersRepository, administersWorkspace } from '../sync/administration';
import { ACCESS, type Access } from './access';
import type { ResolverFunction } from './contract';
import { installationIn, type RepositoryPlace, type WorkspacePlace } from './places';
import { RequestRefused } from './request-refused';

/** Where a request is about: a repository, or a whole workspace. */
export type GuardedPlace = RepositoryPlace | WorkspacePlace;

const NOBODY_ELSE = {
  'repository-administrator': 'Only an administrator of this repository can do this. Ask one.',
  'workspace-administrator':
    'Only who administers every repository of the workspace can do this. Ask such an administrator.',
} as const;

/**
 * Lets the request pass, or throws RequestRefused: for a repository that is not known in this workspace or was left out,
 * a store that was erased, and a viewer who does not administer what the function is for. Throws BitbucketError where
 * Bitbucket does not say whether they do. One request to storage, two where an administrator's proof is looked up.
 */
export async function assertMay(
  name: ResolverFunction,
  context: unknown,
  place: GuardedPlace,
  now: EpochSeconds,
): Promise<void> {
  const access = ACCESS[name];
  const installation = installationIn(context);
  const { home, isConnected } = await readPlace(place);
  if (!isConnected && access.whenErased !== true) {
    throw new RequestRefused(
      'disconnected',
      'An administrator had everything erased: nothing is collected. The workspace’s settings page connects again.',
    );
  }
  const workspaceUuid =
    'repository' in place ? workspaceOfKnown(home, installation, access) : place.workspaceUuid;
  // Nothing is kept where everything was erased.
  await assertAdministers(access, { place, workspaceUuid, keeps: isConnected }, now);
}

/** What is stored of the place itself, in one request. */
async function readPlace(
  place: GuardedPlace,
): Promise<{ readonly home: RepositoryHome | null; readonly isConnected: boolean }> {
  const item = 'repository' in place ? homeItem(place.repository) : null;
  const rows = await getMany([CONNECTION_ITEM, ...(item === null ? [] : [item])]);
  const home =
    'repository' in place && item !== null ? parseHome(place.repository, rows.get(item.key)) : null;
  return { home, isConnected: parseConnection(rows.get(CONNECTION_ITEM.key)).state === 'connected' };
}

/** The context names it, but what is stored of it must be this installation's. */
function workspaceOfKnown(home: RepositoryHome | null, installation: string | null, access: Access): string {
  if (home === null || (installation !== null && home.workspaceUuid !== installation)) {
    throw new RequestRefused(
      'nothing-yet',
      'Nothing is known of this yet. Its import begins within five minutes.',
    );
  }
  if (home.isLeftOut && access.whenLeftOut !== true) {
    throw new RequestRefused('left-out', 'An administrator left this repository out.');
  }
  return home.workspaceUuid;
}

interface Asked {
  readonly place: GuardedPlace;
  readonly workspaceUuid: string;
  /** Whether a proof may be kept. */
  readonly keeps: boolean;
}

async function assertAdministers(
  { audience, changes }: Access,
  { place, workspaceUuid, keeps }: Asked,
  now: EpochSeconds,
): Promise<void> {
  if (audience === 'repository-viewer' || audience === 'workspace-viewer') return;
  const repository =
    audience === 'repository-administrator' && 'repository' in place ? place.repository : null;
  const who: Administering = { accountId: place.accountId, workspaceUuid, repository };
  if (changes !== true && (await isProvenAdministrator(who, now))) return;
  const administers =
    repository === null
      ? await administersWorkspace(workspaceUuid, keeps)
      : await administersRepository({ workspaceUuid, uuid: withBraces(repository) });
  if (!administers) throw new RequestRefused('not-allowed', NOBODY_ELSE[audience]);
  if (changes !== true && keeps) await keepAdministrator(who, now);
}
