/** The import of a recorded repository killed at every single call: nothing is lost, and little is asked twice. */
import path from 'node:path';
import { openRecording } from '../../local/bitbucket/recorded-workspace';
import type { WorkspaceSource } from '../../local/bitbucket/workspace-source';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { withoutBraces } from '../../src/storage/keys';
import { readWholeRepository } from '../../src/storage/repository-view';
import { importProgress } from '../../src/sync/import/import-progress';
import { ignoringTheKill, startInProcessApp, type InProcessApp } from '../in-process-app';
import { describeWithSharedData } from '../shared-data';

const NOW = Date.UTC(2020, 5, 1);

/** Longer than a lease: a task of a dead runner is free again. */
const AFTER_THE_LEASE = 10 * 60_000;

const TIMEOUT = 300_000;

describeWithSharedData('an import that is killed', (data) => {
  const source = openRecording(path.join(data, 'bitbucket-archive/osrf__sandia-hand'));
  let now = NOW;
  let clock: jest.SpyInstance;
  beforeEach(() => {
    now = NOW;
    clock = jest.spyOn(Date, 'now').mockImplementation(() => now);
  });
  afterEach(() => clock.mockRestore());

  /** Runs what is due, as the five-minute schedule would, until the import is complete. */
  async function finish(app: InProcessApp): Promise<void> {
    for (let ticks = 0; ticks < 50; ticks += 1) {
      await app.drain();
      if (await isComplete(source)) return;
      now += AFTER_THE_LEASE;
      await app.tick();
    }
    throw new Error('The import did not end.');
  }

  it(
    'at any one call ends with the same facts, and repeats at most one request',
    async () => {
      const whole = await run(async (app) => {
        await app.install();
        await finish(app);
      });
      expect(whole.facts).toHaveLength(44);
      for (let call = 1; call <= whole.calls; call += 1) {
        now = NOW;
        const killed = await run(async (app) => {
          app.killAfter(call);
          await ignoringTheKill(async () => {
            await app.install();
            await app.drain();
          });
          app.revive();
          // The message of a killed function is delivered again, or was never taken: the schedule finds the work.
          app.queue.length = 0;
          now += AFTER_THE_LEASE;
          await app.tick();
          await finish(app);
        });
        expect({ call, facts: killed.facts }).toEqual({ call, facts: whole.facts });
        expect({ call, more: killed.requests - whole.requests <= 1 }).toEqual({ call, more: true });
      }
    },
    TIMEOUT,
  );

  it(
    'at each call in turn still gets there, with at most one repeated request a kill',
    async () => {
      const whole = await run(async (app) => {
        await app.install();
        await finish(app);
      });
      let kills = 0;
      const tormented = await run(async (app) => {
        await app.install();
        await app.drain();
        // A second life of the same import: every run may make one call more than the last before it dies.
        for (let calls = 1; !(await isComplete(source)) && kills < 500; calls += 1) {
          app.queue.length = 0;
          now += AFTER_THE_LEASE;
          await app.tick();
          app.killAfter(calls);
          await ignoringTheKill(() => app.drain().then(() => undefined));
          app.revive();
          kills += 1;
        }
      }, 6);
      expect(tormented.facts).toEqual(whole.facts);
      expect(tormented.requests - whole.requests).toBeLessThanOrEqual(kills);
      expect(kills).toBeGreaterThan(10);
    },
    TIMEOUT,
  );

  interface Outcome {
    readonly facts: readonly PullRequestFacts[];
    readonly requests: number;
    readonly calls: number;
  }

  /** A fresh app on the recording; `requestsPerHour` small makes the first run stop early. */
  async function run(
    live: (app: InProcessApp) => Promise<void>,
    requestsPerHour = 1_000_000,
  ): Promise<Outcome> {
    const app = await startInProcessApp(source, { requestsPerHour });
    try {
      await live(app);
      const { calls } = app;
      const { facts } = await readWholeRepository(repositoryOf(source));
      const sorted = facts.toSorted((a, b) => a.id - b.id);
      return { facts: sorted, requests: app.bitbucket.requests.total, calls };
    } finally {
      await app.close();
    }
  }
});

function repositoryOf(source: WorkspaceSource): string {
  const [repository] = source.repositories();
  const uuid = repository?.repository().uuid;
  if (typeof uuid !== 'string') throw new Error('The recording has no repository.');
  return withoutBraces(uuid);
}

async function isComplete(source: WorkspaceSource): Promise<boolean> {
  const { importTask } = await readWholeRepository(repositoryOf(source));
  return importTask !== null && importProgress(importTask).state === 'complete';
}
