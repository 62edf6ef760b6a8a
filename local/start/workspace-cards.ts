/** What the pages around the app list: repositories, and the pull requests of one. */
import { microsecondsOf, textOf } from '../bitbucket/values';
import type { JsonObject, WorkspaceSource } from '../bitbucket/workspace-source';
import type { PullRequestLine, RepositoryCard } from '../forge/web/server';

/** The workspace's repositories in its own order. */
export function repositoryCards(workspace: WorkspaceSource): readonly RepositoryCard[] {
  return workspace.repositories().map((repository) => {
    const answer = repository.repository();
    const text = (name: string): string => textOf(answer, name) ?? '';
    return { uuid: text('uuid'), slug: text('slug'), name: text('name') };
  });
}

/** The pull requests of a repository, by its uuid with braces: the open ones first, the last changed first. */
export function pullRequestLines(
  workspace: WorkspaceSource,
  repositoryUuid: string,
): readonly PullRequestLine[] {
  const source = workspace
    .repositories()
    .find((repository) => textOf(repository.repository(), 'uuid') === repositoryUuid);
  if (!source) return [];
  return source
    .pullRequestIds()
    .flatMap((id) => {
      const answer = source.pullRequest(id);
      return answer === null ? [] : [{ line: lineOf(id, answer), changedAt: changedAt(answer) }];
    })
    .sort((a, b) => openFirst(a.line, b.line) || b.changedAt - a.changedAt)
    .map(({ line }) => line);
}

function lineOf(id: number, answer: JsonObject): PullRequestLine {
  return { id, title: textOf(answer, 'title') ?? '', state: textOf(answer, 'state') ?? '' };
}

function changedAt(answer: JsonObject): number {
  return microsecondsOf(textOf(answer, 'updated_on') ?? '') ?? 0;
}

function openFirst(a: PullRequestLine, b: PullRequestLine): number {
  return Number(b.state === 'OPEN') - Number(a.state === 'OPEN');
}
