/** Puts commits under the version they were released with, and says which version comes next. */
import type { Change, Commit } from './commits';

export interface Release {
  /** `null` for what is not released yet. */
  readonly version: string | null;
  /** The day of the tagged commit; `null` for what is not released yet. */
  readonly date: string | null;
  readonly changes: readonly Change[];
}

/** The latest first, as the commits are; what is not released yet comes before all, where there is anything. */
export function releasesOf(commits: readonly Commit[]): readonly Release[] {
  const releases: { version: string | null; date: string | null; changes: Change[] }[] = [];
  for (const { version, date, changes } of commits) {
    if (version !== null) releases.push({ version, date, changes: [] });
    else if (releases.length === 0) releases.push({ version: null, date: null, changes: [] });
    releases.at(-1)?.changes.push(...changes);
  }
  return releases;
}

/**
 * By https://semver.org: what breaks or needs an admin's consent makes a major version, what is new a minor one, all else
 * a patch. Without a release so far the version that package.json names is the first.
 */
export function nextVersion(releases: readonly Release[], needsConsent: boolean, packaged: string): string {
  const last = releases.find(({ version }) => version !== null)?.version ?? null;
  const [first] = releases;
  if (last === null) return packaged;
  if (first?.version !== null) return last;
  const [major = 0, minor = 0, patch = 0] = last.split('.').map(Number);
  if (needsConsent || first.changes.some(({ breaking }) => breaking)) return `${major + 1}.0.0`;
  if (first.changes.some(({ kind }) => kind === 'feat')) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}
