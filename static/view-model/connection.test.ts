import { SCOPES, type ConnectionReport } from '../../src/views/reports/connection-report';
import { connectionLines, importLevel, isChanging, isTrouble, reasonText } from './connection';
import { DAY, english, TO } from './testing';

const CONNECTED: ConnectionReport = {
  asOf: TO,
  countedAt: TO,
  state: 'connected',
  reasons: [],
  repositories: 4,
  recentComplete: 4,
  complete: 4,
  remainingSeconds: null,
  requestsThisHour: 34,
  requestsPerHour: 1_000,
  lastEventAt: TO - 240,
  lastReconciledAt: null,
  refusedEvents: 2,
  deadLetters: 1,
  rewritten: null,
  scopes: SCOPES.map((scope) => ({ scope, granted: 'granted', checkedAt: TO })),
};

it.each([
  ['connected', 4, false, false],
  ['importing', 1, true, false],
  ['degraded', 1, true, true],
  ['degraded', 4, false, true],
  ['erasing', 4, true, true],
  ['disconnected', 4, false, true],
] as const)('%s with %p of 4 read: looked at again %p, trouble %p', (state, complete, again, trouble) => {
  const report = { ...CONNECTED, state, complete };
  expect(isChanging(report)).toBe(again);
  expect(isTrouble(report)).toBe(trouble);
});

it('knows no level of the import before a repository is found, and none above the whole', () => {
  expect(importLevel({ ...CONNECTED, repositories: 0, complete: 0 })).toBeNull();
  expect(importLevel({ ...CONNECTED, complete: 1 })).toBe(0.25);
  expect(importLevel({ ...CONNECTED, complete: 5 })).toBe(1);
});

it.each([
  [
    {
      kind: 'trouble',
      trouble: { cause: 'missing-permission', scope: 'read:pipeline:bitbucket' },
      repositories: 3,
    },
    /read:pipeline:bitbucket.* This concerns 3 repositories\./,
  ],
  [{ kind: 'trouble', trouble: { cause: 'unreadable', scope: null }, repositories: 1 }, /1 repository\./],
  [{ kind: 'rate-limited', until: TO + 600 }, /until Nov 21, 2026, 12:10 AM/],
  [{ kind: 'licence-inactive', since: TO - DAY }, /inactive since Nov 20, 2026/],
  [{ kind: 'dead-letters', count: 1 }, /^1 piece of work was given up;/],
  [
    { kind: 'missing-scope', scope: 'read:pipeline:bitbucket' },
    /permission read:pipeline:bitbucket is missing/,
  ],
] as const)('says %j', (reason, text) => {
  expect(reasonText(reason, english)).toMatch(text);
});

it('tells each number, and what is not there yet', () => {
  const lines = connectionLines(
    { ...CONNECTED, reasons: [{ kind: 'rate-limited', until: TO + 600 }] },
    english,
  );
  const valueOf = (name: string): string | undefined => lines.find((line) => line.name === name)?.value;
  expect(valueOf('Last event')).toBe('4 min ago');
  expect(valueOf('Last reconciliation')).toBe('Not yet');
  expect(valueOf('Requests this hour')).toBe('34 of 1,000');
  expect(valueOf('Pause')).toBe('For another 10 min');
  expect(valueOf('Dead letters')).toBe('1');
  expect(valueOf('Refused events')).toBe('2');
  expect(new Set(lines.map(({ name }) => name)).size).toBe(lines.length);
});

it('tells how much has the form of a new release, while something is left to rewrite', () => {
  const nameOf = english.t('connection.rewritten');
  const linesOf = (rewritten: number | null) => connectionLines({ ...CONNECTED, rewritten }, english);
  expect(linesOf(null).filter(({ name }) => name === nameOf)).toEqual([]);
  expect(linesOf(0.4).filter(({ name }) => name === nameOf)).toMatchObject([
    { value: expect.stringMatching(/^40\s%$/) },
  ]);
});
