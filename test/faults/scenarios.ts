/** What each function of the app is asked to do, in a workspace so small that every call of it can fail in turn. */
import type { JsonObject } from '../../local/bitbucket/workspace-source';
import { nowInSeconds } from '../../src/runtime/clock';
import { readHome } from '../../src/storage/repositories';
import { restartJob } from '../../src/storage/jobs';
import { changeSettings, type WorkspaceSettings } from '../../src/storage/workspace-settings';
import { beginErasure } from '../../src/sync/erasure/collecting';
import { importAgain } from '../../src/sync/import-again';
import { leaveOut, takeBackIn } from '../../src/sync/leaving-out';
import { personalDataBeginning } from '../../src/sync/personal-data/personal-data-state';
import { beginRecount } from '../../src/sync/recount/begin-recount';
import { retentionBeginning } from '../../src/sync/retention/retention-state';
import { upgradeBeginning } from '../../src/sync/upgrade/upgrade-state';
import type { InProcessApp } from '../in-process-app';
import { eventsAt, neighbour } from '../neighbour';
import { person, REPOSITORY_ID, WORKSPACE_UUID, type SmallWorkspace } from '../small-workspace';
import type { ForgeLife } from './forge-life';

const MINUTE = 60_000;
const HALF_AN_HOUR = 30 * MINUTE;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Whose account is closed. */
export const CLOSED_ACCOUNT = 'account-cid';

const ADMIN = 'account-ann';

/** A workspace of one repository. */
export interface Home {
  /** What Bitbucket says of it; a scenario changes it. */
  readonly small: SmallWorkspace;
  /** Deleted in Bitbucket. */
  isGone: boolean;
}

export function homeAt(now: number): Home {
  return { small: neighbour({ word: 'amber', digits: '0a3be7c1' }, 2, now).small, isGone: false };
}

/** Where a scenario takes place; `at` is its beginning in milliseconds. */
export interface Scene {
  readonly home: Home;
  readonly app: InProcessApp;
  readonly life: ForgeLife;
  readonly at: number;
}

export interface Scenario {
  readonly name: string;
  /** It begins with an empty store; else with an imported repository. */
  readonly isFirst?: boolean;
  /** What happens in Bitbucket, once and for all. */
  readonly change?: (home: Home, at: number) => void;
  /** What Forge or an admin does; no call of this itself fails. */
  readonly begin: (scene: Scene) => unknown;
  /** How long each call that is made may fail, in milliseconds; half an hour where absent. */
  readonly lasts?: number;
  /** What is to be left, where it is not an imported and compared repository. */
  readonly leaves?: 'nothing' | 'no-repository' | 'nobody-closed';
}

/** One event of these, an instant after the other. */
function events(...types: readonly string[]): Scenario['begin'] {
  return ({ life, at }) => {
    const chosen = eventsAt(at).filter(({ eventType }) =>
      types.some((type) => eventType === `avi:bitbucket:${type}`),
    );
    if (chosen.length < types.length) throw new Error(`There is no event of each of ${types.join()}.`);
    for (const [place, event] of chosen.entries()) life.event(at + place * 1_000, event);
  };
}

const iso = (at: number): string => new Date(at).toISOString();

/** The first pull request gets a review and another commit. */
export function goOn({ small }: Home, at: number): void {
  const first = small.pullRequests.get(1);
  if (first === undefined) throw new Error('There is a first pull request.');
  const entry: JsonObject = {
    pull_request: { type: 'pullrequest', id: 1 },
    approval: { date: iso(at - MINUTE), user: person('ben') },
  };
  first.activity.unshift(entry);
  first.pullRequest = {
    ...first.pullRequest,
    updated_on: iso(at - MINUTE),
    source: { ...(first.pullRequest.source as JsonObject), commit: { type: 'commit', hash: 'abababababab' } },
  };
  first.commits.unshift({
    type: 'commit',
    hash: 'ab'.repeat(20),
    date: iso(at - 2 * MINUTE),
    parents: [{ type: 'commit', hash: 'aaaaaaaaaaaa'.padEnd(40, '0') }],
  });
  small.revision += 1;
}

function keep(retentionDays: number | null): Promise<unknown> {
  return changeSettings((before) => {
    const detail: WorkspaceSettings = { ...before, retentionDays };
    return { detail, result: undefined };
  });
}

const decision = (): { readonly by: string; readonly at: number } => ({ by: ADMIN, at: nowInSeconds() });

async function homeOfApp(): Promise<NonNullable<Awaited<ReturnType<typeof readHome>>>> {
  const home = await readHome(REPOSITORY_ID);
  if (home === null) throw new Error('The repository is known.');
  return home;
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'the installation, discovery and import',
    isFirst: true,
    begin: ({ life, at }) => life.install(at),
    lasts: 10 * MINUTE,
  },
  { name: 'an upgrade', begin: ({ life, app, at }) => life.plan(at, () => app.upgrade()), lasts: MINUTE },
  { name: 'an event of a pull request', change: goOn, begin: events('updated:pullrequest') },
  {
    name: 'an approval, withdrawn',
    change: goOn,
    begin: events('updated:pullrequest-reviewer-status'),
  },
  { name: 'pushes of commits and of a tag', begin: events('push:repository') },
  {
    name: 'a new name',
    change: ({ small }) => {
      small.slug = 'shop-of-another-name';
    },
    begin: events('updated:repository'),
  },
  {
    name: 'a build',
    change: ({ small }, at) => {
      const [latest] = small.pipelines;
      if (latest === undefined) throw new Error('There is a pipeline.');
      const ended = { created_on: iso(at - 5 * MINUTE), completed_on: iso(at - MINUTE) };
      small.pipelines.unshift({ ...latest, uuid: '{p9}', build_number: 9, ...ended });
      small.revision += 1;
    },
    begin: events('updated:build-status'),
  },
  { name: 'a deployment', begin: events('completed:deployment') },
  {
    name: 'a deleted repository',
    change: (home) => {
      home.isGone = true;
    },
    begin: ({ life, at }) => {
      const [renamed] = eventsAt(at);
      life.event(at, { ...renamed, eventType: 'avi:bitbucket:deleted:repository' });
    },
    leaves: 'no-repository',
  },
  {
    name: 'a repository that is left out',
    begin: async () => leaveOut(await homeOfApp(), decision()),
    lasts: 20 * MINUTE,
    leaves: 'no-repository',
  },
  {
    name: 'a repository that is taken back in',
    begin: async ({ life, at }) => {
      await leaveOut(await homeOfApp(), decision());
      await life.until(at + 20 * MINUTE);
      await takeBackIn(await homeOfApp(), decision());
    },
    lasts: 30 * MINUTE,
  },
  { name: 'an event that nobody understands', begin: events('created:pullrequest-comment') },
  {
    name: 'what no event told, found by comparing',
    change: goOn,
    begin: ({ life, at }) => life.schedule(at + DAY, at + DAY + 15 * MINUTE),
    lasts: DAY + 15 * MINUTE,
  },
  {
    name: 'a recount',
    change: goOn,
    begin: ({ at }) => {
      const now = Math.floor(at / 1_000);
      return beginRecount(REPOSITORY_ID, { from: now - 30 * 86_400, to: now }, now);
    },
    lasts: 10 * MINUTE,
  },
  {
    name: 'an import that an admin asks for again',
    begin: () => importAgain(REPOSITORY_ID, 'repository', decision()),
    lasts: 10 * MINUTE,
  },
  {
    name: 'a time without a licence',
    change: goOn,
    begin: async (scene) => {
      const { life, app, at } = scene;
      await events('updated:pullrequest')(scene);
      app.setLicence('inactive');
      await life.until(at + 1);
      await app.tick();
      await life.until(at + 5 * MINUTE);
      app.setLicence('active');
    },
    lasts: 20 * MINUTE,
  },
  {
    name: 'the report of personal data',
    begin: async ({ app, life, at }) => {
      app.accounts.close(CLOSED_ACCOUNT);
      await restartJob('personal-data', Math.floor(at / 1_000), personalDataBeginning());
      life.schedule(at + HALF_AN_HOUR, at + HOUR);
    },
    lasts: HOUR,
    leaves: 'nobody-closed',
  },
  {
    name: 'a shorter retention',
    begin: async ({ at }) => {
      await keep(10);
      await restartJob('retention', Math.floor(at / 1_000), retentionBeginning());
    },
    lasts: 15 * MINUTE,
  },
  {
    name: 'a longer retention',
    begin: async ({ life, at }) => {
      await keep(10);
      await restartJob('retention', Math.floor(at / 1_000), retentionBeginning());
      life.schedule(at, at + 10 * MINUTE);
      await life.until(at + 10 * MINUTE);
      await keep(null);
      await restartJob('retention', nowInSeconds(), retentionBeginning());
    },
    lasts: 25 * MINUTE,
  },
  {
    name: 'the look through a store that nobody marked',
    begin: async ({ at }) => {
      await restartJob('upgrade', Math.floor(at / 1_000), upgradeBeginning());
    },
    lasts: 15 * MINUTE,
  },
  {
    name: 'the erasure of everything',
    begin: async ({ life, at }) => {
      await beginErasure(WORKSPACE_UUID, nowInSeconds());
      life.schedule(at + HALF_AN_HOUR, at + 40 * MINUTE);
    },
    lasts: 40 * MINUTE,
    leaves: 'nothing',
  },
];
