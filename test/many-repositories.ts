/** A workspace of several repositories, and Bitbucket as each of its viewers sees it. */
import { startBitbucket, type Bitbucket } from '../local/bitbucket/server';
import type { RepositorySource, WorkspaceSource } from '../local/bitbucket/workspace-source';
import { smallWorkspace, type SmallPullRequest } from './small-workspace';

/** Spreads numbers over 32 bits, none twice: the golden ratio's part of them. */
const SPREAD = 0x9e3779b1;

/** The uuid of a repository by its number, with braces; as Bitbucket's, their first digits are in no order. */
export function uuidOf(number: number): string {
  const first = (Math.imul(number, SPREAD) >>> 0).toString(16).padStart(8, '0');
  return `{${first}-0000-4000-8000-${String(number).padStart(12, '0')}}`;
}

export function slugOf(number: number): string {
  return `repository-${number}`;
}

/** Repositories 1 to `count`, the first the oldest, each with its own pull requests; `add` makes another. */
export function manyRepositories(
  count: number,
  pullRequestsOf: (number: number) => readonly SmallPullRequest[] = () => [],
): WorkspaceSource & { readonly add: () => void } {
  const repositories: RepositorySource[] = [];
  const add = (): void => {
    const number = repositories.length + 1;
    repositories.push(...repositoryOf(number, pullRequestsOf(number)));
  };
  for (let number = 1; number <= count; number += 1) add();
  return { ...smallWorkspace([]), repositories: () => repositories, add };
}

function repositoryOf(
  number: number,
  pullRequests: readonly SmallPullRequest[],
): readonly RepositorySource[] {
  const createdAt = new Date(Date.UTC(2020, 0, 1) + number * 3_600_000).toISOString();
  return smallWorkspace(pullRequests)
    .repositories()
    .map((source) => ({
      ...source,
      repository: () => ({
        ...source.repository(),
        uuid: uuidOf(number),
        slug: slugOf(number),
        full_name: `small/${slugOf(number)}`,
        created_on: createdAt,
      }),
    }));
}

export interface Viewers {
  /** Who looks now. */
  account: string;
  /** What is asked of Bitbucket as a viewer, and no request of the app's own. */
  readonly bitbucket: Bitbucket;
  close(): Promise<void>;
}

interface ForgeGlobals {
  __forge_fetch__?: (
    meta: { readonly type: string; readonly provider?: string; readonly remote?: string },
    target: string,
    init?: RequestInit,
  ) => Promise<Response>;
}

/**
 * Lets an app of `startInProcessApp` ask Bitbucket as different people, who may see different repositories (by their
 * uuids with braces). Call `close` before the app's own.
 */
export async function startViewers(
  source: WorkspaceSource,
  mayRead: (account: string, repositoryUuid: string) => boolean = () => true,
): Promise<Viewers> {
  const globals = globalThis as ForgeGlobals;
  const asApp = globals.__forge_fetch__;
  if (asApp === undefined) throw new Error('Start the app first: viewers look through it.');
  const bitbucket = await startBitbucket({ source, clock: { now: () => Date.now() }, mayRead });
  const viewers: Viewers = { account: 'ann', bitbucket, close: () => bitbucket.close() };
  globals.__forge_fetch__ = (meta, target, init) => {
    if (meta.remote !== 'bitbucket' || meta.provider !== 'user') return asApp(meta, target, init);
    const headers = new Headers(init?.headers);
    headers.set('x-forge-as', 'user');
    headers.set('x-forge-account', viewers.account);
    headers.set('x-forge-scopes', 'read:repository:bitbucket');
    return fetch(`${bitbucket.url}${target}`, { ...init, headers });
  };
  return viewers;
}
