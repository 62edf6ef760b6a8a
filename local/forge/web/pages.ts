/** The pages around the app, laid out like Bitbucket's: what Bitbucket has and the local host has not is said so. */
import type { ForgeManifest, UserInterfaceModule } from '../manifest';
import type { DrawerAction, RepositoryCard } from './web-options';

export interface PageContext {
  readonly manifest: ForgeManifest;
  readonly workspace: { readonly uuid: string; readonly slug: string };
  readonly assetsOrigin: string;
  readonly viewer: string;
  readonly repositories: readonly RepositoryCard[];
  readonly actions: (repositoryUuid: string) => readonly DrawerAction[] | null;
}

const REPOSITORY_PAGES = [
  ['src', 'Source'],
  ['commits', 'Commits'],
  ['branches', 'Branches'],
  ['pull-requests', 'Pull requests'],
  ['pipelines', 'Pipelines'],
  ['deployments', 'Deployments'],
] as const;

/** The page at a path, or `null` where there is none. */
export function pageAt(context: PageContext, pathname: string): string | null {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
  const [workspace, slug, page = 'src', detail] = parts;
  if (workspace === undefined) return repositoryList(context);
  if (workspace !== context.workspace.slug) return null;
  if (slug === undefined) return repositoryList(context);
  const repository = context.repositories.find((each) => each.slug === slug || each.uuid === slug);
  if (!repository) return null;
  if (page === 'app') {
    const module = modulesOf(context, 'bitbucket:repoMainMenuPage').find((each) => each.key === detail);
    return module ? appPage(context, repository, module) : null;
  }
  if (page === 'pull-requests' && detail !== undefined)
    return pullRequestPage(context, repository, Number(detail));
  const known = REPOSITORY_PAGES.find(([name]) => name === page);
  if (!known) return null;
  return page === 'src' ? sourcePage(context, repository) : absentPage(context, repository, page, known[1]);
}

function modulesOf(context: PageContext, type: string): readonly UserInterfaceModule[] {
  return context.manifest.userInterfaces.filter((module) => module.type === type);
}

function repositoryList(context: PageContext): string {
  const rows = context.repositories
    .map((repository) => {
      const path = `/${context.workspace.slug}/${repository.slug}`;
      const links = modulesOf(context, 'bitbucket:repoMainMenuPage')
        .map((module) => `<a href="${attribute(`${path}/app/${module.key}`)}">${text(titleOf(module))}</a>`)
        .join(' ');
      return `<tr><td><a href="${attribute(path)}"><b>${text(repository.name)}</b></a></td><td>${links}</td></tr>`;
    })
    .join('');
  const table = `<table><thead><tr><th>Repository</th><th>Apps</th></tr></thead><tbody>${rows}</tbody></table>`;
  return frame(context, null, 'Repositories', '', `<h1>Repositories</h1>${table}`);
}

function sourcePage(context: PageContext, repository: RepositoryCard): string {
  const panels = modulesOf(context, 'bitbucket:repoCodeOverviewPanel')
    .map(
      (module) =>
        `<section class="panel"><h2>${text(titleOf(module))}</h2>${appFrame(context, module, { repository: { uuid: repository.uuid } })}</section>`,
    )
    .join('');
  const files = ['src', 'test', 'README.md', 'package.json']
    .map((name) => `<tr><td>${name}</td><td class="quiet">stand-in for a file list</td></tr>`)
    .join('');
  const body = `<h1>${text(repository.name)}</h1><table><thead><tr><th>Name</th><th></th></tr></thead><tbody>${files}</tbody></table>${panels}`;
  return frame(context, repository, 'Source', 'src', body);
}

function appPage(context: PageContext, repository: RepositoryCard, module: UserInterfaceModule): string {
  const extension = { repository: { uuid: repository.uuid } };
  return frame(
    context,
    repository,
    titleOf(module),
    `app/${module.key}`,
    appFrame(context, module, extension),
  );
}

function pullRequestPage(context: PageContext, repository: RepositoryCard, id: number): string {
  const title = repository.openPullRequests.find((each) => each.id === id)?.title;
  const panels = ['bitbucket:repoPullRequestOverviewPanel', 'bitbucket:repoPullRequestCard']
    .flatMap((type) => modulesOf(context, type))
    .map((module) =>
      appFrame(context, module, { repository: { uuid: repository.uuid }, pullRequest: { id } }),
    )
    .join('');
  const body = `<h1>#${id}${title === undefined ? '' : ` ${text(title)}`}</h1><p class="quiet">Bitbucket shows this pull request’s conversation, commits and changes here; the local host does not.</p>${panels}`;
  return frame(context, repository, `Pull request #${id}`, 'pull-requests', body);
}

function absentPage(context: PageContext, repository: RepositoryCard, page: string, title: string): string {
  const list =
    page === 'pull-requests'
      ? `<ul class="plain">${repository.openPullRequests
          .map(({ id, title: name }) => {
            const href = `/${context.workspace.slug}/${repository.slug}/pull-requests/${id}`;
            return `<li><a href="${attribute(href)}">#${id} ${text(name)}</a></li>`;
          })
          .join('')}</ul>`
      : '';
  const note = `<p class="quiet">Bitbucket has its own ${text(title.toLowerCase())} page here; the local host does not.</p>`;
  return frame(context, repository, title, page, `<h1>${text(title)}</h1>${list}${note}`);
}

function appFrame(context: PageContext, module: UserInterfaceModule, extension: object): string {
  const source = `${context.assetsOrigin}/${module.resource}/index.html`;
  return `<iframe class="app" title="${attribute(titleOf(module))}" data-module="${attribute(module.key)}" data-origin="${attribute(context.assetsOrigin)}" data-src="${attribute(source)}" data-extension="${attribute(JSON.stringify(extension))}" sandbox="allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`;
}

function titleOf(module: UserInterfaceModule): string {
  return typeof module.title === 'string' ? module.title : module.key;
}

function frame(
  context: PageContext,
  repository: RepositoryCard | null,
  title: string,
  current: string,
  body: string,
): string {
  const path = repository === null ? '' : `/${context.workspace.slug}/${repository.slug}`;
  const actions = repository === null ? null : context.actions(repository.uuid);
  return `<!doctype html>
<html lang="en" data-color-mode="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}${repository === null ? '' : ` · ${text(repository.name)}`} · local Bitbucket</title>
<link rel="stylesheet" href="/__host/page.css">
</head>
<body data-repository-path="${attribute(path)}" data-repository-uuid="${attribute(repository?.uuid ?? '')}">
<a class="skip" href="#main">Skip to the content</a>
<header>
<a class="product" href="/">Bitbucket <span>local stand-in</span></a>
<nav aria-label="Workspace"><a href="/">Repositories</a></nav>
<span class="grow"></span>
${actions === null ? '' : '<button id="open-drawer" type="button">Send an event</button>'}
<label>Theme <select id="theme"><option value="auto">Auto</option><option value="light">Light</option><option value="dark">Dark</option></select></label>
<span class="viewer" title="You are looking as this account">${text(context.viewer)}</span>
</header>
<div id="progress" class="progress" role="status" hidden><span></span><progress></progress></div>
<div class="columns">
${repository === null ? '' : sidebar(context, repository, path, current)}
<main id="main">${body}</main>
</div>
<div id="flags" aria-live="polite"></div>
${actions === null || repository === null ? '' : drawer(repository, actions)}
<script src="/__host/page.js"></script>
</body>
</html>`;
}

function sidebar(context: PageContext, repository: RepositoryCard, path: string, current: string): string {
  const link = (to: string, label: string): string =>
    `<li><a href="${attribute(`${path}/${to}`)}"${to === current ? ' aria-current="page"' : ''}>${text(label)}</a></li>`;
  const own = REPOSITORY_PAGES.map(([name, label]) => link(name, label)).join('');
  const apps = modulesOf(context, 'bitbucket:repoMainMenuPage')
    .map((module) => link(`app/${module.key}`, titleOf(module)))
    .join('');
  return `<aside><p class="repository">${text(repository.name)}</p><nav aria-label="Repository"><ul>${own}</ul><p class="heading">Apps</p><ul>${apps}</ul></nav></aside>`;
}

function drawer(repository: RepositoryCard, actions: readonly DrawerAction[]): string {
  const choices = actions
    .map(
      ({ key, label, needsPullRequest }) =>
        `<option value="${attribute(key)}">${text(label)}${needsPullRequest ? ' (choose a pull request)' : ''}</option>`,
    )
    .join('');
  const pullRequests = repository.openPullRequests
    .map(({ id, title }) => `<option value="${id}">#${id} ${text(title)}</option>`)
    .join('');
  return `<dialog id="drawer" aria-labelledby="drawer-title"><h2 id="drawer-title">Send an event</h2>
<p class="quiet">Does something to the demo repository and sends the app the event that Bitbucket sends for it.</p>
<form><label>What happens <select name="action">${choices}</select></label>
<label>Pull request <select name="pullRequest"><option value="">none</option>${pullRequests}</select></label>
<div class="buttons"><button type="submit">Send</button> <button type="button" id="close-drawer">Close</button></div></form>
<pre id="drawer-result" aria-live="polite" tabindex="0"></pre></dialog>`;
}

function text(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function attribute(value: string): string {
  return text(value).replace(/"/g, '&quot;');
}
