/** Where a screen was opened, as Forge's context tells it: the only source of which repository is meant. */
import { z } from 'zod';
import { workspaceOf } from '../runtime/installation';
import { withBraces, withoutBraces, type RepositoryId } from '../storage/keys';
import { RequestRefused } from './request-refused';

/** Forge names the account itself, whatever the browser sends; what kind of account it is, it does not always say. */
const viewer = z.object({ accountId: z.string().min(1), accountType: z.string().nullish() });

/** Forge's word for whoever has a seat; the others are `unlicensed`, `customer` and `anonymous`. */
const LICENSED = 'licensed';

const installed = z.object({ installContext: z.string().min(1) });

/** Bitbucket names the workspace beside the repository too, where it does. */
const inWorkspace = z.object({ extension: z.object({ workspace: z.object({ uuid: z.string().min(1) }) }) });

const repositoryContext = z.object({
  extension: z.object({ repository: z.object({ uuid: z.string().min(1) }) }),
});

const pullRequestContext = z.object({
  extension: z.object({
    repository: z.object({ uuid: z.string().min(1) }),
    // Bitbucket's documentation calls it an id; a text of digits is one too.
    pullRequest: z.object({ id: z.coerce.number().int().positive() }),
  }),
});

const workspaceContext = z.object({
  extension: z.object({ workspace: z.object({ uuid: z.string().min(1) }) }),
});

export interface RepositoryPlace {
  readonly repository: RepositoryId;
  /** Who looks. */
  readonly accountId: string;
}

export interface PullRequestPlace extends RepositoryPlace {
  readonly pullRequest: number;
}

export interface WorkspacePlace {
  /** With braces. */
  readonly workspaceUuid: string;
  /** Who looks. */
  readonly accountId: string;
}

/** Throws RequestRefused where the context names no repository, or nobody who looks. */
export function repositoryPlace(context: unknown): RepositoryPlace {
  const accountId = viewerIn(context);
  const parsed = repositoryContext.safeParse(context);
  if (!parsed.success) {
    throw new RequestRefused(
      'no-repository',
      'Open this from a repository: Bitbucket did not say which one is meant.',
    );
  }
  const { uuid } = parsed.data.extension.repository;
  return { repository: withoutBraces(uuid), accountId };
}

/** Throws RequestRefused where the context names no pull request, or nobody who looks. */
export function pullRequestPlace(context: unknown): PullRequestPlace {
  const accountId = viewerIn(context);
  const parsed = pullRequestContext.safeParse(context);
  if (!parsed.success) {
    throw new RequestRefused(
      'no-pull-request',
      'Open this from a pull request: Bitbucket did not say which one is meant.',
    );
  }
  const { repository, pullRequest } = parsed.data.extension;
  return { repository: withoutBraces(repository.uuid), pullRequest: pullRequest.id, accountId };
}

/** Throws RequestRefused where the context names no workspace, or nobody who looks. */
export function workspacePlace(context: unknown): WorkspacePlace {
  const accountId = viewerIn(context);
  const parsed = workspaceContext.safeParse(context);
  if (!parsed.success) {
    throw new RequestRefused(
      'no-workspace',
      'Open this from a workspace: Bitbucket did not say which one is meant.',
    );
  }
  return { workspaceUuid: withBraces(parsed.data.extension.workspace.uuid), accountId };
}

/**
 * The workspace of the installation with braces; `null` where Forge does not say. Throws RequestRefused where the
 * context names another one.
 */
export function installationIn(context: unknown): string | null {
  if (!installed.safeParse(context).success) return null;
  const installation = workspaceOf(context);
  const named = inWorkspace.safeParse(context);
  if (named.success && withBraces(named.data.extension.workspace.uuid) !== installation) {
    throw new RequestRefused('no-workspace', 'Throughline is not installed in this workspace.');
  }
  return installation;
}

function viewerIn(context: unknown): string {
  const { success, data } = viewer.safeParse(context);
  if (success && (data.accountType ?? LICENSED) === LICENSED) return data.accountId;
  throw new RequestRefused('no-viewer', 'Sign in to Bitbucket: Forge did not say who is looking.');
}
