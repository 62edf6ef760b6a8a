/** Where a screen was opened, as Forge's context tells it: the only source of which repository is meant. */
import { z } from 'zod';
import { withBraces, withoutBraces, type RepositoryId } from '../storage/keys';
import { RequestRefused } from './request-refused';

/** Who looks; `null` where Forge names nobody. */
const viewer = z.object({ accountId: z.string().min(1).nullish() });

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
  readonly accountId: string | null;
}

export interface PullRequestPlace extends RepositoryPlace {
  readonly pullRequest: number;
}

export interface WorkspacePlace {
  /** With braces. */
  readonly workspaceUuid: string;
  readonly accountId: string | null;
}

/** Throws RequestRefused where the context names no repository. */
export function repositoryPlace(context: unknown): RepositoryPlace {
  const parsed = repositoryContext.safeParse(context);
  if (!parsed.success) {
    throw new RequestRefused(
      'no-repository',
      'Open this from a repository: Bitbucket did not say which one is meant.',
    );
  }
  const { uuid } = parsed.data.extension.repository;
  return { repository: withoutBraces(uuid), accountId: accountIn(context) };
}

/** Throws RequestRefused where the context names no pull request. */
export function pullRequestPlace(context: unknown): PullRequestPlace {
  const parsed = pullRequestContext.safeParse(context);
  if (!parsed.success) {
    throw new RequestRefused(
      'no-pull-request',
      'Open this from a pull request: Bitbucket did not say which one is meant.',
    );
  }
  const { repository, pullRequest } = parsed.data.extension;
  return {
    repository: withoutBraces(repository.uuid),
    pullRequest: pullRequest.id,
    accountId: accountIn(context),
  };
}

/** Throws RequestRefused where the context names no workspace. */
export function workspacePlace(context: unknown): WorkspacePlace {
  const parsed = workspaceContext.safeParse(context);
  if (!parsed.success) {
    throw new RequestRefused(
      'no-workspace',
      'Open this from a workspace: Bitbucket did not say which one is meant.',
    );
  }
  return {
    workspaceUuid: withBraces(parsed.data.extension.workspace.uuid),
    accountId: accountIn(context),
  };
}

function accountIn(context: unknown): string | null {
  const parsed = viewer.safeParse(context);
  return parsed.success ? (parsed.data.accountId ?? null) : null;
}
