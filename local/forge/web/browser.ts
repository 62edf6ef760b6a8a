/** Finds a Chromium and starts it: the one that is named, one of the system, else the one that an npm package ships. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Without these a Chromium in a closed network spends its time on connections of its own. */
const FLAGS: string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Found {
  readonly executablePath: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Throws an error with a sentence where there is none. */
export function findChromium(): Found {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { executablePath: named, environment: {} };
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
  }
  const system = SYSTEM_PATHS.find((each) => existsSync(each));
  return system === undefined ? packaged() : { executablePath: system, environment: {} };
}

/** The package unpacks itself at the first use; it is an ES module, which a test's process cannot load. */
function packaged(): Found {
  const script = `
    process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs22.x';
    import('@sparticuz/chromium').then(async ({ default: packaged }) => {
      const executablePath = await packaged.executablePath();
      console.log(JSON.stringify({
        executablePath,
        environment: { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH ?? '', FONTCONFIG_PATH: process.env.FONTCONFIG_PATH ?? '' },
      }));
    });`;
  try {
    const output = execFileSync(process.execPath, ['-e', script], { cwd: __dirname, encoding: 'utf8' });
    return JSON.parse(output) as Found;
  } catch (cause) {
    throw new Error('No Chromium was found. Install one, or name it with CHROMIUM_PATH.', { cause });
  }
}

/** Starts it; the caller closes it. */
export function launchBrowser(): Promise<Browser> {
  const { executablePath, environment } = findChromium();
  const known = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  return chromium.launch({
    executablePath,
    // Not the package's own flags: they switch off the web security that is to be tested.
    args: FLAGS,
    env: { ...(process.env as Record<string, string>), ...known },
  });
}
