/** Functions that are built anew under a running host. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  fixtureBundle,
  removeFixtureBundle,
  startFixture,
  temporaryFolder,
  until,
  type Fixture,
} from './testing/fixture-host';

let bundleDirectory: string;
let fixture: Fixture;

beforeEach(async () => {
  bundleDirectory = temporaryFolder();
  cpSync(await fixtureBundle(), bundleDirectory, { recursive: true });
  // Long enough for somebody to look at it in its middle.
  change('setTimeout(resolve2, 5)', 'setTimeout(resolve2, 500)');
  fixture = await startFixture({ bundleDirectory });
});
afterEach(async () => {
  await fixture.close();
  rmSync(bundleDirectory, { recursive: true });
});
afterAll(removeFixtureBundle);

function change(text: string, by: string): void {
  const file = path.join(bundleDirectory, 'index.cjs');
  const before = readFileSync(file, 'utf8');
  expect(before).toContain(text);
  writeFileSync(file, before.replace(text, by));
}

it('later invocations run the new bundle, and what runs ends as it began', async () => {
  const { host, ask, stored } = fixture;
  await expect(ask('fail')).rejects.toThrow('the resolver failed');
  const running = ask('who', { value: 'slow' });
  // Nobody may wait for it when it fails.
  running.catch(() => undefined);
  await until(() => stored('who:slow') === 'slow', 'the invocation to be in its middle');

  change('the resolver failed', 'the new resolver failed');
  await expect(ask('fail')).rejects.toThrow('the resolver failed');
  host.renewFunctions();
  await expect(ask('fail')).rejects.toThrow('the new resolver failed');
  expect(await running).toMatchObject({ stored: 'slow', sameInvocation: true });
});
