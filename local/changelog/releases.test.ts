import type { Commit } from './commits';
import { nextVersion, releasesOf } from './releases';

function commit(kind: string, version: string | null = null, breaking = false): Commit {
  const text = `${kind} of ${version ?? 'no version'}`;
  return { date: '2026-11-21', version, changes: [{ kind, breaking, text, commit: '0123456' }] };
}

const textsOf = (commits: readonly Commit[]): readonly (readonly [string | null, readonly string[]])[] =>
  releasesOf(commits).map(({ version, changes }) => [version, changes.map(({ text }) => text)]);

it('puts a commit under the version that was tagged at it or next after it', () => {
  const commits = [commit('feat'), commit('docs', '1.1.0'), commit('fix'), commit('feat', '1.0.0')];
  expect(textsOf(commits)).toEqual([
    [null, ['feat of no version']],
    ['1.1.0', ['docs of 1.1.0', 'fix of no version']],
    ['1.0.0', ['feat of 1.0.0']],
  ]);
});

it('has no part of what is not released yet where the latest commit is tagged', () => {
  expect(textsOf([commit('fix', '1.0.0')])).toEqual([['1.0.0', ['fix of 1.0.0']]]);
});

describe('the next version', () => {
  const next = (since: readonly Commit[], needsConsent = false): string =>
    nextVersion(releasesOf([...since, commit('feat', '1.4.2')]), needsConsent, '0.1.0');

  it.each([
    ['a patch for what is mended', [commit('fix'), commit('docs')], '1.4.3'],
    ['a minor one for what is new', [commit('fix'), commit('feat')], '1.5.0'],
    ['a major one for what breaks', [commit('feat'), commit('fix', null, true)], '2.0.0'],
    ['the last one where nothing came after it', [], '1.4.2'],
  ])('is %s', (_, since, version) => {
    expect(next(since)).toBe(version);
  });

  it('is a major one where admins must consent again, whatever the commits say', () => {
    expect(next([commit('docs')], true)).toBe('2.0.0');
  });

  it('is that of the package before the first release', () => {
    expect(nextVersion(releasesOf([commit('feat', null, true)]), false, '0.1.0')).toBe('0.1.0');
    expect(nextVersion([], false, '0.1.0')).toBe('0.1.0');
  });
});
