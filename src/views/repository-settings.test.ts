import { VIEWER_ACCOUNT, type InProcessApp } from '../../test/in-process-app';
import { REPOSITORY_ID, REPOSITORY_UUID } from '../../test/small-workspace';
import { saveDelivery } from '../storage/delivery-months';
import { withoutBraces } from '../storage/keys';
import { readRepositorySettings } from '../storage/repository-settings';
import { readListedRepositories } from '../storage/repository-summaries';
import { changeSettings } from '../storage/workspace-settings';
import type { AuditLine, FigureRulesChange, RepositorySettingsReport } from './reports/settings-report';
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

const report = (): Promise<RepositorySettingsReport> => told('repositorySettings', {});
const audit = async (): Promise<readonly AuditLine[]> => (await told('repositoryAudit', {})).entries;
const change = (values: FigureRulesChange) =>
  told('changeRepositorySettings', { change: { kind: 'figures', values } });
const rows = (): readonly unknown[] =>
  forge.app.store.dump().filter(({ key }) => !key.startsWith('administrator:'));

/** Stores a deployment of two days before now. */
async function deployed(): Promise<void> {
  const deployment = {
    id: 'a',
    environmentType: 'PRODUCTION',
    environmentId: ENVIRONMENT,
    startedAt: NOW / 1_000 - 2 * 86_400,
    completedAt: null,
    status: null,
    isCompleted: false,
    commit: null,
    pipelineId: null,
  };
  await saveDelivery(REPOSITORY_ID, { pipelines: [], deployments: [deployment] });
}

it('tells which value counts, where it comes from, and which environments were deployed to', async () => {
  await deployed();
  await changeSettings((settings) => ({
    detail: { ...settings, figures: { staleDays: 3 } },
    result: undefined,
  }));
  const { figures, environmentIds, takesPart } = await report();
  expect(figures.values).toMatchObject({ staleDays: 3, deploymentSource: 'automatic' });
  expect(figures.origins).toMatchObject({ staleDays: 'workspace', deploymentSource: 'default' });
  expect({ environmentIds, takesPart }).toEqual({ environmentIds: [ENVIRONMENT], takesPart: true });
});

it('offers no environment that was last deployed to more than a year ago', async () => {
  await deployed();
  clock.mockReturnValue(NOW + 366 * 86_400_000);
  expect((await report()).environmentIds).toEqual([]);
});

it('keeps a value of its own, and who decided it', async () => {
  const answer = await change({ staleDays: 14, failureScope: 'last' });
  expect(answer.outcome).toBe('saved');
  expect(answer.report.figures).toMatchObject({
    values: { staleDays: 14, failureScope: 'last' },
    origins: { staleDays: 'repository', failureScope: 'repository', bandYear: 'default' },
    inherited: { staleDays: 7 },
  });
  expect(await report()).toEqual(answer.report);
  const entries = await audit();
  expect(entries.toSorted((a, b) => (a.what < b.what ? -1 : 1))).toEqual([
    { at: NOW / 1_000, by: VIEWER_ACCOUNT, what: 'failureScope', before: null, after: 'last' },
    { at: NOW / 1_000, by: VIEWER_ACCOUNT, what: 'staleDays', before: null, after: 14 },
  ]);
});

it('gives a value back to what is inherited, and lists the latest change first', async () => {
  await change({ staleDays: 14 });
  clock.mockReturnValue(NOW + 1_000);
  const { report: after } = await change({ staleDays: null });
  expect(after.figures.origins.staleDays).toBe('default');
  expect((await readRepositorySettings(REPOSITORY_ID)).figures).toEqual({});
  expect((await audit()).map(({ before, after }) => [before, after])).toEqual([
    [14, null],
    [null, 14],
  ]);
});

it('writes nothing where nothing changes', async () => {
  await change({ staleDays: 14, productionEnvironmentTypes: ['PRODUCTION', 'STAGING'] });
  const before = rows();
  for (const values of [
    { staleDays: 14 },
    { bandYear: null },
    { productionEnvironmentTypes: ['STAGING', 'PRODUCTION'] as const },
    {},
  ]) {
    expect((await change(values)).outcome).toBe('saved');
  }
  expect(rows()).toEqual(before);
});

it('takes further environments by their ids, without braces and each once', async () => {
  const { report: after } = await change({
    productionEnvironmentIds: [`{${ENVIRONMENT}}`, ENVIRONMENT],
    productionEnvironmentTypes: [],
  });
  expect(after.figures.values).toMatchObject({
    productionEnvironmentIds: [ENVIRONMENT],
    productionEnvironmentTypes: [],
  });
  const before = rows();
  expect(await change({ productionEnvironmentIds: null })).toMatchObject({ outcome: 'no-environment' });
  expect(await change({ productionEnvironmentIds: [] })).toMatchObject({ outcome: 'no-environment' });
  expect(rows()).toEqual(before);
});

it.each<[object, RegExp]>([
  [{ productionEnvironmentIds: ['Production of Ann'] }, /uuid/],
  [{ staleDays: 0 }, /staleDays/],
  [{ failureWindowHours: 1.5 }, /failureWindowHours/],
  [{ tagPattern: '1' }, /tagPattern/],
  [{ branchRules: [{ pattern: 'hot', kind: 'cold' }] }, /branchRules/],
])('refuses %j', async (values, sentence) => {
  const before = rows();
  const answer = await askFor('changeRepositorySettings', { change: { kind: 'figures', values } });
  expect(answer).toMatchObject({
    ok: false,
    cause: 'bad-request',
    message: expect.stringMatching(sentence),
  });
  expect(rows()).toEqual(before);
});

it('renews the summary, and asks Bitbucket for nothing but whether this is an administrator', async () => {
  clock.mockReturnValue(NOW + 1_000);
  const before = forge.bitbucket.requests.total;
  await change({ staleDays: 14 });
  expect(forge.bitbucket.requests.total - before).toBe(1);
  const listed = await readListedRepositories([REPOSITORY_ID]);
  expect(listed.get(REPOSITORY_ID)?.summary?.asOf).toBe(NOW / 1_000 + 1);
});

it('loses nothing to another change at the same time, and changes no other repository', async () => {
  await Promise.all([
    change({ staleDays: 14 }),
    change({ bandYear: 2021 }),
    change({ failureScope: 'last' }),
  ]);
  expect((await readRepositorySettings(REPOSITORY_ID)).figures).toEqual({
    staleDays: 14,
    bandYear: 2021,
    failureScope: 'last',
  });
  expect(await audit()).toHaveLength(3);
  expect((await told('repositorySettings', {}, SECOND_UUID)).figures.origins.staleDays).toBe('default');
  expect((await readRepositorySettings(withoutBraces(SECOND_UUID))).figures).toEqual({});
});

it('keeps in the list that notes were changed, and not what they say', async () => {
  const text = 'Ann’s release';
  const { report: after } = await told('changeNotes', { change: { kind: 'add', day: '2026-10-02', text } });
  const noteId = after.notes[0]?.noteId ?? '';
  clock.mockReturnValue(NOW + 1_000);
  await told('changeNotes', { change: { kind: 'remove', noteId } });
  await told('changeNotes', { change: { kind: 'remove', noteId } });
  expect(await audit()).toEqual([
    { at: NOW / 1_000 + 1, by: VIEWER_ACCOUNT, what: 'notes', before: null, after: { kind: 'remove' } },
    { at: NOW / 1_000, by: VIEWER_ACCOUNT, what: 'notes', before: null, after: { kind: 'add' } },
  ]);
  expect(JSON.stringify(await audit())).not.toContain(text);
});

it('is left out and taken back in on this page too', async () => {
  const left = await told('changeRepositorySettings', { change: { kind: 'takes-part', takesPart: false } });
  expect(left).toMatchObject({ outcome: 'saved', report: { takesPart: false, environmentIds: [] } });
  expect(await report()).toEqual(left.report);
  expect(await askFor('overview', { query: { window: 30 } })).toMatchObject({ ok: false, cause: 'left-out' });
  expect(await told('workspaceSettings', {})).toMatchObject({ leftOut: [REPOSITORY_UUID] });
  const back = await told('changeRepositorySettings', { change: { kind: 'takes-part', takesPart: true } });
  expect(back.report.takesPart).toBe(true);
  await forge.drain();
  expect(await audit()).toMatchObject([
    { what: 'takesPart', by: VIEWER_ACCOUNT },
    { what: 'takesPart', by: VIEWER_ACCOUNT },
  ]);
});
