/** The generated workspace that `npm start` shows: seeded, shaped like real ones, ending at the present. */
import type { RepositorySource, WorkspaceSource } from '../bitbucket/workspace-source';
import { act, ActionError, ACTIONS, type ActionResult } from './actions';
import {
  activityAnswer,
  commentAnswer,
  commitAnswer,
  commitsAnswer,
  pullRequestAnswer,
  repositoryAnswer,
  WORKSPACE,
} from './answers';
import { MAIN_BRANCH, type DemoRepository } from './model';
import { makePeople } from './people';
import { chance } from './random';
import { makeRepositories } from './repositories';

export interface DemoAction {
  readonly key: string;
  readonly label: string;
  readonly needsPullRequest: boolean;
}

export interface DemoWorkspace extends WorkspaceSource {
  actionsFor(repositoryUuid: string): readonly DemoAction[];
  /** Does an action at an instant (milliseconds) and returns Forge's event for it. Throws ActionError. */
  runAction(key: string, repositoryUuid: string, pullRequestId: number | null, at: number): ActionResult;
}

const DEFAULT_SEED = 20_261_121;

/** The same seed and present always make the same workspace. `endsAt` in milliseconds. */
export function createDemoWorkspace(options: {
  readonly seed?: number;
  readonly endsAt: number;
}): DemoWorkspace {
  const luck = chance(options.seed ?? DEFAULT_SEED);
  const people = makePeople(luck);
  const repositories = makeRepositories(luck, people, options.endsAt);
  const sources = repositories.map(sourceOf);
  return {
    workspace: WORKSPACE,
    repositories: () => sources,
    actionsFor: (repositoryUuid) => {
      const repository = repositories.find((each) => each.uuid === repositoryUuid);
      return Object.entries(ACTIONS)
        .filter(([key]) => !key.startsWith('deployment') || (repository?.environments.length ?? 0) > 0)
        .map(([key, { label, onPullRequest }]) => ({
          key,
          label,
          needsPullRequest: onPullRequest !== undefined,
        }));
    },
    runAction: (key, repositoryUuid, pullRequestId, at) => {
      const repository = repositories.find((each) => each.uuid === repositoryUuid);
      if (!repository) throw new ActionError(`There is no repository ${repositoryUuid}.`);
      return act({ chance: luck, repository, people, at }, key, pullRequestId);
    },
  };
}

function sourceOf(repository: DemoRepository): RepositorySource {
  const of = <T>(
    id: number,
    make: (pullRequest: NonNullable<ReturnType<typeof repository.pullRequests.get>>) => T,
  ): T | null => {
    const pullRequest = repository.pullRequests.get(id);
    return pullRequest ? make(pullRequest) : null;
  };
  return {
    repository: () => repositoryAnswer(repository, MAIN_BRANCH),
    pullRequestIds: () => [...repository.pullRequests.keys()],
    pullRequest: (id) => of(id, (pullRequest) => pullRequestAnswer(repository, pullRequest)),
    activity: (id) => of(id, (pullRequest) => activityAnswer(repository, pullRequest)) ?? [],
    commits: (id) => of(id, (pullRequest) => commitsAnswer(repository, pullRequest)) ?? [],
    statuses: () => [],
    comments: (id) =>
      of(id, ({ events, title }) =>
        events.flatMap((event) =>
          event.kind === 'comment' ? [commentAnswer(event, { type: 'pullrequest', id, title })] : [],
        ),
      ) ?? [],
    diffstat: (id) => of(id, (pullRequest) => pullRequest.diffstat),
    commitHistory: () =>
      [...repository.mainline, ...[...repository.pullRequests.values()].flatMap(({ commits }) => commits)]
        .sort((a, b) => b.at - a.at)
        .map((commit) => commitAnswer(repository, commit)),
    pipelines: () => repository.pipelines,
    deployments: () => repository.deployments,
    environments: () => repository.environments,
    revision: () => repository.revision,
  };
}
