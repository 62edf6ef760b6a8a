/** `npm run changelog`: writes CHANGELOG.md from git's log, and says which version comes next and why. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { commitsOf, LOG_ARGUMENTS } from './changelog/commits';
import { consentReasons } from './changelog/consent';
import { changelogDocument } from './changelog/document';
import { nextVersion, releasesOf } from './changelog/releases';
import { UsageError } from './start/options';

/** npm runs its scripts in the project's folder. */
const root = process.cwd();
const packaged = z.object({ version: z.string() });

function main(): void {
  const releases = releasesOf(commitsOf(git(LOG_ARGUMENTS)));
  const last = releases.find(({ version }) => version !== null)?.version ?? null;
  const reasons = last === null ? [] : consentReasons(manifestOf(last), read('manifest.yml'));
  const next = nextVersion(
    releases,
    reasons.length > 0,
    packaged.parse(JSON.parse(read('package.json'))).version,
  );
  writeFileSync(path.join(root, 'CHANGELOG.md'), changelogDocument(releases, next));
  console.log(
    last === null
      ? `Wrote CHANGELOG.md. No version is tagged yet; the first is ${next}.`
      : `Wrote CHANGELOG.md. After ${last} comes ${next}.`,
  );
  if (reasons.length > 0) {
    console.log(`It must be a major version, and every admin is asked again: ${reasons.join('; ')}.`);
  }
}

/** The manifest as it was released; tags may begin with a `v`. */
function manifestOf(version: string): string {
  const tags = git(['tag', '--list', version, `v${version}`]).split('\n');
  return git(['show', `${tags[0] ?? version}:manifest.yml`]);
}

function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Throws UsageError where there is no git, or this folder is no checkout. */
function git(args: readonly string[]): string {
  try {
    return execFileSync('git', [...args], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      stdio: 'pipe',
    });
  } catch {
    throw new UsageError(
      'The changelog is made from git’s log, and git does not answer here. Install git, and run this in a checkout.',
    );
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
