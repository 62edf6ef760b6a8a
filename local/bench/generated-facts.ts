/** Facts for the benchmark: as many as wanted, shaped after the recordings, the same from the same seed. */
import type { DeploymentFacts, PipelineFacts } from '../../src/facts/delivery-facts';
import type { BranchKind, EpochSeconds, PullRequestFacts, Review } from '../../src/facts/pull-request-facts';
import type { DeliveryFacts } from '../../src/metrics/delivery/delivery-facts';
import { SECONDS_A_DAY } from '../../src/metrics/windows';
import { chance, type Chance } from '../demo/random';
import {
  COMMENTS,
  DECLINED,
  FIRST_COMMITS,
  HOURS_OF_CODING,
  HOURS_OF_MERGE_WAIT,
  HOURS_TO_FIRST_REVIEW,
  HOURS_TO_MERGE,
  INLINE,
  MERGED_BY_AUTHOR,
  NEVER_PUSHED_AGAIN,
  PUSHES,
  STALE_APPROVAL,
  UNREVIEWED,
} from '../demo/recorded-shape';

/** All that is known of one repository. */
export interface GeneratedFacts extends DeliveryFacts {
  readonly pipelines: readonly PipelineFacts[];
}

export interface Wanted {
  /** Pull requests opened in each window of `windowDays`. */
  readonly perWindow: number;
  readonly windowDays: number;
  /** So many windows end at `now`. */
  readonly windows: number;
  readonly now: EpochSeconds;
  readonly seed: number;
}

const HOUR = 3_600;

/** As a large repository's: most pull requests are between few of them. */
const PEOPLE = 120;
const MOST_REVIEWERS = 3;

const PULL_REQUESTS_A_DEPLOYMENT = 10;
const PULL_REQUESTS_A_DIRECT_PUSH = 50;
const FAILED_DEPLOYMENTS = 0.1;
const FAILED_PIPELINES = 0.15;
const PIPELINE_SECONDS = { median: 300, p95: 1_800 };
const QUEUE_SECONDS = { median: 8, p95: 240 };
const LINES = { median: 60, p95: 1_500 };
const FILES = { median: 4, p95: 40 };
/** Of two words of a branch, one stands in many, the other in no other. */
const COMMON_BRANCH_WORDS = 20;

/** Facts of the windows that end at `now`: pull requests, and in proportion to them deployments, pipelines and pushes. */
export function generatedFacts({ perWindow, windowDays, windows, now, seed }: Wanted): GeneratedFacts {
  const random = chance(seed);
  const from = now - windows * windowDays * SECONDS_A_DAY;
  const total = perWindow * windows;
  const instants = (amount: number): readonly EpochSeconds[] =>
    Array.from({ length: amount }, () => random.integer(from, now - 1)).sort((a, b) => a - b);
  const pullRequests = instants(total).map((openedAt, place) =>
    pullRequestOf(place + 1, openedAt, now, random.fork()),
  );
  const commits = pullRequests.flatMap(({ mergeCommit }) => mergeCommit ?? []);
  return {
    pullRequests,
    deployments: instants(Math.ceil(total / PULL_REQUESTS_A_DEPLOYMENT)).map((startedAt, place) =>
      // Each of the latest commit, as far as the order of openings tells it.
      deploymentOf(startedAt, now, commits[place * PULL_REQUESTS_A_DEPLOYMENT] ?? null, random.fork()),
    ),
    pipelines: instants(total).map((createdAt, place) =>
      pipelineOf(place + 1, createdAt, now, random.fork()),
    ),
    pushes: instants(Math.ceil(total / PULL_REQUESTS_A_DIRECT_PUSH)).map((at) => ({
      at,
      origin: 'direct',
      commit: random.hex(12),
    })),
    tags: [],
  };
}

function pullRequestOf(
  id: number,
  openedAt: EpochSeconds,
  now: EpochSeconds,
  random: Chance,
): PullRequestFacts {
  const wouldCloseAt = openedAt + Math.round(random.spread(HOURS_TO_MERGE) * HOUR);
  const closedAt = wouldCloseAt < now ? wouldCloseAt : null;
  const isMerged = closedAt !== null && !random.happens(DECLINED);
  const mergedAt = isMerged ? closedAt : null;
  const authorId = person(random.integer(0, PEOPLE - 1));
  const reviews = reviewsOf(openedAt, closedAt, now, authorId, random);
  const until = closedAt ?? now;
  const pushes = random.happens(NEVER_PUSHED_AGAIN) ? 0 : Math.ceil(random.spread(PUSHES));
  const sourceUpdatedAt = instantsBetween(openedAt, until, pushes, random);
  const comments = reviews.filter(({ kind }) => kind === 'comment').length;
  return {
    id,
    state: isMerged ? 'MERGED' : closedAt === null ? 'OPEN' : 'DECLINED',
    draft: closedAt === null && random.happens(0.1),
    authorId,
    authorIsBot: random.happens(0.05),
    targetBranch: random.happens(0.9) ? 'main' : 'release/1',
    branchKind: branchKind(random),
    branchWords: [id % COMMON_BRANCH_WORDS, COMMON_BRANCH_WORDS + id],
    fromFork: false,
    openedAt,
    mergedAt,
    mergedAtSource: mergedAt === null ? null : 'activity',
    closedAt,
    closedById: closedAt === null || random.happens(MERGED_BY_AUTHOR) ? authorId : person(0),
    mergeCommit: mergedAt === null ? null : random.hex(12),
    commitAuthoredAt: commitsOf(openedAt, random),
    reviews,
    requestedReviewerIds: [person(random.integer(0, PEOPLE - 1))].filter((each) => each !== authorId),
    withdrawnApprovals: 0,
    commentCount: comments * 2,
    reviewCommentCount: comments,
    sourceUpdatedAt,
    staleApproval: random.happens(STALE_APPROVAL),
    selfApproved: false,
    linesAdded: Math.round(random.spread(LINES)),
    linesRemoved: Math.round(random.spread(LINES) / 2),
    filesChanged: Math.ceil(random.spread(FILES)),
    lastActivityAt: Math.max(openedAt, closedAt ?? 0, reviews.at(-1)?.at ?? 0, sourceUpdatedAt.at(-1) ?? 0),
    lastAuthorActivityAt: sourceUpdatedAt.at(-1) ?? openedAt,
    coverage: { activity: true, commits: true, diffstat: true },
  };
}

/** Comments and approvals of a few people, ascending, none after the close and none after `now`. */
function reviewsOf(
  openedAt: EpochSeconds,
  closedAt: EpochSeconds | null,
  now: EpochSeconds,
  authorId: string,
  random: Chance,
): readonly Review[] {
  if (random.happens(UNREVIEWED)) return [];
  const until =
    (closedAt ?? now) - (closedAt === null ? 0 : Math.round(random.spread(HOURS_OF_MERGE_WAIT) * HOUR));
  const first = openedAt + Math.round(random.spread(HOURS_TO_FIRST_REVIEW) * HOUR);
  if (first > until)
    return closedAt === null
      ? []
      : [{ actorId: reviewer(authorId, random), kind: 'approval', at: closedAt, inline: false }];
  return Array.from({ length: random.integer(1, MOST_REVIEWERS) }, () => reviewer(authorId, random))
    .flatMap((actorId): readonly Review[] => {
      const comments = Math.round(random.spread(COMMENTS) / MOST_REVIEWERS);
      return [
        ...instantsBetween(first, until, comments, random).map((at): Review => ({
          actorId,
          kind: 'comment',
          at,
          inline: random.happens(INLINE),
        })),
        { actorId, kind: 'approval', at: random.integer(first, until), inline: false },
      ];
    })
    .sort((a, b) => a.at - b.at);
}

function commitsOf(openedAt: EpochSeconds, random: Chance): readonly EpochSeconds[] {
  const earliest = openedAt - Math.round(random.spread(HOURS_OF_CODING) * HOUR);
  return instantsBetween(earliest, openedAt, Math.ceil(random.spread(FIRST_COMMITS)), random);
}

function deploymentOf(
  startedAt: EpochSeconds,
  now: EpochSeconds,
  commit: string | null,
  random: Chance,
): DeploymentFacts {
  return {
    id: random.uuid(),
    environmentType: 'PRODUCTION',
    environmentId: 'production',
    startedAt,
    completedAt: Math.min(now, startedAt + Math.round(random.spread(PIPELINE_SECONDS))),
    status: random.happens(FAILED_DEPLOYMENTS) ? 'FAILED' : 'SUCCESSFUL',
    isCompleted: true,
    commit,
    pipelineId: null,
  };
}

function pipelineOf(
  number: number,
  createdAt: EpochSeconds,
  now: EpochSeconds,
  random: Chance,
): PipelineFacts {
  const durationSeconds = Math.round(random.spread(PIPELINE_SECONDS));
  const queueSeconds = Math.round(random.spread(QUEUE_SECONDS));
  return {
    number,
    createdAt,
    completedAt: Math.min(now, createdAt + durationSeconds + queueSeconds),
    durationSeconds,
    queueSeconds,
    result: random.happens(FAILED_PIPELINES) ? 'FAILED' : 'SUCCESSFUL',
    trigger: 'PUSH',
    target: random.pick(['default', 'pull-request', 'feature']),
    pullRequest: null,
  };
}

function branchKind(random: Chance): BranchKind {
  return random.pick([
    'feature',
    'feature',
    'feature',
    'bugfix',
    'bugfix',
    'chore',
    'other',
    'other',
    'hotfix',
  ]);
}

function instantsBetween(
  from: EpochSeconds,
  to: EpochSeconds,
  amount: number,
  random: Chance,
): readonly EpochSeconds[] {
  return Array.from({ length: amount }, () => random.integer(from, Math.max(from, to))).sort((a, b) => a - b);
}

function reviewer(authorId: string, random: Chance): string {
  const place = random.integer(0, PEOPLE - 2);
  return person(place) === authorId ? person(PEOPLE - 1) : person(place);
}

function person(place: number): string {
  return `person-${place}`;
}
