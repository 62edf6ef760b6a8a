/** What the import of all 30 recorded repositories costs, frugal and pull request by pull request: the same facts. */
import path from 'node:path';
import type { FaultHook } from '../../local/bitbucket/server';
import { openRecording } from '../../local/bitbucket/recorded-workspace';
import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { withoutBraces } from '../../src/storage/keys';
import { readWholeRepository } from '../../src/storage/repository-view';
import { startInProcessApp } from '../in-process-app';
import { describeWithSharedData } from '../shared-data';

const NOW = Date.UTC(2020, 5, 1);
const TIMEOUT = 400_000;

/** The endpoints that answer for a whole repository; where Bitbucket refuses them, each pull request is asked for. */
const WIDE = ['/pullrequests/activity', '{repo_slug}/commits'];

const refuseWide: FaultHook = ({ endpoint }) =>
  WIDE.some((end) => endpoint.endsWith(end)) ? { status: 403, body: 'Forbidden' } : undefined;

interface Reading {
  readonly facts: ReadonlyMap<string, PullRequestFacts>;
  readonly byEndpoint: Readonly<Record<string, number>>;
}

describeWithSharedData('the requests of an import of 3,775 pull requests', (data) => {
  const source = openRecording(path.join(data, 'bitbucket-archive'));
  let frugal: Reading;
  let reference: Reading;

  beforeAll(async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
    frugal = await read(null);
    reference = await read(refuseWide);
    clock.mockRestore();
  }, TIMEOUT);

  /** Imports everything; diffstats are read afterwards and are not part of what is compared. */
  async function read(faults: FaultHook | null): Promise<Reading> {
    const app = await startInProcessApp(source);
    app.bitbucket.faults = faults;
    try {
      await app.install();
      await app.drain();
      const facts = new Map<string, PullRequestFacts>();
      for (const repository of source.repositories()) {
        const { uuid } = repository.repository();
        if (typeof uuid !== 'string') continue;
        for (const each of (await readWholeRepository(withoutBraces(uuid))).facts) {
          facts.set(`${uuid} ${each.id}`, each);
        }
      }
      return { facts, byEndpoint: app.bitbucket.requests.byEndpoint() };
    } finally {
      await app.close();
    }
  }

  const totalOf = ({ byEndpoint }: Reading): number =>
    Object.entries(byEndpoint).reduce(
      (sum, [endpoint, count]) => (endpoint.includes('/diffstat') ? sum : sum + count),
      0,
    );

  it('gives the same facts, one by one', () => {
    const different = [...reference.facts].filter(
      ([name, facts]) => JSON.stringify(frugal.facts.get(name)) !== JSON.stringify(facts),
    );
    expect(different.slice(0, 3)).toEqual([]);
    expect(frugal.facts.size).toBe(3_775);
    expect(reference.facts.size).toBe(3_775);
  });

  it('takes at most half a request a pull request', () => {
    expect(totalOf(frugal) / frugal.facts.size).toBeLessThanOrEqual(0.5);
  });

  it('is held to the exact counts', () => {
    const named = ({ byEndpoint }: Reading): Record<string, number> =>
      Object.fromEntries(
        Object.entries(byEndpoint)
          .filter(([endpoint]) => !endpoint.includes('/diffstat'))
          .map(([endpoint, count]) => [
            endpoint.replace('GET /repositories/{workspace}', '').replace('/{repo_slug}', ''),
            count,
          ]),
      );
    expect(named(frugal)).toEqual({
      '': 1,
      // Fifteen of them tell where the diffstats of recent ones are.
      '/pullrequests': 127,
      '/pullrequests/activity': 968,
      '/commits': 263,
      '/pullrequests/{id}/activity': 52,
      '/pullrequests/{id}/commits': 414,
      '/pipelines': 30,
    });
    expect(named(reference)).toEqual({
      '': 1,
      '/pullrequests': 127,
      // Each repository asks for both once, and is refused.
      '/pullrequests/activity': 30,
      '/commits': 30,
      '/pullrequests/{id}/activity': 3_928,
      '/pullrequests/{id}/commits': 3_809,
      '/pipelines': 30,
    });
  });
});
