import { slugOf, uuidOf } from '../../test/many-repositories';
import { withoutBraces } from '../storage/keys';
import { MINUTE, NOW, seconds, slugs, WorkspaceScene } from './workspace-testing';

let scene: WorkspaceScene;
afterEach(() => scene.close());

describe('tells of each repository', () => {
  it('its figures as they are stored, and how far its import is', async () => {
    scene = await WorkspaceScene.start(6);
    await scene.install();
    const { repositories, total, unknown, nextPage, importing } = await scene.report();
    expect(slugs(repositories)).toEqual([1, 2, 3, 4, 5, 6].map(slugOf));
    expect(repositories[5]).toMatchObject({
      uuid: uuidOf(6),
      summary: {
        asOf: seconds(NOW),
        state: 'complete',
        done: 6,
        expected: 6,
        readSince: 0,
        lastReconciledAt: null,
        figures: {
          merged: 6,
          time_to_merge: { n: 6, p50: 6 * 3_600 },
          time_to_first_review: { n: 6, p50: 3_600 },
          unreviewed_merge_rate: { n: 6, value: 0 },
        },
        previousFigures: { merged: 0, time_to_merge: { n: 0, p50: null } },
        mergesByWeek: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 5],
        open: 0,
        openOverP85: 0,
      },
    });
    expect({ total, unknown, nextPage }).toEqual({ total: 6, unknown: 0, nextPage: null });
    expect(importing).toEqual({ remainingSeconds: null, pausedUntil: null });
  });

  it('that it is known, while nothing else is', async () => {
    scene = await WorkspaceScene.start(3);
    await scene.store(1, 2, null);
    const { repositories, unknown } = await scene.report();
    expect(repositories.map(({ slug, summary }) => [slug, summary?.state, summary?.readSince])).toEqual([
      [slugOf(1), 'waiting', null],
      [slugOf(2), 'waiting', null],
    ]);
    expect(unknown).toBe(1);
  });

  it('nothing at all before the installation is through', async () => {
    scene = await WorkspaceScene.start(3);
    expect(await scene.report()).toMatchObject({ repositories: [], unknown: 3, total: 3, nextPage: null });
  });
});

describe('shows to a viewer what Bitbucket shows', () => {
  const HIDDEN = new Map([
    ['ann', [2, 5]],
    ['ben', [1, 3, 4, 6]],
    ['eve', [1, 2, 3, 4, 5, 6]],
  ]);
  const mayRead = (account: string, uuid: string): boolean =>
    !(HIDDEN.get(account) ?? []).some((number) => uuidOf(number) === uuid);

  beforeEach(async () => {
    scene = await WorkspaceScene.start(6, mayRead);
    await scene.install();
  });

  it.each([
    ['ann', [1, 3, 4, 6]],
    ['ben', [2, 5]],
    ['eve', []],
  ])('%s: %j and of the others neither uuid nor slug nor count', async (account, visible) => {
    scene.viewers.account = account;
    // The second answer comes from what was kept.
    for (let look = 0; look < 2; look += 1) {
      const seen = await scene.report();
      expect(slugs(seen.repositories)).toEqual(visible.map(slugOf));
      expect([seen.total, seen.unknown]).toEqual([visible.length, 0]);
      const said = JSON.stringify(seen);
      for (const hidden of HIDDEN.get(account) ?? []) {
        expect(said).not.toContain(withoutBraces(uuidOf(hidden)));
        expect(said).not.toContain(`"${slugOf(hidden)}"`);
      }
    }
  });

  it('asks again after ten minutes, and not before', async () => {
    const asked = async (): Promise<number> => {
      const before = scene.viewers.bitbucket.requests.total;
      await scene.report();
      return scene.viewers.bitbucket.requests.total - before;
    };
    expect(await asked()).toBe(1);
    expect(await asked()).toBe(0);
    scene.viewers.account = 'ben';
    expect(await asked()).toBe(1);
    scene.viewers.account = 'ann';
    scene.now += 10 * MINUTE - 1_000;
    expect(await asked()).toBe(0);
    HIDDEN.set('ann', [1, 2, 3, 4, 5]);
    expect(slugs((await scene.report()).repositories)).toHaveLength(4);
    scene.now += 1_000;
    expect(slugs((await scene.report()).repositories)).toEqual([slugOf(6)]);
    HIDDEN.set('ann', [2, 5]);
  });

  it('asks and keeps nothing for somebody whom Forge does not name', async () => {
    const before = scene.viewers.bitbucket.requests.total;
    expect(await scene.ask(1, { account: null })).toMatchObject({ ok: false, cause: 'no-viewer' });
    expect(scene.viewers.bitbucket.requests.total).toBe(before);
    expect(scene.forge.app.store.dump().filter(({ key }) => key.startsWith('visible:'))).toEqual([]);
  });

  it('stores neither the account nor a name of a repository with what it keeps', async () => {
    await scene.report();
    const kept = scene.forge.app.store.dump().filter(({ key }) => key.startsWith('visible:'));
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toMatch(/ann|repository-\d/);
  });

  it('tells nothing in another workspace, not even to who has just been here', async () => {
    await scene.report();
    const uuid = '{99999999-8e48-479c-8ca2-442e46c90570}';
    expect(await scene.report(1, { uuid })).toMatchObject({
      repositories: [],
      unknown: 0,
      total: null,
      nextPage: null,
    });
    expect(await scene.ask(1, { uuid: '' })).toMatchObject({ ok: false, cause: 'no-workspace' });
  });

  it('says so where Bitbucket does not answer, and keeps nothing of it', async () => {
    scene.viewers.bitbucket.faults = () => ({ status: 503 });
    expect(await scene.ask()).toMatchObject({ ok: false, cause: 'unavailable' });
    scene.viewers.bitbucket.faults = null;
    expect(slugs((await scene.report()).repositories)).toHaveLength(4);
  });
});

describe('in parts', () => {
  it('gives 250 repositories without loss or double, also when one comes between', async () => {
    scene = await WorkspaceScene.start(250);
    await scene.store(1, 250, {});
    const first = await scene.report(1);
    scene.source.add();
    const second = await scene.report(2);
    expect([first.repositories.length, first.total, first.nextPage]).toEqual([200, 250, 2]);
    expect([second.repositories.length, second.unknown, second.nextPage]).toEqual([50, 1, null]);
    expect(slugs([...first.repositories, ...second.repositories])).toEqual(
      Array.from({ length: 250 }, (_, index) => slugOf(index + 1)),
    );
    // What the whole workspace's import takes is told once.
    expect([first.importing === null, second.importing]).toEqual([false, null]);
    expect(await scene.report(3)).toMatchObject({ repositories: [], unknown: 0, nextPage: null });
  });

  it('reads 200 repositories in 13 requests to storage and 13 units of 10 KB', async () => {
    scene = await WorkspaceScene.start(250);
    await scene.store(1, 250, {});
    // The first look keeps what Bitbucket said, and counts the workspace's tasks.
    await scene.report(1);
    const before = scene.forge.app.store.usage().readUnits;
    expect(await scene.requestsOf(() => scene.report(1))).toBeLessThanOrEqual(13);
    expect(scene.forge.app.store.usage().readUnits - before).toBeLessThanOrEqual(13);
  });

  it.each([0, -1, 1.5, 101, '1', null, 'https://api.bitbucket.org/2.0/repositories/other?page=2'])(
    'refuses the page %j',
    async (page) => {
      scene = await WorkspaceScene.start(1);
      expect(await scene.ask(page)).toMatchObject({ ok: false, cause: 'bad-request' });
      expect(scene.viewers.bitbucket.requests.total).toBe(0);
    },
  );
});
