/** The actions of the event drawer on a repository. */
import { firstCommits, wholeSeconds } from './commits';
import {
  deploymentEvent,
  productEvent,
  pullRequestOf,
  pushOf,
  renaming,
  tagPushOf,
  type ForgeEvent,
} from './forge-events';
import { MAIN_BRANCH, type DemoCommit, type DemoDeployment, type DemoPullRequest } from './model';
import { pickPerson, type Person } from './people';
import { PROFILES } from './profiles';
import { ActionError, type Scene } from './scene';
import { changedFiles, everydayWork } from './wording';

interface RepositoryAction {
  readonly label: string;
  readonly needsEnvironments?: boolean;
  readonly run: (scene: Scene) => ForgeEvent;
}

export const REPOSITORY_ACTIONS: Readonly<Record<string, RepositoryAction>> = {
  open: { label: 'Open a pull request', run: (scene) => openPullRequest(scene, false) },
  'open-draft': { label: 'Open a draft pull request', run: (scene) => openPullRequest(scene, true) },
  'push-to-main': { label: 'Push straight to main', run: pushToMain },
  'push-tag': { label: 'Push a release tag', run: pushTag },
  'deployment-starts': { label: 'Start a deployment', needsEnvironments: true, run: startDeployment },
  'deployment-succeeds': {
    label: 'Complete a deployment',
    needsEnvironments: true,
    run: (scene) => completeDeployment(scene, 'SUCCESSFUL'),
  },
  'deployment-fails': {
    label: 'Fail a deployment',
    needsEnvironments: true,
    run: (scene) => completeDeployment(scene, 'FAILED'),
  },
  rename: { label: 'Rename the repository', run: rename },
};

/** Throws ActionError where the repository is not in a state for it. */
export function actOnRepository(scene: Scene, key: string): ForgeEvent {
  const action = REPOSITORY_ACTIONS[key];
  if (!action) throw new ActionError(`There is no action "${key}". Choose one from the list.`);
  return action.run(scene);
}

function somebody({ chance, repository }: Scene): Person {
  return pickPerson(chance, repository.team);
}

function mainline({ repository }: Scene): DemoCommit[] {
  const line = repository.branches.get(MAIN_BRANCH);
  if (!line)
    throw new ActionError(`${repository.slug} has no branch ${MAIN_BRANCH}. Choose another repository.`);
  return line;
}

function openPullRequest(scene: Scene, openedAsDraft: boolean): ForgeEvent {
  const { chance, repository, at } = scene;
  const author = somebody(scene);
  const id = Math.max(0, ...repository.pullRequests.keys()) + 1;
  // A renamed repository is about the same things still.
  const { subject } =
    PROFILES.find(({ slug }) => repository.slug.startsWith(slug)) ?? PROFILES[0] ?? missing();
  const { title, branch } = everydayWork(chance, subject, 100 + id * 3);
  const line = mainline(scene);
  const from = Math.max(at - chance.integer(1, 20) * 3_600_000, line[0]?.at ?? 0);
  const span = { from, openedAt: at, count: chance.integer(1, 3) };
  const others = repository.team.filter((person) => person !== author);
  const pullRequest: DemoPullRequest = {
    id,
    title,
    author,
    openedAt: at,
    sourceBranch: branch,
    targetBranch: MAIN_BRANCH,
    source: 'own',
    openedAsDraft,
    reviewers: chance.some(others, 2),
    firstCommits: firstCommits({ chance, author, title }, line, line, span),
    events: [],
    files: changedFiles(chance, subject.files, chance.normal()),
    merge: null,
  };
  repository.pullRequests.set(id, pullRequest);
  return productEvent('avi:bitbucket:created:pullrequest', repository, author, at, {
    pullrequest: pullRequestOf(repository, pullRequest, at),
  });
}

function missing(): never {
  throw new RangeError('The demo has no repositories.');
}

function pushToMain(scene: Scene): ForgeEvent {
  const { chance, repository, at } = scene;
  const author = somebody(scene);
  const line = mainline(scene);
  const before = line.at(-1)?.hash;
  const commit: DemoCommit = {
    hash: chance.hex(40),
    at: wholeSeconds(at),
    author,
    parents: before === undefined ? [] : [before],
    message: 'Correct a setting',
  };
  line.push(commit);
  return productEvent('avi:bitbucket:push:repository', repository, author, at, {
    push: pushOf(MAIN_BRANCH, true, before, commit),
  });
}

function pushTag(scene: Scene): ForgeEvent {
  const { repository, at } = scene;
  const head = mainline(scene).at(-1)?.hash;
  if (head === undefined) {
    throw new ActionError(`${repository.slug} has no commit to tag. Choose another repository.`);
  }
  const name = `release-${new Date(at).toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')}`;
  const author = somebody(scene);
  return productEvent('avi:bitbucket:push:repository', repository, author, at, {
    push: tagPushOf(name, author, head, at),
  });
}

function newDeployment({ chance, repository, at }: Scene): DemoDeployment {
  const environment = repository.environments.find(({ name }) => name === 'Production');
  if (!environment) throw new ActionError(`${repository.slug} deploys nothing. Choose another repository.`);
  const pipeline = repository.pipelines.findLast(
    ({ pullRequestId, result }) => pullRequestId === null && result === 'SUCCESSFUL',
  );
  if (!pipeline)
    throw new ActionError(`${repository.slug} has built nothing yet. Choose another repository.`);
  return {
    uuid: `{${chance.uuid()}}`,
    environment,
    pipeline,
    startedAt: at,
    completedAt: null,
    status: null,
  };
}

function startDeployment(scene: Scene): ForgeEvent {
  const { repository, at } = scene;
  const running = repository.deployments.find(({ completedAt }) => completedAt === null);
  if (running) {
    throw new ActionError(
      `A deployment to ${running.environment.name} is running. Complete it or let it fail.`,
    );
  }
  const deployment = newDeployment(scene);
  repository.deployments.push(deployment);
  return deploymentEvent('avi:bitbucket:started:deployment', repository, at, deployment);
}

/** Ends the running deployment; where none runs, one that began two minutes ago. */
function completeDeployment(scene: Scene, status: 'SUCCESSFUL' | 'FAILED'): ForgeEvent {
  const { repository, at } = scene;
  const running = repository.deployments.findIndex(({ completedAt }) => completedAt === null);
  const begun = repository.deployments[running] ?? { ...newDeployment(scene), startedAt: at - 120_000 };
  const deployment = { ...begun, completedAt: at, status };
  if (running === -1) repository.deployments.push(deployment);
  else repository.deployments.splice(running, 1, deployment);
  return deploymentEvent('avi:bitbucket:completed:deployment', repository, at, deployment);
}

const RENAMED = '-renamed';

/** There and back, so that it can be done often. */
function rename(scene: Scene): ForgeEvent {
  const { repository, at } = scene;
  const from = repository.slug;
  repository.slug = from.endsWith(RENAMED) ? from.slice(0, -RENAMED.length) : `${from}${RENAMED}`;
  return productEvent('avi:bitbucket:updated:repository', repository, somebody(scene), at, {
    changes: renaming(from, repository.slug),
  });
}
