/** The generated workspace that `npm start` shows: seeded, shaped like real ones, ending at the present. */
import type { RepositorySource, WorkspaceSource } from '../bitbucket/workspace-source';
import { act, ActionError, actionsOf, type DemoAction } from './actions';
import { activityAnswer, commentsAnswer, commitHistoryAnswer, commitsAnswer } from './activity-answers';
import { diffstatAnswer, pullRequestAnswer, repositoryAnswer, statusesAnswer } from './answers';
import { deploymentsAnswer, environmentAnswer, pipelinesAnswer } from './delivery-answers';
import type { ForgeEvent } from './forge-events';
import type { DemoPullRequest, DemoRepository } from './model';
import { makePeople } from './people';
import { PROFILES } from './profiles';
import { chance } from './random';
import { WORKSPACE } from './references';
import { makeRepository } from './repositories';

export type { DemoAction } from './actions';

export interface DemoWorkspace extends WorkspaceSource {
  /** What can be done to a repository; nothing for one that is not here. */
  actionsFor(repositoryUuid: string): readonly DemoAction[];
  /**
   * Does an action at an instant (milliseconds) and returns Forge's event for it. The same actions in the same order
   * make the same workspace again; one that was refused makes no difference.
   *
   * @throws {ActionError} where the action does not fit.
   */
  runAction(key: string, repositoryUuid: string, pullRequestId: number | null, at: number): ForgeEvent;
}

const DEFAULT_SEED = 20_261_121;

/** The same seed and present always make the same workspace. `endsAt` in milliseconds; nothing happens after it. */
export function createDemoWorkspace(options: {
  readonly seed?: number;
  readonly endsAt: number;
}): DemoWorkspace {
  const { seed = DEFAULT_SEED, endsAt } = options;
  const luck = chance(seed);
  const people = makePeople(luck.fork());
  const repositories = PROFILES.map((profile, index) =>
    makeRepository(luck.fork(), profile, people, index, endsAt),
  );
  const sources = repositories.map(sourceOf);
  const find = (uuid: string): DemoRepository | undefined => repositories.find((each) => each.uuid === uuid);
  let actions = 0;
  return {
    workspace: WORKSPACE,
    repositories: () => sources,
    actionsFor: (uuid) => {
      const repository = find(uuid);
      return repository ? actionsOf(repository) : [];
    },
    runAction: (key, uuid, pullRequestId, at) => {
      const repository = find(uuid);
      if (!repository) throw new ActionError(`There is no repository ${uuid}. Choose one of the list.`);
      const event = act({ chance: chance(seed + 1 + actions), repository, at }, key, pullRequestId);
      actions += 1;
      return event;
    },
  };
}

function sourceOf(repository: DemoRepository): RepositorySource {
  const of = <T>(id: number, answer: (from: DemoRepository, about: DemoPullRequest) => T): T | null => {
    const pullRequest = repository.pullRequests.get(id);
    return pullRequest ? answer(repository, pullRequest) : null;
  };
  return {
    repository: () => repositoryAnswer(repository),
    pullRequestIds: () => [...repository.pullRequests.keys()],
    pullRequest: (id) => of(id, pullRequestAnswer),
    activity: (id) => of(id, activityAnswer) ?? [],
    commits: (id) => of(id, commitsAnswer) ?? [],
    statuses: (id) => of(id, statusesAnswer) ?? [],
    comments: (id) => of(id, commentsAnswer) ?? [],
    diffstat: (id) => of(id, diffstatAnswer),
    commitHistory: () => commitHistoryAnswer(repository),
    branchTip: (branch) => repository.branches.get(branch)?.at(-1)?.hash ?? null,
    pipelines: () => pipelinesAnswer(repository),
    deployments: () => deploymentsAnswer(repository),
    environments: () => repository.environments.map(environmentAnswer),
    revision: () => repository.revision,
  };
}
