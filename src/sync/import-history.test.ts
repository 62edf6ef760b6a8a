import fc from 'fast-check';
import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { openPullRequest, REPOSITORY_ID, smallWorkspace, WORKSPACE_UUID } from '../../test/small-workspace';
import { readImport, unfinishedImports } from '../storage/repositories';
import { readWholeRepository } from '../storage/repository-view';
import { importPage } from './import-history';
import { resumeImports } from './resume-imports';

const NOW = Date.UTC(2026, 9, 10) / 1000;
const COUNT = 120;

const pullRequests = Array.from({ length: COUNT }, (_, index) =>
  openPullRequest(index + 1, 'ann', new Date(Date.UTC(2026, 8, 1) + index * 3_600_000).toISOString()),
);

let forge: InProcessApp;
beforeEach(async () => {
  forge = await startInProcessApp(smallWorkspace(pullRequests));
});
afterEach(() => forge.close());

const storedIds = async (): Promise<readonly number[]> =>
  (await readWholeRepository(REPOSITORY_ID)).facts.map((facts) => facts.id).sort((a, b) => a - b);

const everyId = pullRequests.map((_, index) => index + 1);

it('imports every pull request of every repository after the installation', async () => {
  await forge.install();
  expect(await forge.drain()).not.toContainEqual(expect.objectContaining({ _retry: true }));
  expect(await storedIds()).toEqual(everyId);
  expect(await readImport(REPOSITORY_ID)).toMatchObject({
    state: 'complete',
    stored: COUNT,
    expected: COUNT,
  });
  expect(await unfinishedImports()).toEqual([]);
});

it('reads the newest first, a page a step, and saves its place', async () => {
  await importPage(WORKSPACE_UUID, REPOSITORY_ID, NOW);
  expect(await storedIds()).toEqual(everyId.slice(-50));
  expect(await readImport(REPOSITORY_ID)).toMatchObject({ state: 'importing', stored: 50, expected: COUNT });
});

it('costs one list request a page and three a pull request, and asks for no text', async () => {
  await forge.install();
  await forge.drain();
  const counts = forge.bitbucket.requests.byEndpoint();
  const of = (end: string): number =>
    Object.entries(counts).reduce(
      (sum, [endpoint, count]) => (endpoint.endsWith(end) ? sum + count : sum),
      0,
    );
  expect(of('/pullrequests')).toBe(3);
  expect(of('/activity')).toBe(COUNT);
  expect(of('/commits')).toBe(COUNT);
  for (const { path } of forge.bitbucket.requests.recent()) {
    expect(decodeURIComponent(path)).not.toMatch(/title|description|display_name|content|message|nickname/);
  }
});

it('resumes where it was killed: after any failure the end is the same', async () => {
  await importPage(WORKSPACE_UUID, REPOSITORY_ID, NOW);
  const complete = await storedAfter(null);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (failing) => {
      expect(await storedAfter(failing)).toEqual(complete);
    }),
    { numRuns: 6 },
  );
}, 120_000);

/** What a fresh app stores when the given request (counted from the start) is answered 500, then is tried again. */
async function storedAfter(failing: number | null): Promise<unknown> {
  await forge.close();
  forge = await startInProcessApp(smallWorkspace(pullRequests));
  let asked = 0;
  forge.bitbucket.faults = () => {
    asked += 1;
    return asked === failing ? { status: 500 } : undefined;
  };
  for (let step = 'more'; step === 'more';) {
    try {
      step = await importPage(WORKSPACE_UUID, REPOSITORY_ID, NOW);
    } catch {
      step = 'more';
    }
  }
  const { facts, task } = await readWholeRepository(REPOSITORY_ID);
  return { facts: facts.toSorted((a, b) => a.id - b.id), task };
}

describe('the five-minute schedule', () => {
  it('discovers the workspace where the installation’s event never came', async () => {
    await resumeImports(WORKSPACE_UUID, NOW);
    await forge.drain();
    expect(await storedIds()).toEqual(everyId);
    await resumeImports(WORKSPACE_UUID, NOW);
    expect(forge.queue).toEqual([]);
  });

  it('sends an import that fell silent on its way again, and leaves a running one alone', async () => {
    await forge.install();
    const discover = forge.queue.splice(0);
    expect(discover).toHaveLength(1);
    forge.queue.push(...discover);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW * 1000);
    const first = forge.queue.shift();
    if (!first) throw new Error('no message');
    const { importHistory } = await import('./functions');
    await importHistory({ body: first.body, queueName: 'import', jobId: 'j', eventId: 'e' });
    clock.mockRestore();
    forge.queue.length = 0;
    await resumeImports(WORKSPACE_UUID, NOW + 60);
    expect(forge.queue).toEqual([]);
    await resumeImports(WORKSPACE_UUID, NOW + 3_600);
    expect(forge.queue).toMatchObject([{ body: { kind: 'import-repository', repository: REPOSITORY_ID } }]);
  });
});
