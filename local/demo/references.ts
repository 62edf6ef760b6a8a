/** How Bitbucket's answers refer to things: links, repositories, branches and commits in short. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { bitbucketInstant, type DemoPullRequest, type DemoRepository } from './model';
import type { Person } from './people';

const API = 'https://api.bitbucket.org/2.0';
const SITE = 'https://bitbucket.org';

export const WORKSPACE = {
  uuid: '{5b1ad0c4-7e11-4c3a-9f5e-0d3c2b1a4f60}',
  slug: 'demo',
  name: 'Demo workspace',
} as const;

export const PROJECT = { uuid: '{9a4bb2a8-41d3-4c4e-8f0c-6b8f5e7d2c11}', key: 'DEMO', name: 'Demo' } as const;

/** Where forks are, as far as they still exist. */
const FORKS = 'demo-forks';

type Named = Pick<DemoRepository, 'slug'>;

export const apiOf = ({ slug }: Named): string => `${API}/repositories/${WORKSPACE.slug}/${slug}`;
export const siteOf = ({ slug }: Named): string => `${SITE}/${WORKSPACE.slug}/${slug}`;

/** A link to an API path and to a page of the site. */
export function links(self: string, html: string): JsonObject {
  return { self: { href: self }, html: { href: html } };
}

/** An API path in a list of links. */
export const link = (href: string): JsonObject => ({ href });

export function accountOf({ account }: Person): JsonObject | null {
  return account;
}

export function repositoryReference(repository: DemoRepository): JsonObject {
  const { uuid, slug } = repository;
  return {
    type: 'repository',
    uuid,
    name: slug,
    full_name: `${WORKSPACE.slug}/${slug}`,
    links: {
      ...links(apiOf(repository), siteOf(repository)),
      avatar: link(`https://bytebucket.org/ravatar/${encodeURIComponent(uuid)}?ts=default`),
    },
  };
}

function forkReference({ forkUuid: uuid, slug }: DemoRepository): JsonObject {
  const path = `${FORKS}/${slug}`;
  return {
    type: 'repository',
    uuid,
    name: slug,
    full_name: path,
    links: links(`${API}/repositories/${path}`, `${SITE}/${path}`),
  };
}

/** A commit as pull requests show it: with the hash's first 12 characters. */
export function shortCommit(repository: DemoRepository, hash: string): JsonObject {
  const short = hash.slice(0, 12);
  return {
    type: 'commit',
    hash: short,
    links: links(`${apiOf(repository)}/commit/${short}`, `${siteOf(repository)}/commits/${short}`),
  };
}

/** A commit as parents, statuses, pipelines and releases show it. */
export function commitReference(repository: DemoRepository, hash: string): JsonObject {
  return {
    type: 'commit',
    hash,
    links: links(`${apiOf(repository)}/commit/${hash}`, `${siteOf(repository)}/commits/${hash}`),
  };
}

/** The pull request's source at a commit; a deleted fork leaves only the branch's name. */
export function sourceEnd(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
  hash: string,
): JsonObject {
  const branch = { name: pullRequest.sourceBranch };
  if (pullRequest.source === 'fork-gone') return { branch, commit: null, repository: null };
  return {
    branch,
    commit: shortCommit(repository, hash),
    repository: pullRequest.source === 'fork' ? forkReference(repository) : repositoryReference(repository),
  };
}

export function destinationEnd(repository: DemoRepository, branch: string, hash: string): JsonObject {
  return {
    branch: { name: branch },
    commit: shortCommit(repository, hash),
    repository: repositoryReference(repository),
  };
}

/** A pull request as its activity, comments and pipelines show it. */
export function pullRequestReference(
  repository: DemoRepository,
  { id, title }: DemoPullRequest,
  draft: boolean,
): JsonObject {
  return { type: 'pullrequest', id, title, draft, links: pullRequestLinks(repository, id) };
}

export function pullRequestLinks(repository: DemoRepository, id: number): JsonObject {
  return links(`${apiOf(repository)}/pullrequests/${id}`, `${siteOf(repository)}/pull-requests/${id}`);
}

/** A text with its rendering. */
export function rendered(raw: string): JsonObject {
  const escaped = raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { type: 'rendered', raw, markup: 'markdown', html: raw === '' ? '' : `<p>${escaped}</p>` };
}

/** Bitbucket's form of an instant in pipelines and deployments. */
export const utcInstant = (at: number): string => new Date(at).toISOString();

/** Bitbucket's form of an instant in events: microseconds and a Z. */
export const eventInstant = (at: number): string => bitbucketInstant(at).replace('+00:00', 'Z');
