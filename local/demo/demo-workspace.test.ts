/** The generated workspace as a whole: the same for a seed, and shaped like real ones. */
import type { RepositorySource } from '../bitbucket/workspace-source';
import { createDemoWorkspace } from './demo-workspace';
import { allOf, at, objectsAt, percentile, PRESENT, pullRequestOf, textAt, type Whole } from './testing';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function everything(source: RepositorySource): unknown {
  return [
    source.repository(),
    source
      .pullRequestIds()
      .map((id) => [
        source.pullRequest(id),
        source.activity(id),
        source.commits(id),
        source.comments(id),
        source.statuses(id),
        source.diffstat(id),
      ]),
    source.commitHistory(),
    source.pipelines(),
    source.deployments(),
    source.environments(),
  ];
}

const workspace = createDemoWorkspace({ endsAt: PRESENT });
const sources = workspace.repositories();
const all = allOf(sources);
const merged = all.filter(({ state }) => state === 'MERGED');
/** As the app counts them: without what bots wrote. */
const byPeople = merged.filter(({ raw }) => at(raw, 'author.type') !== 'app_user');

const hoursToMerge = ({ closedAt, openedAt }: Whole): number => ((closedAt ?? 0) - openedAt) / HOUR;

function reviewsOf({ activity, authorUuid, closedAt }: Whole): readonly number[] {
  return activity
    .filter(({ kind, isBot, by }) => kind !== 'update' && !isBot && by !== authorUuid)
    .map((entry) => entry.at)
    .filter((instant) => closedAt === null || instant <= closedAt);
}

const shareOf = (list: readonly Whole[], has: (each: Whole) => boolean): number =>
  list.filter(has).length / list.length;

describe('a seed and a present', () => {
  it('make the same workspace every time', () => {
    const again = createDemoWorkspace({ endsAt: PRESENT }).repositories();
    const small = (list: readonly RepositorySource[]): readonly RepositorySource[] => list.slice(-2);
    expect(JSON.stringify(small(again).map(everything))).toBe(JSON.stringify(small(sources).map(everything)));
    const raws = again.flatMap((source) => source.pullRequestIds().map((id) => source.pullRequest(id)));
    expect(JSON.stringify(raws)).toBe(JSON.stringify(all.map(({ raw }) => raw)));
  });

  it('make another workspace for another seed', () => {
    const other = createDemoWorkspace({ seed: 5, endsAt: PRESENT });
    expect(other.repositories()[0]?.repository().uuid).not.toBe(sources[0]?.repository().uuid);
  });
});

describe.each([undefined, 1, 2, 3])('with seed %s', (seed) => {
  const made =
    seed === undefined ? all : allOf(createDemoWorkspace({ seed, endsAt: PRESENT }).repositories());

  it('there are about 1,200 pull requests, 35 to 60 of them open', () => {
    expect(made.length).toBeGreaterThanOrEqual(1_100);
    expect(made.length).toBeLessThanOrEqual(1_300);
    const open = made.filter(({ state }) => state === 'OPEN').length;
    expect(open).toBeGreaterThanOrEqual(35);
    expect(open).toBeLessThanOrEqual(60);
  });

  it('the waits are those of real repositories', () => {
    const ended = made.filter(
      ({ state, raw }) => state === 'MERGED' && at(raw, 'author.type') !== 'app_user',
    );
    const hours = ended.map(hoursToMerge);
    expect(percentile(hours, 0.5)).toBeGreaterThan(24);
    expect(percentile(hours, 0.5)).toBeLessThan(80);
    expect(percentile(hours, 0.95)).toBeGreaterThan(400);
    expect(percentile(hours, 0.95)).toBeLessThan(1_600);
    const first = ended
      .map((each) => (Math.min(...reviewsOf(each)) - each.openedAt) / HOUR)
      .filter(Number.isFinite);
    expect(percentile(first, 0.5)).toBeGreaterThan(3);
    expect(percentile(first, 0.5)).toBeLessThan(15);
    expect(percentile(first, 0.95)).toBeGreaterThan(150);
    expect(percentile(first, 0.95)).toBeLessThan(600);
  });
});

describe('the shape of the work', () => {
  it('has the shares that were measured', () => {
    const closed = all.filter(({ state }) => state !== 'OPEN');
    const declined = shareOf(closed, ({ state }) => state === 'DECLINED');
    expect(declined).toBeGreaterThan(0.08);
    expect(declined).toBeLessThan(0.16);
    const unreviewed = shareOf(byPeople, (each) => reviewsOf(each).length === 0);
    expect(unreviewed).toBeGreaterThan(0.04);
    expect(unreviewed).toBeLessThan(0.1);
    const selfApproved = shareOf(byPeople, ({ activity, authorUuid }) =>
      activity.some(({ kind, by }) => kind === 'approval' && by === authorUuid),
    );
    expect(selfApproved).toBeGreaterThan(0.02);
    expect(selfApproved).toBeLessThan(0.08);
    const entries = all.map(({ activity }) => activity.length);
    expect(percentile(entries, 0.5)).toBeGreaterThanOrEqual(5);
    expect(percentile(entries, 0.5)).toBeLessThanOrEqual(10);
    expect(percentile(entries, 0.95)).toBeGreaterThan(18);
  });

  it('has people who rest at night and at the weekend', () => {
    const acts = all.flatMap(({ activity }) => activity.filter(({ isBot }) => !isBot));
    const isWeekend = (instant: number): boolean => [0, 6].includes(new Date(instant).getUTCDay());
    expect(acts.filter((entry) => isWeekend(entry.at)).length / acts.length).toBeLessThan(0.05);
    const atMidday = acts.filter((entry) => [9, 10, 11, 12, 13].includes(new Date(entry.at).getUTCHours()));
    const atNight = acts.filter((entry) => [1, 2].includes(new Date(entry.at).getUTCHours()));
    expect(atMidday.length / 5).toBeGreaterThan(3 * (atNight.length / 2));
  });

  it('tells a story: one repository merges faster lately, another slower', () => {
    const lately = (source: RepositorySource | undefined, from: number, to: number): number =>
      percentile(
        byPeople
          .filter((each) => each.source === source)
          .filter(
            ({ closedAt }) =>
              closedAt !== null && closedAt >= PRESENT - from * DAY && closedAt < PRESENT - to * DAY,
          )
          .map(hoursToMerge),
        0.5,
      );
    const [payments, storefront] = sources;
    expect(lately(payments, 90, 0)).toBeLessThan(0.6 * lately(payments, 180, 90));
    expect(lately(storefront, 90, 0)).toBeGreaterThan(1.6 * lately(storefront, 180, 90));
  });

  it('reaches further back than two windows of a year in the old repositories, and one is young', () => {
    const ages = sources.map(
      (source) => PRESENT - Date.parse(textAt(pullRequestOf(source, 1), 'created_on')),
    );
    expect(Math.max(...ages)).toBeGreaterThan(730 * DAY);
    expect(Math.min(...ages)).toBeLessThan(90 * DAY);
  });

  it.each<readonly [string, (each: Whole) => boolean]>([
    ['open drafts', ({ raw, state }) => state === 'OPEN' && raw.draft === true],
    [
      'drafts that became ready',
      ({ activity }) => activity.some(({ detail }) => at(detail, 'changes.draft') !== undefined),
    ],
    [
      'reviewers added later',
      ({ activity }) =>
        activity.some(({ detail }) => objectsAt(detail, 'changes.reviewers.added').length > 0),
    ],
    [
      'changes that are requested still',
      ({ raw }) => objectsAt(raw, 'participants').some(({ state }) => state === 'changes_requested'),
    ],
    ['superseded ones', ({ state }) => state === 'SUPERSEDED'],
    ['hotfixes', ({ raw }) => textAt(raw, 'source.branch.name').startsWith('hotfix/')],
    ['reverts', ({ raw }) => /^revert-pr-\d+$/.test(textAt(raw, 'source.branch.name'))],
    [
      'release branches as target',
      ({ raw }) => textAt(raw, 'destination.branch.name').startsWith('release/'),
    ],
    ['release branches as source', ({ raw }) => textAt(raw, 'source.branch.name').startsWith('release/')],
    ['merges without a merge commit', ({ raw, state }) => state === 'MERGED' && raw.merge_commit === null],
    [
      'squash merges',
      ({ source, id, state }) =>
        state === 'MERGED' && objectsAt(source.commits(id)[0], 'parents').length === 1,
    ],
    [
      'merge commits',
      ({ source, id, state }) =>
        state === 'MERGED' && objectsAt(source.commits(id)[0], 'parents').length === 2,
    ],
    ['authors that are bots', ({ raw }) => at(raw, 'author.type') === 'app_user'],
    ['bots that comment', ({ activity }) => activity.some(({ kind, isBot }) => kind === 'comment' && isBot)],
    ['authors whose account is gone', ({ raw }) => raw.author === null],
    [
      'reviewers whose account is gone',
      ({ activity }) => activity.some(({ kind, by }) => kind === 'approval' && by === null),
    ],
    [
      'authors without an account_id',
      ({ raw }) => at(raw, 'author.type') === 'user' && at(raw, 'author.account_id') === undefined,
    ],
    [
      'forks',
      ({ raw }) =>
        at(raw, 'source.repository') !== null &&
        textAt(raw, 'source.repository.full_name').startsWith('demo-forks/'),
    ],
    ['forks that are gone', ({ raw }) => at(raw, 'source.repository') === null],
    ['deleted comments', ({ activity }) => activity.some(({ detail }) => detail.deleted === true)],
    ['comments on a line', ({ activity }) => activity.some(({ detail }) => detail.inline !== undefined)],
    ['replies', ({ activity }) => activity.some(({ detail }) => detail.parent !== undefined)],
    [
      'comments after the merge',
      ({ activity, closedAt }) =>
        activity.some((entry) => entry.kind === 'comment' && closedAt !== null && entry.at > closedAt),
    ],
    [
      'approvals after the merge',
      ({ activity, closedAt }) =>
        activity.some((entry) => entry.kind === 'approval' && closedAt !== null && entry.at > closedAt),
    ],
  ])('has %s', (_what, has) => {
    expect(all.filter(has).length).toBeGreaterThanOrEqual(2);
  });

  it('has approvals made stale by a push', () => {
    const stale = byPeople.filter(({ activity, closedAt }) => {
      const approved = activity.find((entry) => entry.kind === 'approval' && entry.at <= (closedAt ?? 0));
      const head = (entry: Whole['activity'][number] | undefined): unknown =>
        at(entry?.detail, 'source.commit.hash');
      const updates = activity.filter(({ kind }) => kind === 'update');
      const before = updates.find((entry) => approved !== undefined && entry.at <= approved.at);
      return before !== undefined && head(before) !== head(updates[0]);
    });
    expect(stale.length / byPeople.length).toBeGreaterThan(0.05);
    expect(stale.length / byPeople.length).toBeLessThan(0.2);
  });
});

describe('delivery', () => {
  const pipelines = sources.flatMap((source) => source.pipelines());
  const deployments = sources.flatMap((source) => source.deployments());

  it('has pipelines of main and of pull requests, green, red and stopped', () => {
    const kinds = new Set(
      pipelines.map((each) => `${textAt(each, 'target.type')} ${textAt(each, 'state.result.name')}`),
    );
    for (const target of ['pipeline_ref_target', 'pipeline_pullrequest_target']) {
      for (const result of ['SUCCESSFUL', 'FAILED', 'STOPPED'])
        expect(kinds).toContain(`${target} ${result}`);
    }
  });

  it('has deployments to three environments, with failures and rollbacks', () => {
    const names = new Set(deployments.map((each) => textAt(each, 'environment.name')));
    expect([...names].toSorted()).toEqual(['Production', 'Staging', 'Test']);
    const failed = deployments.filter((each) => at(each, 'state.status.name') === 'FAILED');
    expect(failed.length / deployments.length).toBeGreaterThan(0.01);
    expect(failed.length / deployments.length).toBeLessThan(0.08);
    const places = deployments.map(
      (each) => `${textAt(each, 'release.pipeline.uuid')} ${textAt(each, 'environment.uuid')}`,
    );
    expect(places.length - new Set(places).size).toBeGreaterThan(3);
  });

  it('gives each pull request the statuses of its pipelines', () => {
    for (const source of sources) {
      const built = new Map<unknown, string[]>();
      for (const pipeline of source.pipelines()) {
        const id = at(pipeline, 'target.pullrequest.id');
        built.set(id, [...(built.get(id) ?? []), textAt(pipeline, 'state.result.name')]);
      }
      for (const id of source.pullRequestIds()) {
        const states = source.statuses(id).map((status) => textAt(status, 'state'));
        expect(states.toReversed()).toEqual(built.get(id) ?? []);
      }
    }
  });
});
