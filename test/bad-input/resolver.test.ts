/** Wrong requests of screens: each resolver function answers or refuses with a cause, whatever the browser or Forge sends. */
import { chance } from '../../local/demo/random';
import { ACCESS } from '../../src/views/access';
import type { Answer, FailureCause, ResolverFunction } from '../../src/views/contract';
import { resolve } from '../../src/views/resolver';
import { startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../in-process-app';
import { REQUESTS } from '../resolver-requests';
import { openPullRequest, REPOSITORY_UUID, smallWorkspace, WORKSPACE_UUID } from '../small-workspace';
import { casesOf, SEED } from './cases';
import { MARKER, mutated } from './mutations';

const CAUSES: Readonly<Record<FailureCause, true>> = {
  'bad-request': true,
  'no-repository': true,
  'no-pull-request': true,
  'no-workspace': true,
  'nothing-yet': true,
  'team-too-small': true,
  'people-hidden': true,
  'not-allowed': true,
  'no-viewer': true,
  'left-out': true,
  disconnected: true,
  'newer-store': true,
  unavailable: true,
};

const NOW = Date.UTC(2026, 9, 31);
const SLOWEST_MILLISECONDS = 5_000;

const CONTEXT = {
  accountType: 'licensed',
  extension: {
    repository: { uuid: REPOSITORY_UUID },
    pullRequest: { id: 1 },
    workspace: { uuid: WORKSPACE_UUID },
  },
};

/** What Forge itself adds: nobody else can change it. */
const BACKEND = {
  principal: { accountId: VIEWER_ACCOUNT },
  installContext: `ari:cloud:bitbucket::workspace/${WORKSPACE_UUID}`,
};

let forge: InProcessApp;
beforeAll(async () => {
  jest.spyOn(Date, 'now').mockReturnValue(NOW);
  forge = await startInProcessApp(smallWorkspace([openPullRequest(1, 'ann', '2026-10-30T00:00:00Z')]));
  await forge.install();
  await forge.drain();
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await forge.close();
});

/** What ends the reading of the others comes last. */
const FUNCTIONS = (Object.keys(ACCESS) as ResolverFunction[]).toSorted(
  (a, b) => Number(ACCESS[a].changes ?? false) - Number(ACCESS[b].changes ?? false),
);

it.each(FUNCTIONS)('%s answers or refuses', async (name) => {
  const luck = chance(SEED + FUNCTIONS.indexOf(name));
  const cases = Math.ceil(casesOf(20) / FUNCTIONS.length);
  let refused = 0;
  let slowest = 0;
  for (let each = 0; each < cases; each += 1) {
    const isContext = luck.happens(0.3);
    const payload = isContext ? REQUESTS[name] : mutated(REQUESTS[name], luck);
    const context = isContext ? mutated(CONTEXT, luck) : CONTEXT;
    const began = performance.now();
    const answer = await ask(name, payload, context);
    slowest = Math.max(slowest, performance.now() - began);
    if (answer.ok) continue;
    refused += 1;
    expect(CAUSES[answer.cause]).toBe(true);
    expect(answer.message).not.toContain(MARKER);
    expect(answer.message.length).toBeLessThan(1_000);
  }
  expect(slowest).toBeLessThan(SLOWEST_MILLISECONDS);
  expect(refused).toBeGreaterThan(cases / 20);
});

async function ask(name: ResolverFunction, payload: unknown, context: unknown): Promise<Answer<unknown>> {
  const request = { call: { functionKey: name, payload: payload as object }, context: context as object };
  return (await resolve(request, BACKEND)) as Answer<unknown>;
}
