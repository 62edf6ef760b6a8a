/** Makes the demo's five repositories: each with its size, its pace, and a story for the figures to tell. */
import { deliver, makeEnvironments } from './delivery';
import { headOf } from './answers';
import { MAIN_BRANCH, type DemoCommit, type DemoPullRequest, type DemoRepository } from './model';
import type { Person } from './people';
import { livePullRequest } from './pull-request-life';
import type { Chance } from './random';
import { intoWorkingHours } from './working-hours';

const DAY = 86_400_000;

interface Profile {
  readonly slug: string;
  readonly language: string;
  readonly pullRequests: number;
  readonly days: number;
  readonly deploys: boolean;
  /** How the waits of the last 90 days compare with those before. */
  readonly recentPace: number;
}

/** 1,200 pull requests; one repository gets faster, one slower, one is young. */
const PROFILES: readonly Profile[] = [
  {
    slug: 'payments-api',
    language: 'typescript',
    pullRequests: 420,
    days: 760,
    deploys: true,
    recentPace: 0.5,
  },
  {
    slug: 'web-storefront',
    language: 'typescript',
    pullRequests: 340,
    days: 740,
    deploys: true,
    recentPace: 1.9,
  },
  { slug: 'mobile-app', language: 'kotlin', pullRequests: 230, days: 600, deploys: false, recentPace: 1 },
  { slug: 'data-pipeline', language: 'python', pullRequests: 150, days: 420, deploys: true, recentPace: 1.1 },
  { slug: 'infrastructure', language: 'hcl', pullRequests: 60, days: 75, deploys: false, recentPace: 1 },
];

/** All repositories as of `endsAt` (milliseconds). */
export function makeRepositories(
  chance: Chance,
  people: readonly Person[],
  endsAt: number,
): readonly DemoRepository[] {
  return PROFILES.map((profile) => makeRepository(chance, profile, people, endsAt));
}

function makeRepository(
  chance: Chance,
  profile: Profile,
  people: readonly Person[],
  endsAt: number,
): DemoRepository {
  const developers = people.filter((person) => !person.isBot);
  const [dependencyBot, reviewBot] = people.filter((person) => person.isBot);
  const team = developers.filter(() => chance.happens(0.5)).concat(developers.slice(0, 4));
  const createdAt = endsAt - profile.days * DAY - DAY;
  const first: DemoCommit = {
    hash: chance.hex(40),
    at: createdAt,
    author: developers[0] ?? anybody(team),
    parents: [],
    message: 'First commit',
  };
  const repository: DemoRepository = {
    uuid: `{${chance.uuid()}}`,
    slug: profile.slug,
    language: profile.language,
    createdAt,
    pullRequests: new Map(),
    mainline: [first],
    pipelines: [],
    deployments: [],
    environments: profile.deploys ? makeEnvironments(chance) : [],
    revision: 0,
  };
  for (const [index, openedAt] of openings(chance, profile, endsAt).entries()) {
    const author = dependencyBot && chance.happens(0.05) ? dependencyBot : chance.pick(team);
    const isRecent = endsAt - openedAt < 90 * DAY;
    const pullRequest = livePullRequest(chance, {
      id: index + 1,
      author,
      colleagues: [...new Set(team)].filter((person) => person !== author),
      reviewBot: reviewBot ?? author,
      openedAt: intoWorkingHours(openedAt, author.zone),
      endsAt,
      pace: isRecent ? profile.recentPace : 1,
      base: first.hash,
      targetBranch: chance.happens(0.06) ? 'release/next' : MAIN_BRANCH,
    });
    if (pullRequest.openedAt <= endsAt) repository.pullRequests.set(pullRequest.id, pullRequest);
  }
  mergeInOrder(chance, repository);
  return repository;
}

function anybody(team: readonly Person[]): Person {
  const [person] = team;
  if (!person) throw new RangeError('A repository needs somebody to work in it.');
  return person;
}

/** More lately than long ago, as a team that grows; in the order of time. */
function openings(chance: Chance, { pullRequests, days }: Profile, endsAt: number): readonly number[] {
  return Array.from({ length: pullRequests }, () => endsAt - days * DAY * chance.unit() ** 1.8).sort(
    (a, b) => a - b,
  );
}

/** Puts the merges on the main branch one after the other, and builds and delivers what landed. */
function mergeInOrder(chance: Chance, repository: DemoRepository): void {
  const merges = [...repository.pullRequests.values()]
    .flatMap((pullRequest) => {
      const close = pullRequest.events.find((event) => event.kind === 'close' && event.state === 'MERGED');
      return close ? [{ pullRequest, at: close.at, by: close.by }] : [];
    })
    .sort((a, b) => a.at - b.at);
  for (const { pullRequest, at, by } of merges) {
    const commit = mergeOnto(repository, pullRequest, at, by, chance.hex(40), chance.happens(0.2));
    // Bitbucket's own history has merged pull requests without one.
    if (chance.happens(0.004)) pullRequest.mergeCommit = null;
    if (pullRequest.targetBranch !== MAIN_BRANCH) continue;
    const { pipeline, deployments } = deliver(
      chance,
      commit,
      repository.pipelines.length + 1,
      repository.environments,
    );
    repository.pipelines.unshift(pipeline);
    repository.deployments.unshift(...deployments);
  }
}

/** Merges a pull request: a squash has one parent, a merge commit two. */
export function mergeOnto(
  repository: DemoRepository,
  pullRequest: DemoPullRequest,
  at: number,
  by: Person,
  hash: string,
  squash: boolean,
): DemoCommit {
  const tip = repository.mainline.at(-1)?.hash;
  const parents = [...(tip === undefined ? [] : [tip]), ...(squash ? [] : [headOf(pullRequest)])];
  const message = `Merged in ${pullRequest.sourceBranch} (pull request #${pullRequest.id})`;
  const commit: DemoCommit = { hash, at, author: by, parents, message };
  pullRequest.mergeCommit = commit;
  if (pullRequest.targetBranch === MAIN_BRANCH) repository.mainline.push(commit);
  return commit;
}
