/** Turns plans into pull requests: numbers, titles, commits, comments. */
import { firstCommits, pushedCommits, type Place } from './commits';
import {
  commitsOf,
  MAIN_BRANCH,
  tipAt,
  type DemoCommit,
  type DemoEvent,
  type DemoPullRequest,
} from './model';
import type { Person } from './people';
import { plannedClose, type Plan } from './plans';
import type { PlannedEvent } from './pull-request-life';
import type { Chance } from './random';
import {
  backMergeWork,
  changedFiles,
  dependencyWork,
  everydayWork,
  hotfixWork,
  revertWork,
  type Subject,
  type Work,
} from './wording';

/** A plan with its number and name. */
export interface NamedPlan {
  readonly id: number;
  readonly plan: Plan;
  readonly work: Work;
}

const FIRST_TICKET = 100;

/** Numbers the plans by their opening and names them. A revert names a pull request that was merged shortly before. */
export function namePlans(
  chance: Chance,
  plans: readonly Plan[],
  subject: Subject,
  releaseOf: (plan: Plan) => string,
): readonly NamedPlan[] {
  const named: NamedPlan[] = [];
  const reverted = new Set<number>();
  for (const plan of plans.toSorted((a, b) => a.openedAt - b.openedAt)) {
    const id = named.length + 1;
    const revertable = named.filter(
      ({ id: other, plan: { kind } }) => kind === 'everyday' && !reverted.has(other),
    );
    const last =
      plan.kind === 'revert'
        ? revertable.filter((each) => wasMerged(each.plan, plan.openedAt)).at(-1)
        : undefined;
    if (last) reverted.add(last.id);
    const work = last
      ? revertWork({ id: last.id, title: last.work.title })
      : workOf(chance, plan, subject, FIRST_TICKET + id * 3, releaseOf);
    named.push({ id, plan, work });
  }
  return named;
}

function wasMerged(plan: Plan, before: number): boolean {
  const close = plannedClose(plan);
  return close?.state === 'MERGED' && close.at < before && plan.targetBranch === MAIN_BRANCH;
}

function workOf(
  chance: Chance,
  plan: Plan,
  subject: Subject,
  ticket: number,
  releaseOf: (plan: Plan) => string,
): Work {
  switch (plan.kind) {
    case 'hotfix':
      return hotfixWork(chance, subject, ticket);
    case 'update':
      return dependencyWork(chance, ticket);
    case 'back-merge':
      return backMergeWork(releaseOf(plan));
    case 'everyday':
    // A revert that found nothing to revert.
    case 'revert':
      return everydayWork(chance, subject, ticket);
  }
}

/** Numbers of comments, growing with time as Bitbucket's do. */
export function commentIds(plans: readonly NamedPlan[], first: number): ReadonlyMap<PlannedEvent, number> {
  const comments = plans
    .flatMap(({ plan }) => plan.life.events)
    .filter((event) => event.kind === 'comment')
    .sort((a, b) => a.at - b.at);
  return new Map(comments.map((event, index) => [event, first + index * 7]));
}

export interface Surroundings {
  readonly subject: Subject;
  readonly main: readonly Place[];
  /** The places of the branch that a pull request is merged into. */
  readonly lineOf: (branch: string) => readonly Place[];
  readonly createdAt: number;
  readonly commentIds: ReadonlyMap<PlannedEvent, number>;
}

/** Commits that exist already and come with a push. */
export interface GivenCommits {
  readonly at: number;
  readonly by: Person;
  readonly commits: readonly DemoCommit[];
}

/** The pull request of a plan; `given` are the commits of a release branch, oldest first. */
export function realise(
  chance: Chance,
  { id, plan, work }: NamedPlan,
  surroundings: Surroundings,
  given: readonly GivenCommits[] = [],
): DemoPullRequest {
  const { author, openedAt, life, targetBranch } = plan;
  const { subject, main, lineOf, createdAt } = surroundings;
  const line = lineOf(targetBranch);
  const known = subject.files;
  const files = changedFiles(chance, plan.kind === 'update' ? subject.lockFiles : known, life.size);
  const opening = given.filter(({ at }) => at <= openedAt).flatMap(({ commits }) => commits);
  const pullRequest: DemoPullRequest = {
    id,
    title: work.title,
    author,
    openedAt,
    sourceBranch: work.branch,
    targetBranch,
    source: plan.source,
    openedAsDraft: life.openedAsDraft,
    reviewers: life.reviewers.filter((person) => person.account !== null),
    firstCommits:
      given.length > 0
        ? opening
        : firstCommits({ chance, author, title: work.title }, line, main, {
            from: Math.max(openedAt - life.coding, createdAt + 3_600_000),
            openedAt,
            count: life.firstCommits,
          }),
    events: [],
    files,
    merge: null,
  };
  const later: DemoEvent[] = given
    .filter(({ at }) => at > openedAt)
    .map(({ at, by, commits }) => ({ kind: 'push', at, by, commits }));
  for (const event of life.events) {
    pullRequest.events.push(realiseEvent(chance, event, pullRequest, line, surroundings.commentIds));
  }
  pullRequest.events.push(...later);
  pullRequest.events.sort((a, b) => a.at - b.at);
  return pullRequest;
}

function realiseEvent(
  chance: Chance,
  event: PlannedEvent,
  pullRequest: DemoPullRequest,
  line: readonly Place[],
  ids: ReadonlyMap<PlannedEvent, number>,
): DemoEvent {
  switch (event.kind) {
    case 'push': {
      const commits = pushedCommits(chance, event.by, commitsOf(pullRequest).at(-1), {
        at: event.at,
        count: event.commits,
        mergesTarget: event.mergesTarget ? tipAt(line, event.at - event.commits * 60_000) : null,
        target: pullRequest.targetBranch,
      });
      return { kind: 'push', at: event.at, by: event.by, commits };
    }
    case 'comment': {
      const { at, by, text, inline, isReply, isDeleted } = event;
      const above = pullRequest.events.findLast((each) => each.kind === 'comment');
      const place = { path: chance.pick(pullRequest.files).path, line: chance.integer(1, 240) };
      const answers = isReply ? above : undefined;
      return {
        kind: 'comment',
        at,
        by,
        text,
        id: ids.get(event) ?? 0,
        // A reply stands where the remark stands.
        place: answers ? answers.place : inline ? place : null,
        repliesTo: answers?.id ?? null,
        deletedAt: isDeleted ? at : null,
      };
    }
    case 'approval':
    case 'changes_requested':
    case 'reviewers':
    case 'ready':
    case 'close':
      return event;
  }
}
