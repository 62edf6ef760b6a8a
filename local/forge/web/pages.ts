/** The pages around the app, laid out like Bitbucket's: what Bitbucket has and the local host has not is said so. */
import type { UserInterfaceModule } from '../manifest';
import { attribute, text } from './html';
import { appFrame, appPagesIn, modulesOf, placePath, titleOf, type PageContext } from './page-context';
import { REPOSITORY_PAGES, shell } from './page-shell';
import type { PullRequestLine, RepositoryCard } from './web-options';

/** A page, or the address that stands for the one asked for. */
export type PageAnswer = { readonly html: string } | { readonly movedTo: string };

/** How many pull requests a repository's list shows. */
const LISTED = 40;

/** What is at a path, by names or, as in Bitbucket, by uuids with braces; `null` where nothing is. */
export async function pageAt(context: PageContext, pathname: string): Promise<PageAnswer | null> {
  const [workspace, place, page = 'src', ...details] = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  if (workspace === undefined) return repositoryList(context);
  if (workspace !== context.workspace.slug && workspace !== context.workspace.uuid) return null;
  if (place === undefined) return repositoryList(context);
  if (place === 'workspace') return appPage(context, null, page, details);
  const repository = context.repositories.find((each) => each.slug === place || each.uuid === place);
  if (!repository) return null;
  const [detail] = details;
  switch (page) {
    case 'app':
    case 'forge':
    case 'admin':
      return appPage(context, repository, page, details);
    case 'src':
      return sourcePage(context, repository);
    case 'pull-requests':
      return detail === undefined
        ? pullRequestList(context, repository)
        : pullRequestPage(context, repository, detail);
    default:
      return absentPage(context, repository, page);
  }
}

async function repositoryList(context: PageContext): Promise<PageAnswer> {
  const rows = context.repositories
    .map((repository) => {
      const links = appLinks(context, repository);
      const path = placePath(context, repository);
      return `<tr><td><a href="${attribute(path)}"><b>${text(repository.name)}</b></a></td><td>${links}</td></tr>`;
    })
    .join('');
  const table = `<table><thead><tr><th>Repository</th><th>Apps</th></tr></thead><tbody>${rows}</tbody></table>`;
  const apps = appLinks(context, null);
  const workspace =
    apps === '' ? '' : `<p>Apps of the workspace ${text(context.workspace.slug)}: ${apps}</p>`;
  const body = `<h1>Repositories</h1>${workspace}${table}`;
  return { html: await shell(context, { repository: null, title: 'Repositories', current: '', body }) };
}

function appLinks(context: PageContext, repository: RepositoryCard | null): string {
  return appPagesIn(context, repository)
    .map(({ module, place, path }) => {
      const label = place === 'settings' ? `${titleOf(module)} settings` : titleOf(module);
      return `<a href="${attribute(path)}">${text(label)}</a>`;
    })
    .join(' ');
}

/** A page of the app: at its address in Bitbucket, to which the shorter `app/<module>` leads. */
async function appPage(
  context: PageContext,
  repository: RepositoryCard | null,
  page: string,
  details: readonly string[],
): Promise<PageAnswer | null> {
  const asked = `${placePath(context, repository)}/${[page, ...details].join('/')}`;
  const found = appPagesIn(context, repository).find(({ module, path }) =>
    page === 'app' ? details.join('/') === module.key : path === asked,
  );
  if (found === undefined) return null;
  const { module, path: current } = found;
  if (page === 'app') return { movedTo: current };
  const place =
    repository === null
      ? { workspace: { uuid: context.workspace.uuid } }
      : { repository: { uuid: repository.uuid } };
  const body = appFrame(context, module, place);
  return { html: await shell(context, { repository, title: titleOf(module), current, body }) };
}

async function sourcePage(context: PageContext, repository: RepositoryCard): Promise<PageAnswer> {
  const panels = modulesOf(context, 'bitbucket:repoCodeOverviewPanel')
    .map((module) => panel(context, module, { repository: { uuid: repository.uuid } }))
    .join('');
  const files = ['src', 'test', 'README.md', 'package.json']
    .map((name) => `<tr><td>${name}</td><td class="quiet">stand-in for a file list</td></tr>`)
    .join('');
  const body = `<h1>${text(repository.name)}</h1><table><thead><tr><th>Name</th><th></th></tr></thead><tbody>${files}</tbody></table>${panels}`;
  const current = `${placePath(context, repository)}/src`;
  return { html: await shell(context, { repository, title: 'Source', current, body }) };
}

function panel(context: PageContext, module: UserInterfaceModule, extension: object): string {
  return `<section class="panel"><h2>${text(titleOf(module))}</h2>${appFrame(context, module, extension)}</section>`;
}

async function pullRequestList(context: PageContext, repository: RepositoryCard): Promise<PageAnswer> {
  const current = `${placePath(context, repository)}/pull-requests`;
  const all = (await context.pullRequests(repository.uuid, null)) ?? [];
  const items = all
    .slice(0, LISTED)
    .map((each) => {
      const link = `<a href="${attribute(`${current}/${each.id}`)}">${text(nameOf(each))}</a>`;
      return `<li>${link} <span class="quiet">${text(each.state.toLowerCase())}</span></li>`;
    })
    .join('');
  const note =
    all.length > LISTED ? `The ${LISTED} latest of ${all.length}, open ones first; Bitbucket` : 'Bitbucket';
  const body = `<h1>Pull requests</h1><ul class="plain">${items}</ul><p class="quiet">${note} has a list of its own here, which the local host does not.</p>`;
  return { html: await shell(context, { repository, title: 'Pull requests', current, body }) };
}

async function pullRequestPage(
  context: PageContext,
  repository: RepositoryCard,
  number: string,
): Promise<PageAnswer | null> {
  if (!/^[1-9]\d*$/.test(number)) return null;
  const id = Number(number);
  const all = await context.pullRequests(repository.uuid, id);
  const line = all?.find((each) => each.id === id) ?? null;
  if (all !== null && line === null) return null;
  const place = { repository: { uuid: repository.uuid }, pullRequest: { id } };
  const panels = modulesOf(context, 'bitbucket:repoPullRequestOverviewPanel')
    .map((module) => panel(context, module, place))
    .join('');
  const state = line === null ? '' : `<p class="quiet">${text(line.state.toLowerCase())}</p>`;
  const heading = line === null ? `#${id}` : nameOf(line);
  const body = `<h1>${text(heading)}</h1>${state}<p class="quiet">Bitbucket shows this pull request’s conversation, commits and changes here; the local host does not.</p>${panels}`;
  const current = `${placePath(context, repository)}/pull-requests`;
  return { html: await shell(context, { repository, title: `Pull request #${id}`, current, body }) };
}

function nameOf({ id, title }: PullRequestLine): string {
  return `#${id} ${title}`;
}

async function absentPage(
  context: PageContext,
  repository: RepositoryCard,
  page: string,
): Promise<PageAnswer | null> {
  const title = REPOSITORY_PAGES.find(([name]) => name === page)?.[1];
  if (title === undefined) return null;
  const body = `<h1>${text(title)}</h1><p class="quiet">Bitbucket has its own ${text(title.toLowerCase())} page here; the local host does not.</p>`;
  const current = `${placePath(context, repository)}/${page}`;
  return { html: await shell(context, { repository, title, current, body }) };
}
