import { slugOf, uuidOf } from '../../test/many-repositories';
import { WORKSPACE_UUID } from '../../test/small-workspace';
import { set } from '../storage/forge-storage';
import { key, withoutBraces } from '../storage/keys';
import { saveSummary, type RepositorySummary } from '../storage/repository-summaries';
import { changeSettings } from '../storage/workspace-settings';
import { renewSummary } from '../sync/summarise';
import { DAY, HOUR, MINUTE, NOW, seconds, slugs, WorkspaceScene } from './workspace-testing';

let scene: WorkspaceScene;
afterEach(() => scene.close());

const storedSummaries = (): readonly string[] =>
  scene.forge.app.store
    .dump()
    .filter(({ key }) => key.startsWith('summary:'))
    .map(({ key }) => key.slice('summary:'.length));

describe('a summary is renewed', () => {
  const summaryOf = async (number: number): Promise<RepositorySummary | null | undefined> =>
    (await scene.report()).repositories.find(({ slug }) => slug === slugOf(number))?.summary;

  it('by the import, at the end of each of its phases', async () => {
    scene = await WorkspaceScene.start(3);
    // The list is read, the activity is not: only the first phase ends.
    scene.forge.bitbucket.faults = ({ endpoint }) =>
      endpoint.endsWith('/pullrequests/activity') ? { status: 500 } : undefined;
    await scene.install();
    const requests = await scene.requestsOf(async () => {
      expect(await summaryOf(3)).toMatchObject({ state: 'importing', readSince: null, done: 0, expected: 3 });
    });
    // None was renewed because somebody looked: the list, three summaries in a batch, and the workspace's progress.
    expect(requests).toBeLessThan(15);
    scene.forge.bitbucket.faults = null;
    scene.now += 5 * MINUTE;
    await scene.forge.tick();
    await scene.forge.drain();
    expect(await summaryOf(3)).toMatchObject({
      asOf: seconds(scene.now),
      state: 'complete',
      readSince: 0,
      figures: { merged: 3 },
    });
  });

  it('by each comparison with Bitbucket', async () => {
    scene = await WorkspaceScene.start(1);
    await scene.install();
    expect(await summaryOf(1)).toMatchObject({ asOf: seconds(NOW), lastReconciledAt: null });
    scene.now += DAY + HOUR;
    for (let tick = 0; tick < 3; tick += 1) {
      await scene.forge.tick();
      await scene.forge.drain();
      scene.now += 5 * MINUTE;
    }
    const at = seconds(NOW + DAY + HOUR);
    const stored = await scene.requestsOf(async () => {
      expect(await summaryOf(1)).toMatchObject({ asOf: at, lastReconciledAt: at, figures: { merged: 1 } });
    });
    expect(stored).toBeLessThan(15);
  });

  it('because somebody looks, when it is missing or older than a day, ten at a look, the oldest first', async () => {
    scene = await WorkspaceScene.start(25);
    await scene.store(1, 3, null);
    await scene.store(4, 13, { asOf: seconds(NOW - DAY) });
    await scene.store(14, 23, { asOf: seconds(NOW - DAY + MINUTE) });
    await scene.store(24, 25, { asOf: seconds(NOW - 2 * DAY) });
    const renewed = async (): Promise<readonly (string | null)[]> =>
      slugs(
        (await scene.report()).repositories.filter(({ summary }) => summary?.asOf === seconds(scene.now)),
      );
    expect(await renewed()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 24, 25].map(slugOf));
    expect(await renewed()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 24, 25].map(slugOf));
    expect(storedSummaries()).toHaveLength(25);
  });

  it('sooner while its import runs', async () => {
    scene = await WorkspaceScene.start(2);
    await scene.store(1, 2, { asOf: seconds(NOW - 10 * MINUTE) });
    await saveSummary(
      withoutBraces(uuidOf(2)),
      scene.aSummary({ slug: slugOf(2), asOf: seconds(NOW - 10 * MINUTE), state: 'importing' }),
    );
    expect((await summaryOf(1))?.asOf).toBe(seconds(NOW - 10 * MINUTE));
    expect((await summaryOf(2))?.asOf).toBe(seconds(NOW));
  });

  it('after settings changed that its figures depend on', async () => {
    scene = await WorkspaceScene.start(2);
    await scene.store(1, 1, { asOf: seconds(NOW - HOUR) });
    await scene.store(2, 2, { asOf: seconds(NOW - HOUR) + 1 });
    await changeSettings((settings) => ({
      detail: { ...settings, changedAt: seconds(NOW - HOUR) },
      result: undefined,
    }));
    expect((await summaryOf(1))?.asOf).toBe(seconds(NOW));
    expect((await summaryOf(2))?.asOf).toBe(seconds(NOW - HOUR) + 1);
  });

  it('where another version of the app wrote it', async () => {
    scene = await WorkspaceScene.start(1);
    await scene.store(1, 1, null);
    await set(key.summary(withoutBraces(uuidOf(1))), { version: 1, ...scene.aSummary() });
    expect(await summaryOf(1)).toMatchObject({ slug: slugOf(1), done: 0, asOf: seconds(NOW) });
  });
});

it('makes no summary of a repository that was deleted while somebody looked', async () => {
  scene = await WorkspaceScene.start(1);
  expect(await renewSummary(withoutBraces(uuidOf(1)), seconds(NOW))).toBeNull();
  expect(storedSummaries()).toEqual([]);
});

it('keeps the longest summary below half a KB, and reads back what it wrote', async () => {
  scene = await WorkspaceScene.start(1);
  await saveSummary(withoutBraces(uuidOf(1)), scene.aSummary());
  expect((await scene.report()).repositories).toEqual([
    { uuid: uuidOf(1), slug: scene.aSummary().slug, summary: scene.aSummary() },
  ]);
  const stored = scene.forge.app.store.dump().filter(({ key: where }) => where.startsWith('summary:'));
  expect(Buffer.byteLength(JSON.stringify(stored[0]?.value))).toBeLessThan(500);
});

it('removes the summary with the repository, and does not make it again', async () => {
  scene = await WorkspaceScene.start(2);
  await scene.install();
  expect(storedSummaries()).toHaveLength(2);
  await scene.forge.emit({
    eventType: 'avi:bitbucket:deleted:repository',
    workspaceId: WORKSPACE_UUID,
    workspace: { uuid: WORKSPACE_UUID },
    repository: { uuid: uuidOf(1) },
  });
  await scene.forge.drain();
  expect(storedSummaries()).toEqual([withoutBraces(uuidOf(2))]);
  // Bitbucket may still list it for a while.
  expect(await scene.report()).toMatchObject({ repositories: [{ slug: slugOf(2) }], unknown: 1 });
  expect(storedSummaries()).toEqual([withoutBraces(uuidOf(2))]);
});
