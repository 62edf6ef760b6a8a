/** What live mode asks before anything is built: whether the token reads what is wanted, and what that is called. */
import { z } from 'zod';
import type { RepositoryCard } from '../forge/web/server';
import { YOU } from '../start/viewers';
import type { LiveClient } from './live-client';
import { nameOf, pathOf, repositoryPath, type LiveName, type LivePlace } from './live-place';
import { LiveRefusal } from './live-refusal';

export interface FirstLook {
  readonly place: LivePlace;
  readonly repositories: readonly RepositoryCard[];
  /** Who looks at the pages: the token's person where it is one and Bitbucket says who. */
  readonly viewer: { readonly accountId: string; readonly displayName: string };
  /** A sentence for each thing that cannot be read and that the figures do without. */
  readonly notices: readonly string[];
}

const repository = z.object({
  uuid: z.string(),
  slug: z.string().optional(),
  name: z.string().optional(),
  full_name: z.string(),
  workspace: z.object({ uuid: z.string() }).optional(),
});
type RepositoryAnswer = z.output<typeof repository>;

const page = z.object({ next: z.string().optional(), values: z.array(repository) });
const workspace = z.object({ uuid: z.string() });
const user = z.object({ account_id: z.string(), display_name: z.string() });
const anything = z.object({});

const FIELDS = ['uuid', 'slug', 'name', 'full_name', 'workspace.uuid'];

/** At most so many pages of a hundred repositories. */
const MOST_PAGES = 100;

/** Asks for the repositories, a pull request and a pipeline. Throws LiveRefusal, a sentence for each cause. */
export async function firstLook(client: LiveClient, name: LiveName, isPersonal: boolean): Promise<FirstLook> {
  const found = await (name.repository === null
    ? listed(client, name.workspace, isPersonal)
    : one(client, name.workspace, name.repository));
  const [first] = found;
  const slug = first.full_name.split('/')[0] ?? name.workspace;
  const uuid =
    first.workspace?.uuid ??
    (
      await client.read(
        `workspace ${slug}`,
        `/2.0/workspaces/${encodeURIComponent(slug)}?fields=uuid`,
        workspace,
      )
    ).uuid;
  const cards = found.map(cardOf);
  const ofFirst = repositoryPath(uuid, first.uuid);
  await client.read(
    `pull requests of ${first.full_name}`,
    `${ofFirst}/pullrequests?pagelen=1&fields=size`,
    anything,
  );
  return {
    place: {
      workspace: { uuid, slug },
      repository: name.repository === null ? null : cardOf(first),
    },
    repositories: cards,
    viewer: isPersonal ? await personBehind(client) : YOU,
    notices: await withoutPipelines(client, ofFirst, first.full_name),
  };
}

async function one(
  client: LiveClient,
  workspaceSlug: string,
  slug: string,
): Promise<readonly [RepositoryAnswer]> {
  const what = `repository ${nameOf({ workspace: workspaceSlug, repository: slug })}`;
  return [
    await client.read(what, `${repositoryPath(workspaceSlug, slug)}?fields=${FIELDS.join(',')}`, repository),
  ];
}

async function listed(
  client: LiveClient,
  workspaceSlug: string,
  isPersonal: boolean,
): Promise<readonly [RepositoryAnswer, ...RepositoryAnswer[]]> {
  const fields = ['next', ...FIELDS.map((field) => `values.${field}`)].join(',');
  const found: RepositoryAnswer[] = [];
  let next: string | undefined =
    `/2.0/repositories/${encodeURIComponent(workspaceSlug)}?pagelen=100&sort=-updated_on&fields=${fields}`;
  try {
    for (let pages = 0; next !== undefined && pages < MOST_PAGES; pages += 1) {
      const answer: z.output<typeof page> = await client.read(`workspace ${workspaceSlug}`, next, page);
      found.push(...answer.values);
      next = answer.next === undefined ? undefined : pathOf(answer.next);
    }
  } catch (error) {
    // Tokens of a repository may not list: Bitbucket says so in one of two ways.
    const mayNotList =
      error instanceof LiveRefusal &&
      !isPersonal &&
      (error.kind === 'permission' || error.kind === 'unknown');
    throw mayNotList ? namedRepositoryNeeded(workspaceSlug) : error;
  }
  const [first, ...others] = found;
  if (first !== undefined) return [first, ...others];
  throw namedRepositoryNeeded(workspaceSlug);
}

function namedRepositoryNeeded(workspaceSlug: string): LiveRefusal {
  return new LiveRefusal(
    'unknown',
    `This token lists no repository of a workspace ${workspaceSlug}: look at the name, and with an access token of one repository write --live ${workspaceSlug}/REPO.`,
  );
}

function cardOf({ uuid, slug, name, full_name: fullName }: RepositoryAnswer): RepositoryCard {
  const own = slug ?? fullName.split('/')[1] ?? fullName;
  return { uuid, slug: own, name: name ?? own };
}

/** Needs a permission that nothing else needs, so without it somebody without a name looks. */
async function personBehind(client: LiveClient): Promise<FirstLook['viewer']> {
  try {
    const { account_id: accountId, display_name: displayName } = await client.read(
      'account of the token',
      '/2.0/user?fields=account_id,display_name',
      user,
    );
    return { accountId, displayName };
  } catch (error) {
    if (error instanceof LiveRefusal) return YOU;
    throw error;
  }
}

async function withoutPipelines(
  client: LiveClient,
  path: string,
  fullName: string,
): Promise<readonly string[]> {
  try {
    await client.read(`pipelines of ${fullName}`, `${path}/pipelines?pagelen=1&fields=size`, anything);
    return [];
  } catch (error) {
    if (!(error instanceof LiveRefusal)) throw error;
    // Where pipelines were never switched on Bitbucket knows none, which is no lack.
    if (error.kind !== 'permission') return [];
    return [`${error.message} Everything but deployments and pipelines is read without it.`];
  }
}
