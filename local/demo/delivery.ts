/** Pipelines and deployments of the demo: each push to a pull request and to main is built, and what is green delivered. */
import { MAIN_BRANCH, type DemoEnvironment, type DemoPipeline, type DemoRepository } from './model';
import type { Person } from './people';
import type { Profile } from './profiles';
import type { Chance } from './random';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Not measured: the recordings have no pipelines of a team's size. */
const BUILD_SECONDS = { median: 260, p95: 900 };
const QUEUED_SECONDS = { median: 6, p95: 90 };
const DEPLOYMENT_SECONDS = { median: 100, p95: 400 };
const RED = { pullRequest: 0.13, main: 0.05 };
const STOPPED = 0.02;
const BROKEN_DEPLOYMENT = 0.035;
const ROLLED_BACK = 0.7;

/** One environment of each kind. */
export function makeEnvironments(chance: Chance): readonly DemoEnvironment[] {
  return (['Test', 'Staging', 'Production'] as const).map((name, rank) => ({
    uuid: `{${chance.uuid()}}`,
    name,
    rank,
  }));
}

interface Build {
  readonly at: number;
  readonly by: Person;
  readonly commit: string;
  readonly branch: string;
  readonly pullRequestId: number | null;
}

/** Builds all that was pushed, in the order of time, and delivers main. Nothing is later than `endsAt`. */
export function deliver(
  chance: Chance,
  repository: DemoRepository,
  delivery: Profile['delivery'],
  endsAt: number,
): void {
  for (const build of buildsOf(repository).sort((a, b) => a.at - b.at)) {
    const pipeline = runPipeline(chance, build, repository.pipelines.length + 1);
    if (endOf(pipeline) <= endsAt) repository.pipelines.push(pipeline);
  }
  if (delivery === 'none') return;
  const green = repository.pipelines.filter(
    ({ pullRequestId, result }) => pullRequestId === null && result === 'SUCCESSFUL',
  );
  let lastProduction = 0;
  for (const pipeline of green) {
    const waits = delivery === 'daily' && pipeline.createdAt - lastProduction < DAY;
    if (deployThrough(chance, repository, pipeline, waits ? 2 : 3, endsAt))
      lastProduction = pipeline.createdAt;
  }
  repository.deployments.sort((a, b) => a.startedAt - b.startedAt);
}

function buildsOf({ pullRequests, branches }: DemoRepository): Build[] {
  const ofPullRequests = [...pullRequests.values()].flatMap((pullRequest): Build[] => {
    const { id, author, openedAt, firstCommits, events, sourceBranch: branch, source } = pullRequest;
    // Bitbucket does not build what comes from a fork.
    if (source !== 'own') return [];
    const opened = {
      at: openedAt,
      by: author,
      commit: firstCommits.at(-1)?.hash ?? '',
      branch,
      pullRequestId: id,
    };
    const pushes = events.flatMap((event) =>
      event.kind === 'push'
        ? [{ ...opened, at: event.at, by: event.by, commit: event.commits.at(-1)?.hash ?? '' }]
        : [],
    );
    return [opened, ...pushes];
  });
  const ofMain = (branches.get(MAIN_BRANCH) ?? []).map((commit) => ({
    at: commit.at,
    by: commit.author,
    commit: commit.hash,
    branch: MAIN_BRANCH,
    pullRequestId: null,
  }));
  return [...ofPullRequests, ...ofMain];
}

function runPipeline(chance: Chance, build: Build, buildNumber: number): DemoPipeline {
  const red = build.pullRequestId === null ? RED.main : RED.pullRequest;
  const share = chance.unit();
  const result = share < STOPPED ? 'STOPPED' : share < STOPPED + red ? 'FAILED' : 'SUCCESSFUL';
  const seconds = Math.round(chance.spread(BUILD_SECONDS));
  return {
    uuid: `{${chance.uuid()}}`,
    buildNumber,
    commit: build.commit,
    branch: build.branch,
    pullRequestId: build.pullRequestId,
    creator: build.by,
    createdAt: build.at + 2 * SECOND,
    queuedSeconds: Math.round(chance.spread(QUEUED_SECONDS)),
    // What fails or is stopped does not run to its end.
    buildSeconds: result === 'SUCCESSFUL' ? seconds : Math.ceil(seconds * (0.2 + 0.7 * chance.unit())),
    result,
  };
}

/** When a pipeline ended. */
export function endOf({ createdAt, queuedSeconds, buildSeconds }: DemoPipeline): number {
  return createdAt + (queuedSeconds + buildSeconds) * SECOND;
}

/** Deploys to the first environments one after the other until one breaks; tells whether production was reached. */
function deployThrough(
  chance: Chance,
  repository: DemoRepository,
  pipeline: DemoPipeline,
  environments: number,
  endsAt: number,
): boolean {
  let at = endOf(pipeline);
  for (const environment of repository.environments.slice(0, environments)) {
    const isBroken = chance.happens(BROKEN_DEPLOYMENT);
    const startedAt = at + chance.integer(20, 240) * SECOND;
    at = startedAt + Math.round(chance.spread(DEPLOYMENT_SECONDS)) * SECOND;
    if (at > endsAt) return false;
    const status = isBroken ? 'FAILED' : 'SUCCESSFUL';
    const uuid = `{${chance.uuid()}}`;
    repository.deployments.push({ uuid, environment, pipeline, startedAt, completedAt: at, status });
    if (!isBroken) continue;
    if (environment.name === 'Production') rollBack(chance, repository, environment, at, endsAt);
    return environment.name === 'Production';
  }
  return environments === repository.environments.length;
}

/** Deploys what ran before once more. */
function rollBack(
  chance: Chance,
  repository: DemoRepository,
  environment: DemoEnvironment,
  brokenAt: number,
  endsAt: number,
): void {
  const before = repository.deployments.findLast(
    (each) => each.environment === environment && each.status === 'SUCCESSFUL',
  );
  if (!before || !chance.happens(ROLLED_BACK)) return;
  const startedAt = brokenAt + chance.integer(4, 50) * MINUTE;
  const completedAt = startedAt + Math.round(chance.spread(DEPLOYMENT_SECONDS)) * SECOND;
  if (completedAt > endsAt) return;
  const uuid = `{${chance.uuid()}}`;
  const { pipeline } = before;
  repository.deployments.push({ uuid, environment, pipeline, startedAt, completedAt, status: 'SUCCESSFUL' });
}
