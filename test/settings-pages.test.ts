/** Both settings pages in every state, in a real Chromium under the real policy: what they say, and what they ask before. */
import { startWeb, type Web } from '../local/forge/web/server';
import {
  overflowOf,
  picture,
  seriousFindings,
  startBrowsing,
  TIMEOUT,
  type Browsing,
  type Visit,
} from './browsing';
import { appDirectory } from './forge-host';
import { settingsHost, type SettingsState } from './settings-states';

const PLACES = {
  workspace: '/states/workspace/app/workspace-settings',
  repository: '/states/shop/app/repository-settings',
} as const;
type Place = keyof typeof PLACES;

let browsing: Browsing;
let web: Web;
let state: SettingsState;
const { host, asked, forget } = settingsHost(() => state);

beforeAll(async () => {
  browsing = await startBrowsing();
  web = await startWeb({
    host,
    appDirectory,
    port: 0,
    account: { accountId: 'viewer', displayName: 'You' },
    repositories: () => Promise.resolve([{ uuid: '{r}', slug: 'shop', name: 'shop' }]),
  });
}, TIMEOUT);
afterAll(async () => {
  await browsing.close();
  await web.close();
});

async function open(place: Place, shown: SettingsState, width?: number): Promise<Visit> {
  state = shown;
  forget();
  const visit = await browsing.visit(`${web.url}${PLACES[place]}`, width);
  await visit.app.locator('h1').waitFor();
  await visit.app.locator('.loading').first().waitFor({ state: 'detached' });
  return visit;
}

/** What nothing on these pages may ever show: a machine's findings, a page that must be pushed, complaints. */
async function isSound({ page, complaints }: Visit, name: string): Promise<void> {
  await picture(page, `settings-${name}`);
  expect({ name, findings: await seriousFindings(page) }).toEqual({ name, findings: [] });
  expect({ name, overflow: await overflowOf(page) }).toEqual({ name, overflow: 0 });
  expect({ name, complaints }).toEqual({ name, complaints: [] });
}

/** Each state with a text that only it shows. */
const SAYS: readonly (readonly [Place, SettingsState, RegExp])[] = [
  ['workspace', 'connected', /Everything is read, and Bitbucket’s events come in/],
  ['workspace', 'importing', /12 of 40 repositories read, about 9 h left/],
  ['workspace', 'degraded', /The permission read:pipeline:bitbucket is missing/],
  ['workspace', 'empty', /None found yet/],
  ['workspace', 'not-allowed', /Whoever administers every repository of this workspace/],
  ['workspace', 'failing', /could not be read just now/],
  ['workspace', 'erasing', /12 of 40 repositories done/],
  ['workspace', 'erased', /A look over the whole store found nothing left/],
  ['repository', 'connected', /Back to what the workspace has: 10 days/],
  ['repository', 'empty', /Nothing was changed yet/],
  ['repository', 'left-out', /This repository takes part/],
  ['repository', 'blind', /This could not be read/],
  ['repository', 'not-allowed', /Whoever administers this repository/],
  ['repository', 'failing', /could not be read just now/],
];

it.each(SAYS)(
  'the page of the %s says that it is %s',
  async (place, shown, says) => {
    const visit = await open(place, shown, 320);
    await visit.app.getByText(says).first().waitFor();
    await isSound(visit, `${place}-${shown}`);
    await visit.page.close();
  },
  TIMEOUT,
);

it(
  'has a tab for each concern of a workspace, with what is there and in German too',
  async () => {
    const visit = await open('workspace', 'connected');
    const { app, page } = visit;
    const tabs = [
      ['Data', 'Never collected', 'Nie gesammelt'],
      ['Figures', 'Failure window', 'Zeitraum für Fehlschläge'],
      ['People', 'Ann Archer', 'Ben Brook'],
      ['Changes', 'everything, now 1 year', 'alles, jetzt 1 Jahr'],
    ] as const;
    for (const [tab, says] of tabs) {
      await app.getByRole('tab', { name: tab }).click();
      await app.getByText(says).first().waitFor();
      await isSound(visit, `tab-${tab}`);
    }
    await page.selectOption('#language', 'de-DE');
    await app.getByRole('tab', { name: 'Verbindung' }).waitFor();
    for (const [place, [, , says]] of tabs.entries()) {
      await app
        .getByRole('tab')
        .nth(place + 1)
        .click();
      await app.getByText(says).first().waitFor();
      expect(await app.locator('body').innerText()).not.toMatch(/\b[a-z]+[A-Za-z]*\.[a-z]+[A-Za-z]+\b(?!\.)/);
    }
    await page.selectOption('#language', 'en-US');
    await page.close();
  },
  TIMEOUT,
);

it(
  'saves the one rule that was changed, and says so where it was',
  async () => {
    const { app, page } = await open('workspace', 'connected');
    await app.getByRole('tab', { name: 'Figures' }).click();
    const row = app.locator('form.rule').filter({ hasText: 'Failure window' }).first();
    const hours = row.getByRole('spinbutton', { name: 'Failure window hours' });
    await hours.fill('0');
    await row.getByRole('alert').filter({ hasText: 'whole number from 1 to 720' }).waitFor();
    expect(await row.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await hours.fill('48');
    await row.getByRole('button', { name: 'Save' }).click();
    const outcome = row.getByRole('status').filter({ hasText: 'Saved.' });
    await outcome.waitFor();
    // The button is gone: the reader goes on where the outcome stands.
    expect(await outcome.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(asked('changeWorkspaceSettings')).toEqual([
      { change: { kind: 'figures', values: { failureWindowHours: 48 } } },
    ]);
    await page.close();
  },
  TIMEOUT,
);

it(
  'says that a change was refused, and keeps what was chosen',
  async () => {
    const { app, page } = await open('repository', 'refused');
    const row = app.locator('form.rule').filter({ hasText: 'Stale pull requests' });
    await row.getByRole('spinbutton').fill('5');
    await row.getByRole('button', { name: 'Save' }).click();
    await row.getByText('Not done. Only an administrator may do this.').waitFor();
    expect(await row.getByRole('spinbutton').inputValue()).toBe('5');
    await page.close();
  },
  TIMEOUT,
);

it(
  'asks before a repository is left out; Escape leaves everything as it was',
  async () => {
    const visit = await open('workspace', 'connected');
    const { app, page } = visit;
    await app.getByRole('tab', { name: 'Data' }).click();
    const box = app.getByRole('checkbox', { name: 'shop' });
    await box.click();
    const dialog = app.getByRole('dialog', { name: 'Leave shop out?' });
    await dialog.waitFor();
    await isSound(visit, 'dialog');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(asked('changeWorkspaceSettings')).toEqual([]);
    expect(await box.isChecked()).toBe(true);
    await box.click();
    await dialog.getByRole('button', { name: 'Leave it out and delete' }).click();
    await app.getByText('Saved.').waitFor();
    expect(asked('changeWorkspaceSettings')).toEqual([
      { change: { kind: 'takes-part', repositoryUuid: '{r}', takesPart: false } },
    ]);
    await page.close();
  },
  TIMEOUT,
);

it(
  'erases everything only once the workspace’s id is typed',
  async () => {
    const { app, page } = await open('workspace', 'connected');
    await app.getByRole('tab', { name: 'Data' }).click();
    await app.getByRole('button', { name: 'Erase everything…' }).click();
    const dialog = app.getByRole('dialog', { name: 'Erase everything?' });
    const confirm = dialog.getByRole('button', { name: 'Erase everything' });
    const word = dialog.getByRole('textbox', { name: 'Type states to confirm' });
    await word.fill('stat');
    expect(await confirm.isDisabled()).toBe(true);
    await word.fill('states');
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    expect(asked('eraseAll')).toEqual([{ confirmation: 'states' }]);
    await page.close();
  },
  TIMEOUT,
);

it(
  'sends work again that was given up, one piece or all',
  async () => {
    const { app, page } = await open('workspace', 'degraded');
    await app.getByText('Read pull request 17 again').waitFor();
    await app.getByRole('button', { name: /^Replay: List the repositories/ }).click();
    await app.getByText('3 pieces of work were sent again.').waitFor();
    expect(asked('replayDeadLetters')).toEqual([{ ids: ['b'] }]);
    await page.close();
  },
  TIMEOUT,
);

it(
  'hands over the app’s report of itself, and says what reads it',
  async () => {
    const visit = await open('workspace', 'connected');
    const saving = visit.page.waitForEvent('download');
    await visit.app.getByRole('button', { name: 'Save the report (JSON)' }).click();
    const name = (await saving).suggestedFilename();
    expect(name).toMatch(/^throughline-report-\d{4}-\d\d-\d\d\.json$/);
    await visit.app.getByText(`npm run check:deployed -- ${name}`).waitFor();
    await isSound(visit, 'workspace-reported');
    await visit.page.close();
  },
  TIMEOUT,
);
