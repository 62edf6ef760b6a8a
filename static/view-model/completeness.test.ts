import type { Completeness } from '../../src/views/contract';
import { completenessNote } from './completeness';
import { aCompleteness, anOverview, DAY, english, TO } from './testing';

const noteOf = (completeness: Partial<Completeness>) =>
  completenessNote(anOverview({ completeness: aCompleteness(completeness) }), english);
const importing = (readSince: number | null) => noteOf({ state: 'importing', readSince });

it('says nothing when everything is read', () => {
  expect(noteOf({})).toBeNull();
});

it('tells how many are read, of how many, and how long it takes', () => {
  expect(
    noteOf({ state: 'importing', pullRequests: 430, expected: 1_200, remainingSeconds: 40 }),
  ).toMatchObject({
    sentence: 'The import is running, newest first: 430 of 1,200 pull requests read, about 40 s left.',
    progress: 430 / 1_200,
  });
  expect(noteOf({ state: 'importing', pullRequests: 1, expected: null })).toMatchObject({
    sentence: 'The import is running, newest first: 1 pull request read.',
    progress: null,
  });
});

it('tells which part of the window is complete while the import runs', () => {
  expect(importing(null)?.window).toBe(
    'Nothing of this window is complete yet; its figures are of what is read so far.',
  );
  expect(importing(TO - 47.5 * DAY)?.window).toBe(
    'This window is complete from Oct 4, 2026, 12:00 PM on (47 of 90 days); its figures are of what is read so far.',
  );
  expect(importing(TO - 3_600)?.window).toContain('(less than 1 of 90 days)');
  expect(importing(TO - 90 * DAY)?.window).toBe(
    'This window is complete; older history is still being read, and with it the 90 days before to compare with.',
  );
  expect(importing(TO - 180 * DAY)?.window).toBe(
    'This window is complete; older history is still being read.',
  );
});

it('tells why the import is held up, and what there is all the same', () => {
  const trouble = { cause: 'bitbucket-failed', scope: null } as const;
  expect(noteOf({ state: 'failed', trouble, readSince: null })).toMatchObject({
    tone: 'warning',
    sentence: 'The import is held up, and tries again by itself. Bitbucket did not answer, or with an error.',
    window: 'The figures below are of what was read before.',
  });
  expect(noteOf({ state: 'failed', readSince: TO - 100 * DAY })?.window).toBe(
    'This window was read whole before; older history is missing.',
  );
  expect(noteOf({ state: 'failed', readSince: TO - 10 * DAY })?.window).toBe(
    'This window is complete from Nov 11, 2026, 12:00 AM on (10 of 90 days); its figures are of what was read before.',
  );
});

it('tells what could not be read of a complete import, and why', () => {
  const inWindow = { merged: 160, withActivity: 160, withCommits: 158, withDiffstat: 40 };
  const scope = 'read:pullrequest:bitbucket';
  const trouble = { cause: 'missing-permission', scope } as const;
  const missing = { activity: null, commits: scope, diffstat: 'read:repository:bitbucket' } as const;
  expect(noteOf({ inWindow, trouble, missing })).toEqual({
    tone: 'quiet',
    sentence:
      'Not read for the 160 merged in this window: commits (coding time) of 2, diffstat (size) of 120. Figures that need it leave these out. Not everything could be read. The permission read:pullrequest:bitbucket is missing, so Bitbucket does not answer. The permission read:repository:bitbucket is missing, so Bitbucket does not answer.',
    window: null,
    progress: null,
  });
});

it('tells that a permission of a new installation can take some minutes', () => {
  const trouble = { cause: 'permission-awaited', scope: 'read:pullrequest:bitbucket' } as const;
  expect(noteOf({ state: 'waiting', trouble })?.sentence).toBe(
    'The import of this repository is about to begin. The permission read:pullrequest:bitbucket has not arrived yet: permissions of a new installation can take some minutes. Throughline looks again by itself.',
  );
});

it('tells that nothing is read for want of a licence, however far the import is', () => {
  expect(noteOf({ licenceInactiveSince: TO })).toEqual({
    tone: 'warning',
    sentence:
      'The licence of Throughline is inactive since Nov 21, 2026, 12:00 AM: the figures stay, but nothing new is read until it is active again.',
    window: null,
    progress: null,
  });
  const importing = { state: 'importing', readSince: null, licenceInactiveSince: TO } as const;
  expect(noteOf(importing)?.window).toBe('The figures below are of what was read before.');
});
