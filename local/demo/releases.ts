/** Release branches: cut from main every four weeks, steadied for ten days, and brought back by a pull request. */
import { MAIN_BRANCH } from './model';
import type { Person } from './people';
import { mergedAt, plannedClose, type Plan } from './plans';
import type { PlannedEvent } from './pull-request-life';
import type { Chance } from './random';
import { intoWorkingHours } from './working-hours';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface Release {
  readonly branch: string;
  readonly cutAt: number;
  readonly backMerge: Plan;
}

const EVERY_DAYS = 28;
const STEADIED_DAYS = 10;
/** Share of the pull requests opened in these days that are meant for the release. */
const FOR_RELEASE = 0.5;

/** Points some plans at release branches, and adds the pull request that brings each release back to main. */
export function planReleases(
  chance: Chance,
  plans: readonly Plan[],
  members: readonly Person[],
  span: { readonly from: number; readonly endsAt: number },
): readonly Release[] {
  const releases: Release[] = [];
  const { from, endsAt } = span;
  for (let number = 1; ; number += 1) {
    const cutAt = from + (number * EVERY_DAYS - 12) * DAY;
    if (cutAt > endsAt) return releases;
    const branch = `release/${1 + Math.floor(number / 10)}.${number % 10}`;
    const manager = chance.pick(members);
    const closesAt = intoWorkingHours(cutAt + STEADIED_DAYS * DAY, manager.zone);
    const aimed = plans.filter((plan) => {
      const ends = plannedClose(plan)?.at ?? Infinity;
      const isHeldUp = ends === Infinity ? closesAt <= endsAt : ends > closesAt - 2 * HOUR;
      const fits = plan.source === 'own' && (plan.kind === 'everyday' || plan.kind === 'hotfix');
      return (
        fits && plan.openedAt > cutAt && plan.openedAt < closesAt && !isHeldUp && chance.happens(FOR_RELEASE)
      );
    });
    const merges = aimed.flatMap((plan) => mergedAt(plan) ?? []);
    const openedAt = Math.min(...merges) + 5 * 60_000;
    if (openedAt > endsAt) continue;
    for (const plan of aimed) plan.targetBranch = branch;
    releases.push({
      branch,
      cutAt,
      backMerge: backMerge(chance, members, manager, openedAt, closesAt, endsAt),
    });
  }
}

function backMerge(
  chance: Chance,
  members: readonly Person[],
  manager: Person,
  openedAt: number,
  closesAt: number,
  endsAt: number,
): Plan {
  const reviewers = chance.some(
    members.filter((each) => each !== manager),
    1,
  );
  const events: PlannedEvent[] = [
    { kind: 'ready', at: closesAt - 60 * 60_000, by: manager },
    ...reviewers.map((by): PlannedEvent => ({ kind: 'approval', at: closesAt - 20 * 60_000, by })),
    { kind: 'close', at: closesAt, by: manager, state: 'MERGED', reason: '' },
  ];
  return {
    kind: 'back-merge',
    author: manager,
    openedAt,
    life: {
      size: 1,
      reviewers,
      openedAsDraft: true,
      firstCommits: 0,
      coding: 0,
      events: events.filter((event) => event.at <= endsAt),
    },
    targetBranch: MAIN_BRANCH,
    source: 'own',
  };
}
