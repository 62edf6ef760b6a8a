/** Lets one pull request live: commits, reviews in rounds, rework, and an end. */
import type { DemoCommit, DemoEvent, DemoPullRequest } from './model';
import type { Person } from './people';
import type { Chance } from './random';
import { intoWorkingHours } from './working-hours';

const HOUR = 3_600_000;

/** What the repository and the moment make of a pull request. */
export interface Circumstances {
  readonly id: number;
  readonly author: Person;
  readonly colleagues: readonly Person[];
  readonly reviewBot: Person;
  readonly openedAt: number;
  /** The present: nothing happens after it. */
  readonly endsAt: number;
  /** Multiplies every wait; below 1 is faster. */
  readonly pace: number;
  readonly base: string;
  readonly targetBranch: string;
}

/**
 * Shares and waits after 6,996 recorded pull requests of 43 repositories: median 6.7 h to the first review and 47 h to
 * the merge, 12 % declined, 6 % merged without a review by others, commits and comments in single figures. The long
 * tails are shorter here, so that a demo of two years looks like a team that is at work today.
 */
const FIRST_REVIEW_HOURS = { median: 5, p95: 90 };
const REWORK_HOURS = { median: 6, p95: 70 };
const NEXT_REVIEW_HOURS = { median: 5, p95: 60 };
const MERGE_WAIT_HOURS = { median: 4, p95: 60 };
const DECLINED = 0.11;
const SUPERSEDED = 0.01;
const UNREVIEWED = 0.06;
const ABANDONED = 0.04;

const SUBJECTS = [
  'refunds',
  'the search index',
  'sign-in',
  'invoices',
  'the checkout',
  'image uploads',
  'the audit log',
  'rate limits',
  'retries',
  'the cache',
  'webhooks',
  'currency rounding',
  'the job queue',
  'time zones',
  'the settings page',
  'exports',
];
const DEEDS: readonly (readonly [string, string])[] = [
  ['feature', 'Add idempotency keys to'],
  ['feature', 'Show progress of'],
  ['feature', 'Support bulk changes in'],
  ['bugfix', 'Correct the ordering of'],
  ['bugfix', 'Handle missing values in'],
  ['fix', 'Stop double submission of'],
  ['chore', 'Update packages behind'],
  ['refactor', 'Simplify'],
  ['docs', 'Explain'],
  ['test', 'Cover edge cases of'],
];

/** The pull request with everything that happens to it up to the present. */
export function livePullRequest(chance: Chance, circumstances: Circumstances): DemoPullRequest {
  const { id, author, openedAt, endsAt } = circumstances;
  const [prefix, deed] = author.isBot
    ? (['dependabot', 'Bump a library behind'] as const)
    : chance.pick(DEEDS);
  const subject = chance.pick(SUBJECTS);
  const isHotfix = !author.isBot && chance.happens(0.04);
  const isRevert = !author.isBot && !isHotfix && id > 20 && chance.happens(0.015);
  const title = isRevert
    ? `Revert pull request #${id - 3}`
    : `${isHotfix ? 'Hotfix: correct' : deed} ${subject}`;
  const slug = subject.replaceAll(' ', '-');
  const sourceBranch = isRevert ? `revert-pr-${id - 3}` : `${isHotfix ? 'hotfix' : prefix}/${slug}-${id}`;
  const reviewers = pickSome(chance, circumstances.colleagues, chance.integer(1, 3));
  const pullRequest: DemoPullRequest = {
    id,
    title,
    author: chance.happens(0.004) ? null : author,
    openedAt,
    sourceBranch,
    targetBranch: circumstances.targetBranch,
    forkGone: chance.happens(0.005),
    draft: false,
    reviewers,
    base: circumstances.base,
    commits: firstCommits(chance, circumstances, title),
    events: [],
    state: 'OPEN',
    mergeCommit: null,
    diffstat: diffstatOf(chance),
  };
  const pace = circumstances.pace * (isHotfix ? 0.15 : 1);
  const events = author.isBot
    ? botEvents(chance, circumstances, reviewers)
    : workEvents(chance, circumstances, pullRequest, pace);
  pullRequest.events.push(...events.filter((event) => event.at <= endsAt));
  const last = pullRequest.events.at(-1);
  for (const event of pullRequest.events) {
    if (event.kind === 'push') pullRequest.commits.push(...event.commits);
    if (event.kind === 'close') pullRequest.state = event.state;
  }
  // Some of what is open is not meant to be reviewed yet.
  const draft = pullRequest.state === 'OPEN' && last === undefined && chance.happens(0.35);
  return { ...pullRequest, draft };
}

function firstCommits(
  chance: Chance,
  { author, openedAt, base }: Circumstances,
  message: string,
): DemoCommit[] {
  const count = Math.min(12, Math.max(1, Math.round(chance.spread(2, 8))));
  const instants = Array.from({ length: count }, (_, index) =>
    index === 0 ? openedAt - 240_000 : openedAt - chance.spread(9, 80) * HOUR,
  ).sort((a, b) => a - b);
  let parent = base;
  return instants.map((at) => {
    const commit = { hash: chance.hex(40), at, author, parents: [parent], message };
    parent = commit.hash;
    return commit;
  });
}

function workEvents(
  chance: Chance,
  circumstances: Circumstances,
  pullRequest: DemoPullRequest,
  pace: number,
): readonly DemoEvent[] {
  const { author, reviewBot } = circumstances;
  const { reviewers } = pullRequest;
  const events: DemoEvent[] = [];
  let at = circumstances.openedAt;
  const wait = (hours: { median: number; p95: number }, by: Person): number => {
    at = intoWorkingHours(at + chance.spread(hours.median * pace, hours.p95 * pace) * HOUR, by.zone);
    return at;
  };
  const comment = (by: Person, when: number, inline = chance.happens(0.55)): void => {
    events.push({
      kind: 'comment',
      at: when,
      by,
      id: 1_000_000 + chance.integer(0, 899_999_999),
      inline,
      deleted: chance.happens(0.02),
    });
  };
  if (chance.happens(0.12)) comment(reviewBot, at + 60_000, false);
  if (chance.happens(ABANDONED)) return abandoned(chance, events, comment, reviewers, at);

  const reviewed = !chance.happens(UNREVIEWED);
  const declined = chance.happens(DECLINED);
  if (reviewed) {
    const reviewer = chance.pick(reviewers);
    wait(FIRST_REVIEW_HOURS, reviewer);
    const remarks = chance.integer(0, 4);
    for (let index = 0; index < remarks; index += 1) comment(reviewer, at + index * 180_000);
    const rounds = chance.happens(0.45) ? chance.integer(1, 3) : 0;
    for (let round = 0; round < rounds; round += 1) {
      if (chance.happens(0.6)) events.push({ kind: 'changes_requested', at: at + 600_000, by: reviewer });
      wait(REWORK_HOURS, author);
      if (chance.happens(0.5)) comment(author, at - 120_000, false);
      const parent = lastHash(events, pullRequest);
      events.push(push(chance, at, author, parent, 'Follow the review'));
      wait(NEXT_REVIEW_HOURS, reviewer);
      if (chance.happens(0.4)) comment(reviewer, at - 60_000);
    }
    if (!declined) {
      events.push({ kind: 'approval', at, by: reviewer });
      const second = reviewers.find((each) => each !== reviewer);
      if (second && chance.happens(0.45)) {
        wait(NEXT_REVIEW_HOURS, second);
        events.push({ kind: 'approval', at, by: second });
      }
      if (chance.happens(0.1)) {
        wait({ median: 2, p95: 10 }, author);
        const parent = lastHash(events, pullRequest);
        events.push(push(chance, at, author, parent, 'Last corrections'));
      }
    }
  }
  if (chance.happens(0.03)) events.push({ kind: 'approval', at, by: author });
  const closer = chance.happens(0.7) ? author : chance.pick(reviewers);
  wait(MERGE_WAIT_HOURS, closer);
  const state = declined ? 'DECLINED' : chance.happens(SUPERSEDED) ? 'SUPERSEDED' : 'MERGED';
  events.push({ kind: 'close', at, by: closer, state });
  // What comes after the merge is no review, and the figures must not count it.
  if (chance.happens(0.06)) comment(chance.pick(reviewers), at + 2 * HOUR, false);
  if (state === 'MERGED' && chance.happens(0.02)) {
    events.push({ kind: 'approval', at: at + HOUR, by: chance.pick(reviewers) });
  }
  return events.sort((a, b) => a.at - b.at);
}

/** Looked at once at most, then left lying. */
function abandoned(
  chance: Chance,
  events: DemoEvent[],
  comment: (by: Person, when: number) => void,
  reviewers: readonly Person[],
  openedAt: number,
): readonly DemoEvent[] {
  if (chance.happens(0.6)) comment(chance.pick(reviewers), openedAt + chance.spread(20, 200) * HOUR);
  if (chance.happens(0.3)) {
    events.push({
      kind: 'approval',
      at: openedAt + chance.spread(60, 300) * HOUR,
      by: chance.pick(reviewers),
    });
  }
  // Most are tidied up in the end; some are forgotten.
  if (chance.happens(0.8)) {
    const by = chance.pick(reviewers);
    events.push({ kind: 'close', at: openedAt + chance.spread(600, 2_000) * HOUR, by, state: 'DECLINED' });
  }
  return events.sort((a, b) => a.at - b.at);
}

/** A dependency update is approved at a glance, or not at all. */
function botEvents(
  chance: Chance,
  { openedAt }: Circumstances,
  reviewers: readonly Person[],
): readonly DemoEvent[] {
  const by = chance.pick(reviewers);
  const at = intoWorkingHours(openedAt + chance.spread(10, 120) * HOUR, by.zone);
  return [
    { kind: 'approval', at, by },
    { kind: 'close', at: at + 300_000, by, state: 'MERGED' },
  ];
}

/** One to three commits pushed at once. */
export function push(chance: Chance, at: number, by: Person, parent: string, message: string): DemoEvent {
  let last = parent;
  const count = chance.integer(1, 2);
  const commits = Array.from({ length: count }, (_, index) => {
    const commit = {
      hash: chance.hex(40),
      at: at - (count - index) * 300_000,
      author: by,
      parents: [last],
      message,
    };
    last = commit.hash;
    return commit;
  });
  return { kind: 'push', at, by, commits };
}

function lastHash(events: readonly DemoEvent[], pullRequest: DemoPullRequest): string {
  const pushed = events.findLast((event) => event.kind === 'push');
  return pushed?.commits.at(-1)?.hash ?? pullRequest.commits.at(-1)?.hash ?? pullRequest.base;
}

const FILES = [
  'src/index.ts',
  'src/service.ts',
  'src/model.ts',
  'src/routes.ts',
  'test/service.test.ts',
  'docs/guide.md',
  'package.json',
  'src/format.ts',
  'src/store.ts',
];

function diffstatOf(chance: Chance): DemoPullRequest['diffstat'] {
  const count = Math.min(FILES.length, Math.max(1, Math.round(chance.spread(3, 9))));
  return pickSome(chance, FILES, count).map((file) => ({
    type: 'diffstat',
    status: 'modified',
    lines_added: Math.round(chance.spread(14, 220)),
    lines_removed: Math.round(chance.spread(5, 120)),
    old: { type: 'commit_file', path: file },
    new: { type: 'commit_file', path: file },
  }));
}

function pickSome<T>(chance: Chance, list: readonly T[], count: number): readonly T[] {
  const left = [...list];
  const picked: T[] = [];
  while (picked.length < count && left.length > 0)
    picked.push(...left.splice(chance.integer(0, left.length - 1), 1));
  return picked;
}
