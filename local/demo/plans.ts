/** Draws the pull requests of one repository: who opens them when, and how each of them lives. */
import { MAIN_BRANCH, type ClosedState } from './model';
import { pickPerson, type People, type Person } from './people';
import { RECENT_DAYS, type Profile } from './profiles';
import { planLife, planUpdate, type Life, type PlannedEvent } from './pull-request-life';
import type { Chance } from './random';
import { FORK_GONE } from './recorded-shape';
import { someWorkingHour } from './working-hours';

const DAY = 86_400_000;

export interface Plan {
  readonly kind: 'everyday' | 'hotfix' | 'revert' | 'update' | 'back-merge';
  readonly author: Person;
  readonly openedAt: number;
  /** Nothing in it is later than the present. */
  life: Life;
  targetBranch: string;
  readonly source: 'own' | 'fork' | 'fork-gone';
}

export interface Team {
  readonly members: readonly Person[];
  readonly people: People;
}

/** Not measured: how the demo's work is made up. */
const UPDATES = 0.07;
const HOTFIXES = 0.04;
const REVERTS = 0.015;
const FROM_FORK = 0.03;
const BY_WHO_LEFT = 0.05;
const DRAFT_AMONG_UNREVIEWED = 0.5;
const LEFT_DAYS_AGO = 210;

type PlannedClose = Extract<PlannedEvent, { kind: 'close' }>;

/** How a plan ends; `null` where it is open at the present. */
export function plannedClose({ life }: Plan): PlannedClose | null {
  return life.events.find((event): event is PlannedClose => event.kind === 'close') ?? null;
}

/** When a plan is merged; `null` where it is not. */
export function mergedAt(plan: Plan): number | null {
  const close = plannedClose(plan);
  const merged: ClosedState = 'MERGED';
  return close?.state === merged ? close.at : null;
}

/** All plans of a repository as of `endsAt`, as many of them open as its profile says. */
export function drawPlans(chance: Chance, profile: Profile, team: Team, endsAt: number): readonly Plan[] {
  const drafts = Array.from({ length: profile.pullRequests }, () =>
    drawPlan(chance.fork(), profile, team, endsAt),
  ).sort((a, b) => a.plan.openedAt - b.plan.openedAt);
  const open = drafts.filter(({ plan }) => plannedClose(plan) === null);
  const missing = profile.open - open.length;
  if (missing < 0) open.slice(0, -missing).forEach((draft) => finish(draft, endsAt));
  else
    leaveOpen(
      chance,
      drafts.map(({ plan }) => plan),
      missing,
      endsAt,
    );
  for (const { plan } of drafts) if (plannedClose(plan) === null) makeDraft(chance, plan);
  return drafts.map(({ plan }) => plan);
}

interface Draft {
  readonly plan: Plan;
  readonly redraw: (pace: number) => Life;
}

function drawPlan(chance: Chance, profile: Profile, { members, people }: Team, endsAt: number): Draft {
  const isUpdate = chance.happens(UPDATES);
  const leftAt = endsAt - LEFT_DAYS_AGO * DAY;
  const proposed = isUpdate ? people.dependencyBot : pickPerson(chance, members);
  const began = endsAt - profile.days * DAY;
  const openedAt = isUpdate
    ? Math.floor(endsAt - (endsAt - began) * chance.unit() ** 1.3)
    : someWorkingHour(chance, began, endsAt, proposed.zone, 1.3);
  const kind = isUpdate ? 'update' : drawKind(chance);
  const isRecent = endsAt - openedAt < RECENT_DAYS * DAY;
  const basePace = isRecent ? profile.recentPace : profile.earlierPace;
  const kindPace = kind === 'hotfix' ? 0.05 : kind === 'revert' ? 0.2 : 1;
  const draw = (author: Person, colleagues: readonly Person[], pace: number): Life => {
    const circumstances = {
      author,
      colleagues,
      reviewerBot: people.reviewerBot,
      openedAt,
      pace: pace * basePace * kindPace,
      isUrgent: kind === 'hotfix',
    };
    return kind === 'update' ? planUpdate(chance, circumstances) : planLife(chance, circumstances);
  };
  const others = (author: Person): readonly Person[] => members.filter((each) => each !== author);
  let author = proposed;
  let life = draw(author, others(author), 1);
  // Who left took part in what was over before that day.
  if (!isUpdate && openedAt < leftAt && chance.happens(BY_WHO_LEFT)) {
    const writes = chance.happens(0.5);
    const former = writes
      ? draw(people.gone, members, 1)
      : draw(proposed, [...chance.some(others(proposed), 1), people.gone], 1);
    if (former.events.every((event) => event.at < leftAt)) {
      life = former;
      if (writes) author = people.gone;
    }
  }
  const origin = chance.unit();
  const canFork = kind === 'everyday';
  const source = canFork && origin < FORK_GONE ? 'fork-gone' : canFork && origin < FROM_FORK ? 'fork' : 'own';
  return {
    plan: { kind, author, openedAt, life: upTo(life, endsAt), targetBranch: MAIN_BRANCH, source },
    redraw: (pace) => upTo(draw(author, others(author), pace), endsAt),
  };
}

function drawKind(chance: Chance): Plan['kind'] {
  const share = chance.unit();
  if (share < HOTFIXES) return 'hotfix';
  return share < HOTFIXES + REVERTS ? 'revert' : 'everyday';
}

function upTo(life: Life, endsAt: number): Life {
  return { ...life, events: life.events.filter((event) => event.at <= endsAt) };
}

/** Lets an open pull request come to its end: faster and faster until it does. */
function finish({ plan, redraw }: Draft, endsAt: number): void {
  const room = endsAt - plan.openedAt;
  for (let pace = 0.5; pace > 1e-4 && room > DAY; pace /= 2) {
    plan.life = redraw(pace);
    if (plannedClose(plan) !== null) return;
  }
}

/** Takes the end, and some of what came before it, from pull requests of all ages up to five months. */
function leaveOpen(chance: Chance, plans: readonly Plan[], count: number, endsAt: number): void {
  for (let index = 0; index < count; index += 1) {
    const age = Math.exp(Math.log(150) * ((index + chance.unit()) / count)) * DAY;
    const wanted = endsAt - age;
    const closest = plans
      .filter((plan) => plannedClose(plan) !== null && plan.kind === 'everyday' && plan.source === 'own')
      .sort((a, b) => Math.abs(a.openedAt - wanted) - Math.abs(b.openedAt - wanted))[0];
    if (closest === undefined) return;
    const closedAt = plannedClose(closest)?.at ?? endsAt;
    const before = closest.life.events.filter((event) => event.at < closedAt);
    const kept = before.slice(0, chance.integer(0, before.length));
    closest.life = { ...closest.life, events: kept };
  }
}

/** Some of what is open and not reviewed is not meant to be: work in progress. */
function makeDraft(chance: Chance, plan: Plan): void {
  const { events } = plan.life;
  const isUntouched = events.every(({ by, kind }) => by === plan.author && kind !== 'ready');
  if (plan.kind !== 'everyday' || !isUntouched || !chance.happens(DRAFT_AMONG_UNREVIEWED)) return;
  plan.life = { ...plan.life, openedAsDraft: true };
}
