/** `npm run dev` as a developer meets it: a change of the sources is in the open page a moment later, with the same store. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { changeFile } from '../local/dev/testing';
import { startBrowsing, type Browsing } from './browsing';
import { appDirectory } from './forge-host';
import { DEMO_NOW, IMPORT_TIMEOUT, importedDemo } from './imported-demo';
import { startAppIn, type StartedApp } from './started-app';

/** What the command needs of the repository, to be changed in a copy of it. */
const NEEDED = [
  'src',
  'static',
  'local',
  'manifest.yml',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const NOT_NEEDED = new Set(['dist', 'node_modules']);

/** A build beside a check of all types, on a machine with other work. */
const MOST_MILLISECONDS = 60_000;

let folder: string;
let app: StartedApp;
let browsing: Browsing;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-dev-'));
  const { data } = await importedDemo(path.join(folder, 'demo'));
  for (const name of NEEDED) {
    cpSync(path.join(appDirectory, name), copied(name), {
      recursive: true,
      filter: (file) => !NOT_NEEDED.has(path.basename(file)),
    });
  }
  symlinkSync(path.join(appDirectory, 'node_modules'), copied('node_modules'), 'dir');
  app = await startAppIn(copied('.'), '--watch', '--now', DEMO_NOW, '--data', data);
  await app.says('Complete: ');
  browsing = await startBrowsing();
}, IMPORT_TIMEOUT);
afterAll(async () => {
  await browsing.close();
  await app.end();
  rmSync(folder, { recursive: true });
});

function copied(name: string): string {
  return path.join(folder, 'app', name);
}

const answer = z.object({
  ok: z.object({
    data: z.object({ asOf: z.number(), completeness: z.object({ pullRequests: z.number() }) }),
  }),
});

it('shows a changed text and a changed answer in the open page', async () => {
  const { page, app: frame, complaints } = await browsing.visit(app.url);
  await page.locator('main table a').first().click();
  await frame.getByText('All figures').waitFor();
  await page.evaluate(() => Object.assign(window, { isTheSamePage: true }));
  const overviewAfter = async (change: () => void): Promise<z.output<typeof answer>['ok']['data']> => {
    const answered = page.waitForResponse(
      (response) => response.request().postData()?.includes('"overview"') ?? false,
      { timeout: MOST_MILLISECONDS },
    );
    change();
    return answer.parse(await (await answered).json()).ok.data;
  };

  const before = await overviewAfter(() =>
    changeFile(copied('static/locales/en-US.json'), 'All figures', 'Every figure'),
  );
  await frame.getByText('Every figure').waitFor();
  const after = await overviewAfter(() =>
    changeFile(copied('src/views/overview.ts'), 'asOf: now,', 'asOf: now + 1_000_000,'),
  );
  expect(after.asOf).toBeGreaterThanOrEqual(before.asOf + 1_000_000);
  expect(after.completeness.pullRequests).toBeGreaterThan(0);
  expect(after.completeness).toEqual(before.completeness);
  await frame.getByText('Every figure').waitFor();
  expect(await page.evaluate(() => 'isTheSamePage' in window)).toBe(true);
  expect(complaints).toEqual([]);
}, 120_000);
