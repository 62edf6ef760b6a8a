import { IMPORT_PARTS, type PartProgress, type ProgressReport } from '../../src/views/contract';
import {
  countedText,
  isUnderWay,
  licenceSentence,
  partRow,
  repositoryLines,
  workspaceLines,
  type ProgressLine,
} from './progress';
import { aReport, english, TO } from './testing';

const aPart = (overrides: Partial<PartProgress> = {}): PartProgress => ({
  part: 'pull-requests',
  state: 'complete',
  done: 1_200,
  expected: 1_200,
  trouble: null,
  ...overrides,
});
const valuesOf = (lines: readonly ProgressLine[]) =>
  Object.fromEntries(lines.map(({ name, value }) => [name, value]));
const ofRepository = (repository: Partial<ProgressReport['repository']>) =>
  valuesOf(repositoryLines(aReport(repository), english));
const ofWorkspace = (workspace: Partial<ProgressReport['workspace']>) =>
  valuesOf(workspaceLines(aReport({}, workspace), english));

it('tells how far each part is', () => {
  expect(partRow(aPart({ state: 'importing', done: 430 }), english)).toMatchObject({
    name: 'Pull requests',
    state: 'Being read',
    count: '430 of 1,200',
    level: 430 / 1_200,
    isTrouble: false,
  });
  expect(partRow(aPart({ state: 'waiting', done: 0, expected: null }), english)).toMatchObject({
    count: '0, total not known yet',
    level: null,
  });
  expect(partRow(aPart({ done: 0, expected: 0 }), english)).toMatchObject({
    count: 'none in Bitbucket',
    level: 1,
  });
});

it('never draws more than all', () => {
  expect(partRow(aPart({ done: 1_210 }), english).level).toBe(1);
});

it('tells why a part stopped', () => {
  const trouble = { cause: 'missing-permission', scope: 'read:pipeline:bitbucket' } as const;
  expect(partRow(aPart({ state: 'failed', trouble }), english)).toMatchObject({
    state: 'Stopped',
    isTrouble: true,
    reason: 'The permission read:pipeline:bitbucket is missing, so Bitbucket does not answer.',
  });
});

it('tells since when the licence is inactive', () => {
  expect(licenceSentence(aReport(), english)).toBeNull();
  expect(licenceSentence({ ...aReport(), licenceInactiveSince: TO }, english)).toContain(
    'inactive since Nov 21, 2026, 12:00 AM',
  );
});

it('has words for every part', () => {
  const names = IMPORT_PARTS.map((part) => partRow(aPart({ part }), english).name);
  expect(new Set(names).size).toBe(IMPORT_PARTS.length);
});

it('tells the repository’s times from now, and never a time of what was not', () => {
  expect(ofRepository({ parts: [aPart()], healed: 3, requests: 1_450 })).toEqual({
    'Time to completion': 'Complete',
    'Last event': '10 min ago',
    'Last reconciliation': '1 day ago',
    'Next reconciliation': 'In 1 day',
    Healed: '3',
    'Requests spent': '1,450',
  });
  expect(
    ofRepository({ lastEventAt: null, lastReconciledAt: null, nextReconciliationAt: null }),
  ).toMatchObject({
    'Last event': 'None yet',
    'Last reconciliation': 'Not yet',
    'Next reconciliation': 'Not planned yet',
  });
  expect(ofRepository({ lastEventAt: TO + 1, nextReconciliationAt: TO - 60 })).toMatchObject({
    'Last event': 'Just now',
    'Next reconciliation': 'Due now',
  });
});

it('tells how long the repository still takes', () => {
  const parts = [aPart(), aPart({ part: 'sizes', state: 'importing', done: 3 })];
  expect(ofRepository({ parts, remainingSeconds: 5_400 })['Time to completion']).toBe('About 1 h 30 min');
  expect(ofRepository({ parts })['Time to completion']).toBe('Not known yet');
  expect(ofRepository({ parts: [aPart({ state: 'failed' })] })['Time to completion']).toBe('Stopped');
});

it('tells what the workspace shares', () => {
  expect(
    ofWorkspace({
      repositories: 40,
      recentComplete: 31,
      complete: 12,
      requestsThisHour: 640,
      pausedUntil: TO + 720,
      remainingSeconds: 3 * 3_600,
      deadLetters: 2,
    }),
  ).toEqual({
    'Repositories complete': '12 of 40',
    'Last 90 days complete': '31 of 40',
    'Requests this hour': '640 of 1,000',
    Pause: 'For another 12 min',
    'Time to completion': 'About 3 h',
    'Dead letters': '2',
  });
  expect(ofWorkspace({ pausedUntil: TO - 1 })).toMatchObject({
    Pause: 'None',
    'Time to completion': 'Complete',
  });
});

it('says when all repositories were counted, where that is older than a minute', () => {
  expect(countedText({ asOf: TO, countedAt: TO - 59 }, english)).toBeNull();
  expect(countedText({ asOf: TO, countedAt: TO - 60 }, english)).toMatch(
    /^All repositories were last counted: .+\.$/,
  );
});

it('calls a workspace of which no repository is found yet not complete', () => {
  expect(ofWorkspace({ repositories: 0, recentComplete: 0, complete: 0 })).toMatchObject({
    'Repositories complete': 'None found yet',
    'Last 90 days complete': 'None found yet',
    'Time to completion': 'Not known yet',
  });
});

it('looks again only while something is being read, here or in another repository', () => {
  expect(isUnderWay(aReport({ parts: [aPart()] }))).toBe(false);
  expect(isUnderWay(aReport({ parts: [aPart({ state: 'failed' })] }))).toBe(false);
  expect(isUnderWay(aReport({ parts: [aPart({ state: 'waiting' })] }))).toBe(true);
  expect(isUnderWay(aReport({ parts: [aPart()] }, { complete: 2 }))).toBe(true);
});
