/** What a refresh asks of Bitbucket, and that what it does not ask for again is still what Bitbucket would say. */
import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { inOrder, weekOfDemo } from '../../test/sync/week-of-events';
import { NOTHING_OBSERVED } from '../facts/observations';
import { withoutBraces } from '../storage/keys';
import { readPullRequests } from '../storage/pull-requests';
import { spending } from './budgeted-caller';
import { readFacts } from './read-facts';

const BEGINS_AT = Date.UTC(2026, 10, 14, 9);
const SEED = 20_261_121;
const TWO_DAYS = 2 * 24 * 3_600_000;

/** Events that change neither the source commit nor the state. */
const LEAVES_COMMITS = /pullrequest-(comment|reviewer-status)$/;

interface SomeEvent {
  readonly eventType: string;
  readonly pullrequest?: { readonly id: number };
}

let app: InProcessApp;
let now: number;
beforeEach(() => {
  now = BEGINS_AT;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await app.close();
});

it('holds after each event what reading all of it would give, and asks only for what can have changed', async () => {
  const week = weekOfDemo(SEED, BEGINS_AT);
  const repository = withoutBraces(week.repositoryUuid);
  const address = { workspaceUuid: week.source.workspace.uuid, repositoryUuid: week.repositoryUuid };
  app = await startInProcessApp(week.source);
  await app.install();
  await app.drain();
  const touched = new Set<number>();
  let reviews = 0;
  for (const { at, payload } of inOrder(weekOfDemo(SEED, BEGINS_AT).liveUntil(BEGINS_AT + TWO_DAYS))) {
    const { eventType, pullrequest } = payload as SomeEvent;
    const id = pullrequest?.id;
    week.liveUntil(at);
    now = at;
    const before = requests();
    await app.emit(payload);
    await app.drain();
    if (id === undefined) continue;
    touched.add(id);
    const made = requests() - before;
    const stored = (await readPullRequests(repository, [id])).get(id);
    const asked = requests();
    const reading = { observations: NOTHING_OBSERVED, now: at / 1000, stored: null };
    const read = await spending('live', (caller) => readFacts(caller, address, id, reading));
    if (LEAVES_COMMITS.test(eventType)) {
      reviews += 1;
      // The pull request and its activity, instead of commits and the diffstat as well.
      expect([made, requests() - asked]).toEqual([2, 4]);
    }
    // What only events tell is not read.
    const withdrawnApprovals = stored?.facts.withdrawnApprovals;
    expect(stored?.facts).toEqual({ ...read.facts, withdrawnApprovals });
  }
  expect(touched.size).toBeGreaterThan(10);
  expect(reviews).toBeGreaterThan(10);
});

function requests(): number {
  return Object.values(app.bitbucket.requests.byEndpoint()).reduce((sum, count) => sum + count, 0);
}
