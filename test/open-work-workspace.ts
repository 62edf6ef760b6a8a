/** A workspace with open pull requests in every phase, and merges enough to forecast from: reckoned with by hand. */
import type { JsonObject } from '../local/bitbucket/workspace-source';
import {
  openPullRequest,
  person,
  smallWorkspace,
  type SmallPullRequest,
  type SmallWorkspace,
} from './small-workspace';

const HOUR = 3_600;

/** A Saturday's midnight. */
export const NOW = Date.UTC(2026, 9, 31) / 1_000;

const iso = (seconds: number): string => new Date(seconds * 1_000).toISOString();
const hoursAgo = (hours: number): string => iso(NOW - hours * HOUR);

function approval(id: number, name: string, hours: number): JsonObject {
  return { pull_request: { id }, approval: { date: hoursAgo(hours), user: person(name) } };
}

function comment(id: number, name: string, hours: number): JsonObject {
  return {
    pull_request: { id },
    comment: { id: 1, created_on: hoursAgo(hours), user: person(name), deleted: false },
  };
}

function push(id: number, name: string, hours: number): JsonObject {
  const source = { commit: { type: 'commit', hash: 'cccccccccccc' } };
  return {
    pull_request: { id },
    update: { date: hoursAgo(hours), state: 'OPEN', author: person(name), source },
  };
}

/** Opened a number of hours ago; `later` are entries of its activity, the newest first. */
function open(
  id: number,
  author: string,
  hours: number,
  later: readonly JsonObject[] = [],
  overrides: JsonObject = {},
): SmallPullRequest {
  const small = openPullRequest(id, author, hoursAgo(hours));
  return {
    ...small,
    pullRequest: { ...small.pullRequest, ...overrides },
    activity: [...later, ...small.activity],
  };
}

/** Opened at midnight so many days ago, merged 60 hours later without a review. */
function merged(id: number, days: number): SmallPullRequest {
  const merge = { date: hoursAgo(days * 24 - 60), state: 'MERGED', author: person('ann'), source: null };
  return open(id, 'ann', days * 24, [{ pull_request: { id }, update: merge }], {
    state: 'MERGED',
    closed_by: person('ann'),
  });
}

/** One was opened each midnight from 33 to 4 days ago. */
const MERGED = Array.from({ length: 30 }, (_, place) => merged(place + 1, place + 4));
const ASKED = open(101, 'ann', 24, [], { reviewers: [person('ben')] });
const COMMENTED = open(102, 'ben', 240, [comment(102, 'cem', 216)]);
const DRAFT = open(103, 'cem', 2, [], { draft: true });
const PUSHED = open(104, 'ann', 120, [push(104, 'ann', 72), approval(104, 'ben', 96)]);
const BOTS = open(105, 'bot', 5, [], { author: { ...person('bot'), type: 'app_user' } });
const ANCIENT = open(106, 'ben', 400 * 24);

export function openWorkWorkspace(): SmallWorkspace {
  return smallWorkspace([...MERGED, ASKED, COMMENTED, DRAFT, PUSHED, BOTS, ANCIENT]);
}
