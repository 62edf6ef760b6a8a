import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AS_VIEWER, startInProcessApp, VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { eventsAt } from '../../test/neighbour';
import { openPullRequest, smallWorkspace, WORKSPACE_UUID } from '../../test/small-workspace';
import { resolve } from '../../src/views/resolver';
import type { SelfReport } from '../../src/views/reports/self-report';
import { UsageError } from '../start/options';
import { checkDeployed } from './command';

const NOW = Date.UTC(2026, 10, 21, 12);

let now = NOW;
let folder: string;
let forge: InProcessApp;
beforeEach(async () => {
  now = NOW;
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  for (const kind of ['info', 'warn', 'error'] as const) jest.spyOn(console, kind).mockReturnValue();
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-check-'));
  const opened = openPullRequest(1, 'ann', new Date(NOW - 86_400_000).toISOString());
  forge = await startInProcessApp(smallWorkspace([opened]));
  await forge.install();
  await forge.drain();
  await forge.tick();
  now += 300_000;
  await forge.tick();
  await forge.drain();
});
afterEach(async () => {
  await forge.close();
  rmSync(folder, { recursive: true });
  jest.restoreAllMocks();
});

/** The report as the settings page gets it, in a context as Forge's is assumed to be. */
async function report(): Promise<SelfReport> {
  const context = {
    accountId: VIEWER_ACCOUNT,
    accountType: 'licensed',
    locale: 'en-US',
    extension: { workspace: { uuid: WORKSPACE_UUID } },
  };
  const answer = (await (resolve as (call: unknown, more: unknown) => Promise<unknown>)(
    { call: { functionKey: 'selfReport', payload: {} }, context },
    { ...AS_VIEWER, installContext: `ari:cloud:bitbucket::workspace/${WORKSPACE_UUID}` },
  )) as { readonly ok: boolean; readonly data: SelfReport };
  expect(answer).toMatchObject({ ok: true });
  return answer.data;
}

/** Verdicts by name, and the status. */
function check(told: unknown): { readonly status: number; readonly [name: string]: unknown } {
  const file = path.join(folder, 'report.json');
  writeFileSync(file, typeof told === 'string' ? told : JSON.stringify(told));
  const checked = checkDeployed([file]);
  if (checked === 'help') throw new Error('It was asked for a report.');
  const verdicts = checked.lines.slice(1).map((line): [string, string] => {
    const [, verdict = '', name = ''] = /^(holds|DOES NOT HOLD|not seen yet) +([a-z-]+)/.exec(line) ?? [];
    return [name, verdict];
  });
  return { status: checked.status, ...Object.fromEntries(verdicts) };
}

const seconds = (): number => Math.floor(now / 1_000);

it('reads what a healthy app reports after its events', async () => {
  // The last of them does not fit.
  for (const event of eventsAt(now - 20_000).slice(0, -1)) await forge.emit(event);
  const told = await report();
  expect(check(told)).toMatchObject({
    status: 0,
    'storage-plain-keys': 'holds',
    'storage-create-once': 'holds',
    'storage-lifetimes': 'holds',
    'storage-entities': 'holds',
    'storage-conditions': 'holds',
    'storage-all-or-nothing': 'holds',
    'storage-queries': 'holds',
    'store-version': 'holds',
    'event-delay': 'holds',
    'event-timestamps': 'holds',
    'event-optional-fields': 'holds',
    'events-delivered': 'not seen yet',
    'events-understood': 'holds',
    'rate-limit-headers': 'holds',
    'retry-after-header': 'not seen yet',
    'installation-context': 'holds',
    'viewer-context': 'holds',
  });
  expect(told.asOf).toBe(seconds());
});

it('counts delays and fields, and says no more of an event', async () => {
  const [, event = {}] = eventsAt(now - 2_000);
  for (const late of [0, 10_000, 100_000, 4_000_000]) {
    await forge.emit({
      ...event,
      timestamp: new Date(now - late).toISOString(),
      pullrequest: { id: 1, state: 'OPEN', taskCount: late },
    });
  }
  const { timestamp, ...undated } = event;
  expect(timestamp).toBeDefined();
  await forge.emit({ ...undated, pullrequest: { id: 1, state: 'OPEN' } });
  const { events } = await report();
  expect(events.types).toMatchObject([
    { type: 'avi:bitbucket:updated:pullrequest', count: 5, delays: [1, 1, 0, 1, 0, 0, 1] },
  ]);
  const fields = new Map(events.types[0]?.fields.map(({ path: name, ...counts }) => [name, counts]));
  expect(fields.get('timestamp')).toEqual({ present: 4, of: 5 });
  expect(fields.get('pullrequest.taskCount')).toEqual({ present: 4, of: 5 });
  expect(fields.get('repository.slug')).toEqual({ present: 0, of: 5 });
  expect(fields.has('push.mainbranch')).toBe(false);
});

it('leaves nothing in the store', async () => {
  await report();
  expect(forge.app.store.dump().filter(({ key }) => key.includes('featurecheck'))).toEqual([]);
});

it('ends with status 1 where something does not hold', async () => {
  const told = await report();
  const withStorage = {
    ...told.storage,
    conditions: { state: 'wrong' },
    queries: { state: 'refused', code: 'NO' },
  };
  expect(check({ ...told, storage: withStorage })).toMatchObject({
    status: 1,
    'storage-conditions': 'DOES NOT HOLD',
    'storage-queries': 'DOES NOT HOLD',
    'event-delay': 'not seen yet',
  });
  expect(check({ ...told, headers: [] })).toMatchObject({ status: 1, 'rate-limit-headers': 'DOES NOT HOLD' });
  expect(check({ ...told, headers: null })).toMatchObject({
    status: 0,
    'rate-limit-headers': 'not seen yet',
  });
  const late = { type: 'avi:bitbucket:push:repository', count: 3, delays: [1, 0, 0, 0, 0, 0, 2], fields: [] };
  expect(check({ ...told, events: { types: [late], refused: 2 } })).toMatchObject({
    status: 1,
    'event-delay': 'DOES NOT HOLD',
    'events-understood': 'DOES NOT HOLD',
  });
  const context = { ...told.context, installation: 'other' };
  expect(check({ ...told, context })).toMatchObject({ status: 1, 'installation-context': 'DOES NOT HOLD' });
});

it.each([
  ['no JSON', 'half of a {', 'this is not JSON'],
  ['another document', '{"format": "throughline-export"}', 'wrong at "format"'],
  ['a part of a report', '{"format": "throughline-self-report", "version": 1}', 'wrong at "asOf"'],
  ['another version', '{"format": "throughline-self-report", "version": 2}', 'wrong at "version"'],
])('says of %s in a sentence what is wrong', (_, text, sentence) => {
  expect(() => check(text)).toThrow(UsageError);
  expect(() => check(text)).toThrow(sentence);
});

it('says what to do without a report', () => {
  expect(() => checkDeployed([])).toThrow('Name one report');
  expect(() => checkDeployed([path.join(folder, 'none.json')])).toThrow('there is no such file');
  expect(checkDeployed(['--help'])).toBe('help');
});
