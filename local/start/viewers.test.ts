/** Who sees and administers what in the demo, and in a recording. */
import { createDemoWorkspace } from '../demo/demo-workspace';
import { textOf } from '../bitbucket/values';
import { viewersOf } from './viewers';

const workspace = createDemoWorkspace({ endsAt: Date.UTC(2026, 10, 21) });
const uuids = workspace.repositories().map((each) => textOf(each.repository(), 'uuid') ?? '');
const demo = { actionsFor: () => [], run: () => ({ eventType: '', payload: {} }) };

it('the demo has an administrator of everything, a newcomer who sees two repositories, and a developer', () => {
  const { accounts, mayRead, administers } = viewersOf({ workspace, demo });
  const [you, newcomer, developer] = accounts.map(({ accountId }) => accountId);
  if (you === undefined || newcomer === undefined || developer === undefined) {
    throw new Error('The demo has too few viewers.');
  }
  expect(accounts).toHaveLength(3);
  expect(uuids.map((uuid) => mayRead(you, uuid))).toEqual(uuids.map(() => true));
  expect(uuids.map((uuid) => mayRead(newcomer, uuid))).toEqual([true, true, false, false, false]);
  expect(uuids.filter((uuid) => administers(you, uuid))).toEqual(uuids);
  expect(uuids.filter((uuid) => administers(newcomer, uuid))).toEqual([]);
  expect(accounts[2]?.displayName).toMatch(/^Developer \d+$/);
  expect(uuids.filter((uuid) => !mayRead(developer, uuid) || administers(developer, uuid))).toEqual([]);
});

it('a recording has the administrator alone', () => {
  const { accounts } = viewersOf({ workspace, demo: null });
  expect(accounts.map(({ displayName }) => displayName)).toEqual(['You']);
});
