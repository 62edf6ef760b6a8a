/** Finds the workspace, repositories and accounts that a request names. */
import { accountNotFound, repositoryNotFound, workspaceNotFound } from './errors';
import { RepositoryIndex } from './repository-index';
import { isJsonList, isJsonObject, objectOf, textOf } from './values';
import type { JsonObject, RepositorySource, WorkspaceSource } from './workspace-source';

/** The repository's slug: its own, or the last part of its full name. */
function slugOf(repository: JsonObject): string {
  return textOf(repository, 'slug') ?? textOf(repository, 'full_name')?.split('/').at(-1) ?? '';
}

/** Accounts that a pull request shows: author, closer, reviewers, participants. */
function accountsOf(pullRequest: JsonObject): readonly JsonObject[] {
  const { reviewers, participants } = pullRequest;
  const people = [
    pullRequest.author,
    pullRequest.closed_by,
    ...(isJsonList(reviewers) ? reviewers : []),
    ...(isJsonList(participants) ? participants : []).map((each) =>
      isJsonObject(each) ? objectOf(each, 'user') : null,
    ),
  ];
  return people.filter(isJsonObject);
}

/** The one workspace of a stand-in. */
export class Directory {
  private readonly indexes = new WeakMap<RepositorySource, RepositoryIndex>();
  /** Where each stood in the list when it was last found: a workspace of thousands is asked for one of them again and again. */
  private readonly places = new Map<string, number>();

  constructor(private readonly source: WorkspaceSource) {}

  /** The workspace in the shape of `GET /workspaces/{workspace}`; `identifier` is a slug or a uuid with braces. */
  workspace(identifier: string): JsonObject {
    const { uuid, slug, name } = this.source.workspace;
    if (identifier !== uuid && identifier !== slug) throw workspaceNotFound(identifier);
    const link = (href: string): JsonObject => ({ href });
    const api = `https://api.bitbucket.org/2.0`;
    return {
      type: 'workspace',
      uuid,
      slug,
      name,
      is_private: true,
      links: {
        self: link(`${api}/workspaces/${slug}`),
        html: link(`https://bitbucket.org/${slug}/`),
        repositories: link(`${api}/repositories/${slug}`),
        members: link(`${api}/workspaces/${slug}/members`),
        projects: link(`${api}/workspaces/${slug}/projects`),
      },
    };
  }

  /** Every repository of the workspace. */
  repositories(workspace: string): readonly RepositorySource[] {
    this.workspace(workspace);
    return this.source.repositories();
  }

  /**
   * A repository by slug or uuid. A recording gathers repositories of several workspaces in one, so the workspace in
   * the repository's own full name is taken too.
   */
  repository(workspace: string, identifier: string): RepositoryIndex {
    const { uuid, slug } = this.source.workspace;
    const isMeant = (each: RepositorySource): boolean => {
      const repository = each.repository();
      if (identifier !== textOf(repository, 'uuid') && identifier !== slugOf(repository)) return false;
      const owner = textOf(repository, 'full_name')?.split('/')[0];
      return workspace === uuid || workspace === slug || workspace === owner;
    };
    const list = this.source.repositories();
    const known = this.places.get(identifier) ?? -1;
    const likely = list[known];
    const place = likely !== undefined && isMeant(likely) ? known : list.findIndex(isMeant);
    const found = list[place];
    if (found === undefined) throw repositoryNotFound(workspace, identifier);
    this.places.set(identifier, place);
    const index = this.indexes.get(found) ?? new RepositoryIndex(found);
    this.indexes.set(found, index);
    return index;
  }

  /** An account by uuid with braces or account id, among the people whom pull requests show. */
  account(identifier: string): JsonObject {
    for (const repository of this.source.repositories()) {
      for (const id of repository.pullRequestIds()) {
        const people = accountsOf(repository.pullRequest(id) ?? {});
        const found = people.find(
          (person) => textOf(person, 'uuid') === identifier || textOf(person, 'account_id') === identifier,
        );
        if (found !== undefined) return found;
      }
    }
    throw accountNotFound(identifier);
  }
}
