/** Two hours of 429 in the middle of an import: nothing is lost, the hour is never overspent, live events come first. */
import { createDemoWorkspace } from '../../local/demo/demo-workspace';
import { textOf } from '../../local/bitbucket/values';
import type { RepositorySource } from '../../local/bitbucket/workspace-source';
import { withoutBraces } from '../../src/storage/keys';
import { readWholeRepository } from '../../src/storage/repository-view';
import { importProgress, type ImportProgress } from '../../src/sync/import/import-progress';
import { startInProcessApp, type InProcessApp } from '../in-process-app';

const BEGINS_AT = Date.UTC(2026, 10, 14, 9);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Small, so that the import takes hours. */
const REQUESTS_AN_HOUR = 60;

const STORM = { from: BEGINS_AT + 30 * MINUTE, to: BEGINS_AT + 30 * MINUTE + 2 * HOUR };

let now = BEGINS_AT;
let clock: jest.SpyInstance;
beforeEach(() => {
  now = BEGINS_AT;
  clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(() => clock.mockRestore());

interface Asked {
  readonly at: number;
  readonly isLive: boolean;
  readonly status: number;
}

it.each([
  ['without Retry-After', {}],
  ['with Retry-After', { 'Retry-After': '120' }],
])(
  'is survived %s',
  async (_, headers) => {
    const demo = createDemoWorkspace({ seed: 7, endsAt: BEGINS_AT });
    const repository = demo
      .repositories()
      .find((each) => textOf(each.repository(), 'slug') === 'data-pipeline');
    const uuid = repository && textOf(repository.repository(), 'uuid');
    if (!repository || typeof uuid !== 'string') throw new Error('The demo has no such repository.');
    const source = { workspace: demo.workspace, repositories: (): RepositorySource[] => [repository] };
    const app = await startInProcessApp(source, { requestsPerHour: REQUESTS_AN_HOUR });
    const asked: Asked[] = [];
    let isLive = false;
    app.bitbucket.faults = () => {
      const isStorm = now >= STORM.from && now < STORM.to;
      asked.push({ at: now, isLive, status: isStorm ? 429 : 200 });
      return isStorm
        ? { status: 429, body: 'Rate limit for this resource has been exceeded', headers }
        : undefined;
    };
    try {
      await app.install();
      const delayed: { readonly at: number; readonly message: InProcessApp['queue'][number] }[] = [];
      let events = 0;
      for (; now < BEGINS_AT + 12 * HOUR; now += 5 * MINUTE) {
        // Somebody comments every half an hour.
        if ((now - BEGINS_AT) % (30 * MINUTE) === 0 && now < BEGINS_AT + 6 * HOUR) {
          const open = repository.pullRequestIds().find((id) => repository.pullRequest(id)?.state === 'OPEN');
          const event = demo.runAction('comment', uuid, open ?? null, now);
          await app.emit(event.payload);
          events += 1;
        }
        if (now === STORM.from) expect(await progress(uuid)).toMatchObject({ state: 'importing' });
        await app.tick();
        app.queue.push(...delayed.splice(0).map(({ message }) => message));
        for (const kind of ['live', 'work']) {
          isLive = kind === 'live';
          const mine = app.queue.filter(({ queue }) => queue === kind);
          const rest = app.queue.filter(({ queue }) => queue !== kind);
          app.queue.splice(0, app.queue.length, ...mine);
          const outcomes = await app.drain();
          // What asks to come again comes with the next five minutes.
          for (const [index, outcome] of outcomes.entries()) {
            const message = mine[index];
            if (message && isRetry(outcome)) delayed.push({ at: now, message });
          }
          app.queue.push(...rest);
        }
      }
      const { facts } = await readWholeRepository(withoutBraces(uuid));
      expect(await progress(uuid)).toMatchObject({ state: 'complete', done: 150 });
      expect(facts).toHaveLength(repository.pullRequestIds().length);

      // Bitbucket's own count of any sixty minutes, refused requests included.
      for (const { at } of asked) {
        const inHour = asked.filter((each) => each.at > at - HOUR && each.at <= at).length;
        expect(inHour).toBeLessThanOrEqual(REQUESTS_AN_HOUR);
      }
      // Few are sent into the storm, each pause being longer than the last; without pauses it would be 20.
      const refused = asked.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.length).toBeLessThanOrEqual(17);
      // The first answer after the storm is a live one, and so is everything that waited.
      const after = asked.filter(({ at }) => at >= STORM.to);
      expect(after[0]?.isLive).toBe(true);
      const open = facts.find(({ id }) => id === firstOpen(repository));
      expect(open?.reviews.length).toBeGreaterThanOrEqual(events - 1);
    } finally {
      await app.close();
    }
  },
  120_000,
);

async function progress(uuid: string): Promise<ImportProgress | null> {
  const { importTask } = await readWholeRepository(withoutBraces(uuid));
  return importTask && importProgress(importTask);
}

function isRetry(outcome: unknown): boolean {
  return outcome !== null && typeof outcome === 'object' && '_retry' in outcome;
}

function firstOpen(repository: RepositorySource): number | undefined {
  return repository.pullRequestIds().find((id) => repository.pullRequest(id)?.state === 'OPEN');
}
