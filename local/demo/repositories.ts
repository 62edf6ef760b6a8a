/** Makes a repository of the demo: its pull requests in the order of time, and the branches they land on. */
import { deliver, endOf, makeEnvironments } from './delivery';
import { mergeCommit, wholeSeconds, type Place } from './commits';
import {
  commitsOf,
  MAIN_BRANCH,
  tipAt,
  updatedAt,
  type DemoCommit,
  type DemoPullRequest,
  type DemoRepository,
} from './model';
import { pickPerson, type People, type Person } from './people';
import { drawPlans, mergedAt, plannedClose } from './plans';
import type { Profile } from './profiles';
import { commentIds, namePlans, realise, type GivenCommits, type NamedPlan } from './realise';
import { WITHOUT_MERGE_COMMIT } from './recorded-shape';
import { planReleases, type Release } from './releases';
import type { Chance } from './random';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Not measured: commits pushed straight to main, for each merge into it. */
const DIRECT_PUSHES = 0.025;

/** A commit that will be on a branch: a merge, or one pushed to it directly. */
interface Landing extends Place {
  readonly merged: NamedPlan | null;
  readonly by: Person;
  readonly isSquash: boolean;
}

/** One repository as of `endsAt`. */
export function makeRepository(
  chance: Chance,
  profile: Profile,
  people: People,
  index: number,
  endsAt: number,
): DemoRepository {
  const members = chance.some(people.developers, profile.team);
  const createdAt = wholeSeconds(endsAt - (profile.days + 12) * DAY);
  const drawn = drawPlans(chance, profile, { members, people }, endsAt);
  const span = { from: createdAt + 12 * DAY, endsAt };
  const releases = profile.hasReleases ? planReleases(chance, drawn, members, span) : [];
  const releaseOf = new Map(releases.map((release) => [release.backMerge, release.branch]));
  const named = namePlans(
    chance,
    [...drawn, ...releaseOf.keys()],
    profile.subject,
    (plan) => releaseOf.get(plan) ?? '',
  );
  const firstComment = 600_000_000 + index * 10_000_000;
  const ids = commentIds(named, firstComment);
  const repository: DemoRepository = {
    uuid: `{${chance.uuid()}}`,
    forkUuid: `{${chance.uuid()}}`,
    slug: profile.slug,
    language: profile.language,
    description: profile.description,
    createdAt,
    team: members,
    pullRequests: new Map(),
    branches: new Map(),
    pipelines: [],
    deployments: [],
    environments: profile.delivery === 'none' ? [] : makeEnvironments(chance),
    nextCommentId: firstComment + ids.size * 7,
    changedAt: createdAt,
    revision: 0,
  };
  const landings = planLandings(chance, profile, repository, members, named, endsAt);
  growBranches(chance, profile, repository, landings, named, releases, ids);
  deliver(chance, repository, profile.delivery, endsAt);
  repository.changedAt = latestChange(repository);
  return repository;
}

function latestChange({ pullRequests, branches, pipelines, deployments, createdAt }: DemoRepository): number {
  return Math.max(
    createdAt,
    ...[...pullRequests.values()].map(updatedAt),
    ...[...branches.values()].map((line) => line.at(-1)?.at ?? 0),
    ...pipelines.map(endOf),
    ...deployments.map(({ completedAt, startedAt }) => completedAt ?? startedAt),
  );
}

/** What will land on each branch and when, before any commit exists. */
function planLandings(
  chance: Chance,
  profile: Profile,
  repository: DemoRepository,
  members: readonly Person[],
  named: readonly NamedPlan[],
  endsAt: number,
): ReadonlyMap<string, readonly Landing[]> {
  const landings = new Map<string, Landing[]>();
  for (const each of named) {
    const at = mergedAt(each.plan);
    const close = plannedClose(each.plan);
    if (at === null || close === null) continue;
    const onto = landings.get(each.plan.targetBranch) ?? [];
    landings.set(each.plan.targetBranch, onto);
    const isSquash = each.plan.kind !== 'back-merge' && chance.happens(profile.squashes);
    onto.push({ at: wholeSeconds(at), hash: chance.hex(40), merged: each, by: close.by, isSquash });
    if (each.plan.targetBranch !== MAIN_BRANCH || !chance.happens(DIRECT_PUSHES)) continue;
    const pushedAt = wholeSeconds(at + chance.spread({ median: 1, p95: 12 }) * HOUR);
    if (pushedAt >= endsAt) continue;
    const by = pickPerson(chance, members);
    onto.push({ at: pushedAt, hash: chance.hex(40), merged: null, by, isSquash: false });
  }
  const first = { at: repository.createdAt, hash: chance.hex(40), merged: null, isSquash: false };
  const main = landings.get(MAIN_BRANCH) ?? [];
  landings.set(MAIN_BRANCH, [{ ...first, by: pickPerson(chance, members) }, ...main]);
  for (const line of landings.values()) line.sort((a, b) => a.at - b.at);
  return landings;
}

/** Writes commits: first the pull requests', then the release branches, then those that bring these back, then main. */
function growBranches(
  chance: Chance,
  profile: Profile,
  repository: DemoRepository,
  landings: ReadonlyMap<string, readonly Landing[]>,
  named: readonly NamedPlan[],
  releases: readonly Release[],
  ids: ReturnType<typeof commentIds>,
): void {
  const main = landings.get(MAIN_BRANCH) ?? [];
  const cutAt = new Map(releases.map((release) => [release.branch, release.cutAt]));
  const pointOf = (branch: string): Landing | null => tipAt(main, cutAt.get(branch) ?? 0);
  const lineOf = (branch: string): readonly Place[] => {
    if (branch === MAIN_BRANCH) return main;
    const point = pointOf(branch);
    return [...(point === null ? [] : [point]), ...(landings.get(branch) ?? [])];
  };
  const { subject } = profile;
  const surroundings = { subject, main, lineOf, createdAt: repository.createdAt, commentIds: ids };
  const made = new Map<number, DemoPullRequest>();
  for (const each of named) {
    if (each.plan.kind !== 'back-merge') made.set(each.id, realise(chance.fork(), each, surroundings));
  }
  const write = (branch: string, root: string | undefined): readonly DemoCommit[] => {
    const commits: DemoCommit[] = [];
    for (const landing of landings.get(branch) ?? []) {
      commits.push(land(chance, landing, commits.at(-1)?.hash ?? root, made));
    }
    return commits;
  };
  const released = new Map(releases.map(({ branch }) => [branch, write(branch, pointOf(branch)?.hash)]));
  for (const { branch, backMerge } of releases) {
    const plan = named.find((each) => each.plan === backMerge);
    const commits = broughtBack(released.get(branch) ?? [], made);
    if (plan) made.set(plan.id, realise(chance.fork(), plan, surroundings, commits));
  }
  const mainline = write(MAIN_BRANCH, undefined);
  repository.branches.set(MAIN_BRANCH, [...mainline]);
  for (const [branch, commits] of released) {
    const point = mainline.find((commit) => commit.hash === pointOf(branch)?.hash);
    if (point) repository.branches.set(branch, [point, ...commits]);
  }
  for (const { id } of named) {
    const pullRequest = made.get(id);
    if (pullRequest) repository.pullRequests.set(id, pullRequest);
  }
}

function land(
  chance: Chance,
  { at, hash, merged, by, isSquash }: Landing,
  tip: string | undefined,
  made: ReadonlyMap<number, DemoPullRequest>,
): DemoCommit {
  const pullRequest = merged && made.get(merged.id);
  if (!pullRequest) {
    const message = tip === undefined ? 'First commit' : 'Correct a setting';
    return { hash, at, author: by, parents: tip === undefined ? [] : [tip], message };
  }
  const isShown = !chance.happens(WITHOUT_MERGE_COMMIT);
  const commit = mergeCommit(pullRequest, tip, { hash, at, by, isSquash: isSquash && isShown });
  pullRequest.merge = { commit, isShown };
  return commit;
}

/** The commits of a release branch as its pull request to main lists them: the merges and what they brought. */
function broughtBack(
  line: readonly DemoCommit[],
  made: ReadonlyMap<number, DemoPullRequest>,
): readonly GivenCommits[] {
  const merged = new Map(
    [...made.values()].map((pullRequest) => [pullRequest.merge?.commit.hash, pullRequest]),
  );
  return line.map((commit) => {
    const pullRequest = merged.get(commit.hash);
    const brought = pullRequest && commit.parents.length > 1 ? commitsOf(pullRequest) : [];
    return { at: commit.at + 2_000, by: commit.author, commits: [...brought, commit] };
  });
}
