/** What is around every page: Bitbucket's header and sidebar, and what only the local host has. */
import { attribute, option, text } from './html';
import { appPagesIn, placePath, titleOf, type PageContext, type PagePlace } from './page-context';
import type { DrawerAction, RepositoryCard } from './web-options';

/** Bitbucket's own pages of a repository, in its sidebar's order. */
export const REPOSITORY_PAGES = [
  ['src', 'Source'],
  ['commits', 'Commits'],
  ['branches', 'Branches'],
  ['pull-requests', 'Pull requests'],
  ['pipelines', 'Pipelines'],
  ['deployments', 'Deployments'],
] as const;

export interface PageContent {
  /** `null` for a page of the workspace. */
  readonly repository: RepositoryCard | null;
  readonly title: string;
  /** The path of the page that the sidebar marks. */
  readonly current: string;
  /** HTML. */
  readonly body: string;
}

/** The whole page. */
export async function shell(
  context: PageContext,
  { repository, title, current, body }: PageContent,
): Promise<string> {
  const actions = repository === null ? null : context.actions(repository.uuid);
  const pages = [
    ...appPagesIn(context, null),
    ...(repository === null ? [] : appPagesIn(context, repository)),
  ];
  const modules = Object.fromEntries(pages.map(({ module, path }) => [module.key, path]));
  return `<!doctype html>
<html lang="en" data-color-mode="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}${repository === null ? '' : ` · ${text(repository.name)}`} · local Bitbucket</title>
<link rel="stylesheet" href="/__host/page.css">
</head>
<body data-modules="${attribute(JSON.stringify(modules))}" data-locale="${attribute(context.locale)}" data-repository-uuid="${attribute(repository?.uuid ?? '')}"${context.isRebuilt ? ' data-rebuilds' : ''}>
<a class="skip" href="#main">Skip to the content</a>
<header>
<a class="product" href="/">Bitbucket <span>${text(context.dataFrom)}</span></a>
<nav aria-label="Workspace"><a href="/">Repositories</a>${workspaceLinks(context)}</nav>
<span class="grow"></span>
${actions === null ? '' : '<button id="open-drawer" type="button">Send an event</button>'}
${languageSwitch(context)}
<label>Theme <select id="theme">${option('auto', 'Auto')}${option('light', 'Light')}${option('dark', 'Dark')}</select></label>
${viewerSwitch(context)}
</header>
<div id="progress" class="progress" role="status" hidden><span></span><progress></progress></div>
<div class="columns">
${repository === null ? '' : sidebar(context, repository, current)}
<main id="main">${body}</main>
</div>
<div id="flags" aria-live="polite"></div>
${actions === null || repository === null ? '' : await drawer(context, repository, actions)}
<script src="/__host/page.js"></script>
</body>
</html>`;
}

/** As Bitbucket's navigation has the apps of a workspace; those of its settings, which are a page there, beside them. */
function workspaceLinks(context: PageContext): string {
  return appPagesIn(context, null)
    .map(({ module, place, path }) => {
      const names = [context.workspace.slug, ...(place === 'settings' ? ['Settings'] : []), titleOf(module)];
      const label = names.join(' · ');
      return ` <a href="${attribute(path)}">${text(label)}</a>`;
    })
    .join('');
}

/** The languages of the app, each by its own name. */
function languageSwitch({ manifest, locale }: PageContext): string {
  const locales = new Set([...(manifest.translations?.resources ?? []).map(({ key }) => key), locale]);
  if (locales.size < 2) return '';
  const options = [...locales].map((each) => option(each, nameOf(each))).join('');
  return `<label>Language <select id="language">${options}</select></label>`;
}

function nameOf(locale: string): string {
  const { language } = new Intl.Locale(locale);
  return new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? locale;
}

function viewerSwitch({ accounts, viewer }: PageContext): string {
  if (accounts.length < 2) {
    return `<span class="viewer" title="You are looking as this account">${text(viewer.displayName)}</span>`;
  }
  const options = accounts
    .map(({ accountId, displayName }) => {
      const selected = accountId === viewer.accountId ? ' selected' : '';
      return `<option value="${attribute(accountId)}"${selected}>${text(displayName)}</option>`;
    })
    .join('');
  return `<label>Looking as <select id="viewer" autocomplete="off">${options}</select></label>`;
}

function sidebar(context: PageContext, repository: RepositoryCard, current: string): string {
  const link = (path: string, label: string): string =>
    `<li><a href="${attribute(path)}"${path === current ? ' aria-current="page"' : ''}>${text(label)}</a></li>`;
  const base = placePath(context, repository);
  const own = REPOSITORY_PAGES.map(([name, label]) => link(`${base}/${name}`, label)).join('');
  const pages = appPagesIn(context, repository);
  const section = (heading: string, wanted: PagePlace): string => {
    const links = pages
      .filter(({ place }) => place === wanted)
      .map(({ module, path }) => link(path, titleOf(module)))
      .join('');
    return `<p class="heading">${heading}</p><ul>${links}</ul>`;
  };
  const hasSettings = pages.some(({ place }) => place === 'settings');
  const settings = hasSettings ? section('Repository settings · Apps', 'settings') : '';
  return `<aside><p class="repository">${text(repository.name)}</p><nav aria-label="Repository"><ul>${own}</ul>${section('Apps', 'menu')}${settings}</nav></aside>`;
}

async function drawer(
  context: PageContext,
  repository: RepositoryCard,
  actions: readonly DrawerAction[],
): Promise<string> {
  const choices = actions
    .map(({ key, label, needsPullRequest }) =>
      option(key, `${label}${needsPullRequest ? ' (choose a pull request)' : ''}`),
    )
    .join('');
  const pullRequests = ((await context.pullRequests(repository.uuid, null)) ?? [])
    .filter(({ state }) => state === 'OPEN')
    .map(({ id, title }) => option(String(id), `#${id} ${title}`))
    .join('');
  return `<dialog id="drawer" aria-labelledby="drawer-title"><h2 id="drawer-title">Send an event</h2>
<p class="quiet">Does something to the demo repository and sends the app the event that Bitbucket sends for it.</p>
<form><label>What happens <select name="action">${choices}</select></label>
<label>Pull request <select name="pullRequest"><option value="">none</option>${pullRequests}</select></label>
<div class="buttons"><button type="submit">Send</button> <button type="button" id="close-drawer">Close</button></div></form>
<pre id="drawer-result" aria-live="polite" tabindex="0"></pre></dialog>`;
}
