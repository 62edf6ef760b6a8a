/** A generated week in one demo repository: what is done to it, and how Forge brings the events of it, well or badly. */
import { createDemoWorkspace, type DemoWorkspace } from '../../local/demo/demo-workspace';
import { ActionError } from '../../local/demo/actions';
import type { ForgeEvent } from '../../local/demo/forge-events';
import { chance, type Chance } from '../../local/demo/random';
import { isJsonList, isJsonObject, textOf } from '../../local/bitbucket/values';
import type { RepositorySource, WorkspaceSource } from '../../local/bitbucket/workspace-source';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The smallest of the demo's repositories that deploys. */
const SLUG = 'data-pipeline';

export const WEEK = 7 * 24 * HOUR;

/**
 * Everything that can be done, more often what is done more often. Withdrawn and replaced verdicts are left out: Bitbucket
 * forgets them, so a lost event of one is lost for good (METRICS 8).
 */
const ACTIONS = [
  ...Array<string>(5).fill('comment'),
  ...Array<string>(4).fill('push'),
  ...Array<string>(4).fill('verdict'),
  ...Array<string>(4).fill('merge'),
  ...Array<string>(3).fill('open'),
  'open-draft',
  'ready',
  'decline',
  'delete-comment',
  'push-to-main',
  'push-to-main',
  'deployment-starts',
  'deployment-succeeds',
  'deployment-fails',
  'rename',
];

/** One thing that happened, with Forge's event of it; instants in milliseconds. */
export interface Happening {
  readonly at: number;
  readonly event: ForgeEvent;
}

/** A delivery of an event. */
export interface Delivery {
  readonly at: number;
  readonly payload: object;
}

export interface WeekOfDemo {
  readonly source: WorkspaceSource;
  readonly repositoryUuid: string;
  /** Does what the seed says up to an instant, in order, and returns what is new. */
  liveUntil(to: number): readonly Happening[];
}

/** The same seed and beginning always make the same week. */
export function weekOfDemo(seed: number, beginsAt: number): WeekOfDemo {
  const demo = createDemoWorkspace({ seed, endsAt: beginsAt });
  const repository = demo.repositories().find((each) => textOf(each.repository(), 'slug') === SLUG);
  const uuid = repository && textOf(repository.repository(), 'uuid');
  if (!repository || typeof uuid !== 'string') throw new Error(`The demo has no ${SLUG}.`);
  const luck = chance(seed + 1);
  let nextAt = beginsAt + MINUTE;
  return {
    source: { workspace: demo.workspace, repositories: () => [repository] },
    repositoryUuid: uuid,
    liveUntil(to) {
      const happenings: Happening[] = [];
      for (; nextAt < to; nextAt += luck.integer(2, 90) * MINUTE) {
        const event = something(luck, demo, repository, uuid, nextAt);
        if (event !== null) happenings.push({ at: nextAt, event });
      }
      return happenings;
    },
  };
}

function something(
  luck: Chance,
  demo: DemoWorkspace,
  repository: RepositorySource,
  uuid: string,
  at: number,
): ForgeEvent | null {
  const open = repository.pullRequestIds().filter((id) => stateOf(repository, id) === 'OPEN');
  const id = open.length === 0 ? null : luck.pick(open);
  const drawn = luck.pick(ACTIONS);
  const key = drawn === 'verdict' ? verdictFor(luck, repository, id) : drawn;
  try {
    return demo.runAction(key, uuid, id, at);
  } catch (error) {
    // What does not fit this moment is not done: there is nothing to deploy, or no comment to delete.
    if (error instanceof ActionError) return null;
    throw error;
  }
}

/** The kind of verdict that the pull request has already, so that nobody's is replaced. */
function verdictFor(luck: Chance, repository: RepositorySource, id: number | null): string {
  const pullRequest = id === null ? null : repository.pullRequest(id);
  const participants = pullRequest && isJsonList(pullRequest.participants) ? pullRequest.participants : [];
  const states = participants.flatMap((each) => (isJsonObject(each) ? (textOf(each, 'state') ?? []) : []));
  if (states.includes('approved')) return 'approve';
  if (states.includes('changes_requested')) return 'request-changes';
  return luck.happens(0.7) ? 'approve' : 'request-changes';
}

function stateOf(repository: RepositorySource, id: number): string | null {
  const pullRequest = repository.pullRequest(id);
  return pullRequest && textOf(pullRequest, 'state');
}

/** Each event once, seconds after it happened. */
export function inOrder(happenings: readonly Happening[]): readonly Delivery[] {
  return happenings.map(({ at, event }) => ({ at: at + 2_000, payload: event.payload }));
}

/** One in twenty lost, one in twenty doubled, one in ten late by hours; the rest within Forge's three minutes, in any order. */
export function asForgeMay(seed: number, happenings: readonly Happening[]): readonly Delivery[] {
  const luck = chance(seed + 2);
  const deliveries: Delivery[] = [];
  for (const { at, event } of happenings) {
    const fate = luck.unit();
    if (fate < 0.05) continue;
    const delay = fate < 0.15 ? luck.integer(1, 12) * HOUR : luck.integer(1, 180) * 1_000;
    deliveries.push({ at: at + delay, payload: event.payload });
    if (fate > 0.95) {
      deliveries.push({ at: at + delay + luck.integer(1, 600) * 1_000, payload: event.payload });
    }
  }
  return deliveries.sort((a, b) => a.at - b.at);
}
