import { VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { REPOSITORY_UUID } from '../../test/small-workspace';
import { changeSettings, MOST_BOTS, readSettings } from '../storage/workspace-settings';
import type { AuditLine, WorkspaceSettingsChange, WorkspaceSettingsReport } from './reports/settings-report';
import { askFor, ENVIRONMENT, SECOND_UUID, startWithSettings, told } from './settings-testing';

const NOW = Date.UTC(2026, 9, 31);

let forge: InProcessApp;
let clock: jest.SpyInstance;
beforeEach(async () => {
  clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
  forge = await startWithSettings();
});
afterEach(async () => {
  clock.mockRestore();
  await forge.close();
});

const report = (): Promise<WorkspaceSettingsReport> => told('workspaceSettings', {});
const audit = async (): Promise<readonly AuditLine[]> => (await told('workspaceAudit', {})).entries;
const change = (wanted: WorkspaceSettingsChange) => told('changeWorkspaceSettings', { change: wanted });
const entry = (what: string, before: unknown, after: unknown): AuditLine => ({
  at: NOW / 1_000,
  by: VIEWER_ACCOUNT,
  what,
  before,
  after,
});

/** All but the budget: how many repositories there are is asked for on it. */
const rows = (): readonly unknown[] =>
  forge.app.store.dump().filter(({ key }) => key !== 'budget' && !key.startsWith('administrator:'));

it('begins with the defaults', async () => {
  const { figures, ...others } = await report();
  expect(others).toEqual({
    asOf: NOW / 1_000,
    showReviewers: true,
    botIds: [],
    retentionDays: null,
    leftOut: [],
  });
  expect(new Set(Object.values(figures.origins))).toEqual(new Set(['default']));
  expect(figures.values).toEqual(figures.inherited);
});

it.each<[WorkspaceSettingsChange, Partial<WorkspaceSettingsReport>, AuditLine]>([
  [
    { kind: 'show-reviewers', showReviewers: false },
    { showReviewers: false },
    entry('showReviewers', true, false),
  ],
  [{ kind: 'retention', days: 365 }, { retentionDays: 365 }, entry('retentionDays', null, 365)],
  [
    { kind: 'bot', personId: 'account-cid', isBot: true },
    { botIds: ['account-cid'] },
    entry('bot', { personId: 'account-cid', isBot: false }, { personId: 'account-cid', isBot: true }),
  ],
])('%j is saved, listed, and saved once only', async (wanted, after, line) => {
  const answer = await change(wanted);
  expect(answer).toMatchObject({ outcome: 'saved', report: after });
  expect(await report()).toEqual(answer.report);
  const before = rows();
  expect((await change(wanted)).outcome).toBe('saved');
  expect(rows()).toEqual(before);
  expect(await audit()).toEqual([line]);
});

it('gives rules to every repository that has none of its own, and takes them back', async () => {
  const { report: after } = await change({ kind: 'figures', values: { staleDays: 3, bandYear: 2021 } });
  expect(after.figures).toMatchObject({
    values: { staleDays: 3 },
    origins: { staleDays: 'workspace' },
    inherited: { staleDays: 7 },
  });
  const own = { change: { kind: 'figures', values: { bandYear: 2024 } } } as const;
  await told('changeRepositorySettings', own);
  expect((await told('repositorySettings', {})).figures).toMatchObject({
    values: { staleDays: 3, bandYear: 2024 },
    inherited: { bandYear: 2021 },
  });
  await change({ kind: 'figures', values: { staleDays: null } });
  expect((await told('repositorySettings', {}, SECOND_UUID)).figures.values).toMatchObject({
    staleDays: 7,
    bandYear: 2021,
  });
});

it('notes when something changed that figures depend on', async () => {
  const changedAt = async (): Promise<number> => (await readSettings()).changedAt;
  await change({ kind: 'show-reviewers', showReviewers: false });
  expect(await changedAt()).toBe(0);
  await change({ kind: 'figures', values: { staleDays: 3 } });
  expect(await changedAt()).toBe(NOW / 1_000);
  clock.mockReturnValue(NOW + 5_000);
  await change({ kind: 'figures', values: { staleDays: 3 } });
  expect(await changedAt()).toBe(NOW / 1_000);
  await change({ kind: 'bot', personId: 'account-cid', isBot: true });
  expect(await changedAt()).toBe(NOW / 1_000 + 5);
});

it('leaves everything as it is where a value cannot be', async () => {
  const before = rows();
  const types = { kind: 'figures', values: { productionEnvironmentTypes: [] } } as const;
  expect(await change(types)).toMatchObject({ outcome: 'no-environment' });
  const ids = { kind: 'figures', values: { productionEnvironmentIds: [ENVIRONMENT] } } as const;
  expect(await askFor('changeWorkspaceSettings', { change: ids })).toMatchObject({ cause: 'bad-request' });
  for (const personId of ['Ann Example', 'ann@example.org']) {
    const named = { kind: 'bot', personId, isBot: true } as const;
    expect(await askFor('changeWorkspaceSettings', { change: named })).toMatchObject({
      cause: 'bad-request',
    });
  }
  expect(rows()).toEqual(before);
});

it('keeps so many bots and no more', async () => {
  const botIds = Array.from({ length: MOST_BOTS }, (_, place) => `account-${place}`);
  await changeSettings((settings) => ({ detail: { ...settings, botIds }, result: undefined }));
  const one = (personId: string, isBot: boolean) => change({ kind: 'bot', personId, isBot });
  expect((await one('account-new', true)).outcome).toBe('too-many-bots');
  expect((await one('account-0', true)).outcome).toBe('saved');
  expect((await one('account-0', false)).report.botIds).toHaveLength(MOST_BOTS - 1);
  expect((await one('account-new', true)).outcome).toBe('saved');
});

it('loses nothing to other administrators at the same time', async () => {
  await Promise.all([
    change({ kind: 'retention', days: 365 }),
    change({ kind: 'bot', personId: 'account-cid', isBot: true }),
    change({ kind: 'figures', values: { staleDays: 3 } }),
  ]);
  expect(await report()).toMatchObject({
    retentionDays: 365,
    botIds: ['account-cid'],
    figures: { values: { staleDays: 3 } },
  });
  expect(await audit()).toHaveLength(3);
});

it('changes teams with the people of one repository, and lists ids and kinds', async () => {
  const save = (wanted: Parameters<typeof told<'saveWorkspaceTeams'>>[1]['change'], uuid = REPOSITORY_UUID) =>
    told('saveWorkspaceTeams', { repositoryUuid: uuid, change: wanted });
  const create = { kind: 'create', name: 'Core of Ann', personIds: ['account-ann'], since: 'now' } as const;
  // Ann has nothing in the second repository.
  expect((await save(create, SECOND_UUID)).outcome).toBe('unknown-person');
  const { outcome, report: after } = await save(create);
  expect({ outcome, mayChange: after.mayChange }).toEqual({ outcome: 'saved', mayChange: true });
  const teamId = after.teams[0]?.teamId ?? '';
  const shown = await told('workspaceTeams', { repositoryUuid: SECOND_UUID });
  expect(shown).toMatchObject({
    mayChange: true,
    people: [],
    teams: [{ members: [{ personId: 'account-ann' }] }],
  });
  await save({ kind: 'rename', teamId, name: 'Core of Ann' });
  await save({ kind: 'add-members', teamId, personIds: ['account-ann'] });
  expect(await audit()).toEqual([entry('teams', null, { kind: 'create', teamId, people: 1 })]);
  // Through the page of a repository likewise.
  await told('saveTeams', { change: { kind: 'show-reviewers', showReviewers: false } });
  clock.mockReturnValue(NOW + 1_000);
  await told('saveTeams', { change: { kind: 'remove', teamId } });
  expect((await audit()).map(({ what, after }) => [what, after])).toEqual(
    expect.arrayContaining([
      ['teams', { kind: 'remove', teamId }],
      ['showReviewers', false],
    ]),
  );
  expect(JSON.stringify(await audit())).not.toMatch(/Core|account-ann/);
});

it('leaves a repository out, once, and takes it back in', async () => {
  const wanted = { kind: 'takes-part', repositoryUuid: SECOND_UUID } as const;
  for (let time = 0; time < 2; time += 1) {
    const { outcome, report: after } = await change({ ...wanted, takesPart: false });
    expect({ outcome, leftOut: after.leftOut }).toEqual({ outcome: 'saved', leftOut: [SECOND_UUID] });
  }
  expect(await report()).toMatchObject({ leftOut: [SECOND_UUID] });
  expect((await change({ ...wanted, takesPart: true })).report.leftOut).toEqual([]);
  expect((await report()).leftOut).toEqual([]);
  expect((await audit()).map(({ what }) => what)).toEqual(['takesPart', 'takesPart']);
});
