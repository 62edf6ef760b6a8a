/** For tests of the settings functions: a workspace of two repositories, asked by its administrator. */
import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { openPullRequest, REPOSITORY_UUID, smallWorkspace, WORKSPACE_UUID } from '../../test/small-workspace';
import type { WorkspaceSource } from '../../local/bitbucket/workspace-source';
import { ACCESS } from './access';
import type { Answer, ResolverFunction, ResolverFunctions } from './contract';
import { resolve } from './resolver';

export const SECOND_UUID = '{5d0c8a7e-7f0e-4d4b-9a39-0f7d6a1f3a11}';
export const ENVIRONMENT = '0b9e1c2d-3f4a-4b5c-8d6e-7f8091a2b3c4';

/** One repository with a pull request, and a second one that is empty; `rename` gives the first another slug. */
export function twoRepositories(): WorkspaceSource & { readonly rename: (slug: string) => void } {
  const small = smallWorkspace([openPullRequest(1, 'ann', '2026-10-30T00:00:00Z')]);
  const [first] = small.repositories();
  if (first === undefined) throw new Error('The small workspace has a repository.');
  const second = {
    ...first,
    repository: () => ({
      ...first.repository(),
      uuid: SECOND_UUID,
      slug: 'second',
      full_name: 'small/second',
    }),
    pullRequestIds: () => [],
  };
  return {
    ...small,
    repositories: () => [first, second],
    rename: (slug) => {
      small.slug = slug;
      small.revision += 1;
    },
  };
}

/** Starts the app with everything imported. */
export async function startWithSettings(): Promise<InProcessApp> {
  const forge = await startInProcessApp(twoRepositories());
  await forge.install();
  await forge.drain();
  return forge;
}

/** Asks as an administrator, in the first repository or the workspace. */
export function askFor<F extends ResolverFunction>(
  name: F,
  payload: ResolverFunctions[F]['payload'],
  uuid = REPOSITORY_UUID,
): Promise<Answer<ResolverFunctions[F]['data']>> {
  const extension =
    ACCESS[name].place === 'workspace' ? { workspace: { uuid: WORKSPACE_UUID } } : { repository: { uuid } };
  return resolve(
    { call: { functionKey: name, payload }, context: { extension } },
    {
      installContext: `ari:cloud:bitbucket::workspace/${WORKSPACE_UUID}`,
      principal: { accountId: VIEWER_ACCOUNT },
    },
  ) as Promise<Answer<ResolverFunctions[F]['data']>>;
}

/** The data of an answer; throws where there is none. */
export async function told<F extends ResolverFunction>(
  name: F,
  payload: ResolverFunctions[F]['payload'],
  uuid?: string,
): Promise<ResolverFunctions[F]['data']> {
  const answer = await askFor(name, payload, uuid);
  if (!answer.ok) throw new Error(`${answer.cause}: ${answer.message}`);
  return answer.data;
}
