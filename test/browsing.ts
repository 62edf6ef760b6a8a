/** A real Chromium that visits the local host: what a reader sees, what a machine finds wrong, and a picture of each. */
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../local/forge/web/browser';
import { appDirectory } from './forge-host';

/** What a browser test may take: the first of them builds the Custom UI. */
export const TIMEOUT = 120_000;

/** How long nothing may change before a screen counts as still. */
const QUIET_MILLISECONDS = 80;
/** A screen that never stands still is looked at all the same. */
const LONGEST_MOVE_MILLISECONDS = 1_000;

const artifacts = path.join(appDirectory, 'artifacts');
const axeScript = require.resolve('axe-core/axe.min.js');

export interface Visit {
  readonly page: Page;
  readonly app: FrameLocator;
  /** Console errors, uncaught errors and violations of the policy so far. */
  readonly complaints: readonly string[];
}

export interface Browsing {
  /** Opens an address of the local host in a page of its own. */
  visit(address: string, width?: number): Promise<Visit>;
  close(): Promise<void>;
}

export async function startBrowsing(): Promise<Browsing> {
  mkdirSync(artifacts, { recursive: true });
  const browser: Browser = await launchBrowser();
  return {
    visit: async (address, width = 1280) => {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      const complaints: string[] = [];
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      await page.goto(address);
      return { page, app: page.frameLocator('iframe[data-module]'), complaints };
    },
    close: () => browser.close(),
  };
}

/** A screenshot of the whole page among the test run's artefacts, once nothing in it moves any more. */
export async function picture(page: Page, name: string): Promise<void> {
  await isStill(page);
  await page.screenshot({ path: path.join(artifacts, `${name}.png`), fullPage: true });
}

/** Waits until the app's document has not changed for a moment and no transition runs in it; a spinner may turn on. */
async function isStill(page: Page): Promise<void> {
  await appFrame(page).evaluate(
    ({ quiet, longest }) =>
      new Promise<void>((resolve) => {
        const began = performance.now();
        let changedAt = began;
        const changed = (): void => {
          changedAt = performance.now();
        };
        const mutations = new MutationObserver(changed);
        mutations.observe(document, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
        const sizes = new ResizeObserver(changed);
        sizes.observe(document.documentElement);
        const moves = (): boolean =>
          document
            .getAnimations()
            .some(
              ({ playState, effect }) =>
                playState === 'running' && effect?.getComputedTiming().endTime !== Infinity,
            );
        const timer = setInterval(() => {
          const now = performance.now();
          if (moves()) changed();
          if (now - changedAt < quiet && now - began < longest) return;
          clearInterval(timer);
          mutations.disconnect();
          sizes.disconnect();
          resolve();
        }, 20);
      }),
    { quiet: QUIET_MILLISECONDS, longest: LONGEST_MOVE_MILLISECONDS },
  );
}

/** What axe-core finds serious or critical in the app's frame. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const frame = appFrame(page);
  // Evaluated from outside, which the policy does not touch; nothing is added to the page itself.
  await frame.evaluate(await readFile(axeScript, 'utf8'));
  return frame.evaluate(async () => {
    const axe = (
      window as unknown as {
        axe: {
          run: (
            where: Document,
            options: object,
          ) => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      }
    ).axe;
    // Only what is wrong is looked at: what else axe knows of each element would be gathered for nobody.
    const { violations } = await axe.run(document, { resultTypes: ['violations'], selectors: false });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}

/** By how many pixels the app's document is wider than its frame: a reader would have to push it sideways. */
export async function overflowOf(page: Page): Promise<number> {
  return appFrame(page).evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

function appFrame(page: Page): Frame {
  const frame = page.frames().find((each) => each.url().includes('/ui/'));
  if (!frame) throw new Error('The app has no frame.');
  return frame;
}
