/** What a person can do to the demo from the event drawer: the workspace changes, and Forge's event for it is made. */
import { actOnPullRequest, PULL_REQUEST_ACTIONS } from './pull-request-actions';
import { actOnRepository, REPOSITORY_ACTIONS } from './repository-actions';
import { ActionError, type Scene } from './scene';
import type { ForgeEvent } from './forge-events';
import type { DemoRepository } from './model';

export { ActionError } from './scene';

export interface DemoAction {
  readonly key: string;
  readonly label: string;
  readonly needsPullRequest: boolean;
}

/** What can be done to a repository; deployments only where it has environments. */
export function actionsOf({ environments }: DemoRepository): readonly DemoAction[] {
  const onPullRequests = Object.entries(PULL_REQUEST_ACTIONS).map(([key, { label }]) => ({
    key,
    label,
    needsPullRequest: true,
  }));
  const onRepository = Object.entries(REPOSITORY_ACTIONS)
    .filter(([, { needsEnvironments }]) => !needsEnvironments || environments.length > 0)
    .map(([key, { label }]) => ({ key, label, needsPullRequest: false }));
  return [...onRepository, ...onPullRequests];
}

/**
 * Does one action and returns the event. What the stand-in answers afterwards agrees with the event.
 *
 * @throws {ActionError} where the action does not fit; then nothing has changed.
 */
export function act(scene: Scene, key: string, pullRequestId: number | null): ForgeEvent {
  const { repository, at } = scene;
  if (!Number.isFinite(at) || at < repository.changedAt) {
    const latest = new Date(repository.changedAt).toISOString();
    throw new ActionError(`${repository.slug} last changed at ${latest}. Name an instant after that.`);
  }
  const event = doIt(scene, key, pullRequestId);
  repository.changedAt = at;
  repository.revision += 1;
  return event;
}

function doIt(scene: Scene, key: string, pullRequestId: number | null): ForgeEvent {
  if (Object.hasOwn(REPOSITORY_ACTIONS, key)) return actOnRepository(scene, key);
  if (!Object.hasOwn(PULL_REQUEST_ACTIONS, key)) {
    throw new ActionError(`There is no action "${key}". Choose one from the list.`);
  }
  if (pullRequestId === null) throw new ActionError('This is done to a pull request. Choose one first.');
  const pullRequest = scene.repository.pullRequests.get(pullRequestId);
  if (!pullRequest) {
    throw new ActionError(`${scene.repository.slug} has no pull request #${pullRequestId}. Choose another.`);
  }
  return actOnPullRequest(scene, pullRequest, key);
}
