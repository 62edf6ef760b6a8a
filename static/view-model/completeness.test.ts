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
  expect(noteOf({ state: 'failed', reason: 'Bitbucket did not answer.', readSince: null })).toMatchObject({
    tone: 'warning',
    sentence: 'The import is held up, and tries again by itself: Bitbucket did not answer.',
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
  expect(noteOf({ inWindow, reason: 'the app lacks a permission' })).toEqual({
    tone: 'quiet',
    sentence:
      'Not read for the 160 merged in this window: commits (coding time) of 2, diffstat (size) of 120. Figures that need it leave these out. Not everything could be read: the app lacks a permission.',
    window: null,
    progress: null,
  });
});
