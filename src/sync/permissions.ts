/** Finds out which permissions Bitbucket grants the app: it is asked for something that needs each. */
import { BitbucketError, BitbucketForbidden, BitbucketNotFound } from '../bitbucket/errors';
import { probePipelines, probePullRequests, probeRepositories } from '../bitbucket/permission-probes';
import type { Caller, RepositoryAddress } from '../bitbucket/requests';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { withoutBraces } from '../storage/keys';
import { readListedRepositories } from '../storage/repository-summaries';
import { anyRepository, readPermissionCheck, savePermissionCheck } from '../storage/workspace-counts';
import { spending } from './budgeted-caller';
import { BITBUCKET_SCOPES, type BitbucketScope } from './trouble';

/** Whoever presses a button again and again costs the workspace's hour three requests in so long. */
const NOT_AGAIN_WITHIN_SECONDS = 300;

/** `unknown`: the answer, or that there was none, says nothing of permissions. */
type Verdict = 'granted' | 'missing' | 'unknown';

/**
 * Asks Bitbucket as the app, one small request for each permission, and keeps what was learned; what an answer did not
 * tell stays as an earlier one did. Nothing is asked within five minutes of the last time.
 */
export async function checkPermissions(workspaceUuid: string, now: EpochSeconds): Promise<void> {
  const before = await readPermissionCheck();
  if (before !== null && now >= before.at && now - before.at < NOT_AGAIN_WITHIN_SECONDS) return;
  const found = await spending('live', (caller) => askForEach(caller, workspaceUuid));
  const learned = BITBUCKET_SCOPES.flatMap((scope) => {
    const verdict = found[scope];
    return verdict === 'unknown' ? [] : [[scope, { isGranted: verdict === 'granted', at: now }] as const];
  });
  await savePermissionCheck({
    at: now,
    verdicts: { ...before?.verdicts, ...Object.fromEntries(learned) },
  });
}

async function askForEach(
  caller: Caller,
  workspaceUuid: string,
): Promise<Readonly<Record<BitbucketScope, Verdict>>> {
  let listed: readonly string[] = [];
  const repositories = await verdictOf(async () => {
    listed = await probeRepositories(caller, workspaceUuid);
  }, 'unknown');
  const latest = await latestStored(workspaceUuid, listed);
  const address = latest ?? (await anyAddress());
  const ask = (probe: (caller: Caller, of: RepositoryAddress) => Promise<void>): Promise<Verdict> =>
    address === null
      ? Promise.resolve('unknown')
      : verdictOf(() => probe(caller, address), latest === null ? 'unknown' : 'granted');
  return {
    'read:repository:bitbucket': repositories,
    'read:pullrequest:bitbucket': await ask(probePullRequests),
    'read:pipeline:bitbucket': await ask(probePipelines),
  };
}

/** The most recently updated of those that Bitbucket listed, left out the ones that are not stored. */
async function latestStored(
  workspaceUuid: string,
  uuids: readonly string[],
): Promise<RepositoryAddress | null> {
  const stored = await readListedRepositories(uuids.map(withoutBraces));
  const uuid = uuids.find((each) => stored.has(withoutBraces(each)));
  return uuid === undefined ? null : { workspaceUuid, repositoryUuid: uuid };
}

async function anyAddress(): Promise<RepositoryAddress | null> {
  const stored = await anyRepository();
  return stored === null ? null : { workspaceUuid: stored.workspaceUuid, repositoryUuid: stored.uuid };
}

/**
 * `absent`: what 404 says. Of a repository that Bitbucket listed a moment ago it says that the feature is switched off
 * there: permissions are looked at first. Of any other it may say that the repository is gone.
 */
async function verdictOf(ask: () => Promise<void>, absent: Verdict): Promise<Verdict> {
  try {
    await ask();
    return 'granted';
  } catch (error) {
    if (error instanceof BitbucketForbidden) return 'missing';
    if (error instanceof BitbucketNotFound) return absent;
    if (error instanceof BitbucketError) return 'unknown';
    throw error;
  }
}
