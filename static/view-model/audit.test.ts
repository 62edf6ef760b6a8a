import type { AuditLine } from '../../src/views/reports/settings-report';
import { auditRow } from './audit';
import { english, german, TO } from './testing';

const REPOSITORY = '15a31549-1cff-45dc-9d0d-310114c5038b';
const NAMES = {
  people: new Map([['ann', 'Ann Archer']]),
  repositories: new Map([[`{${REPOSITORY}}`, 'shop']]),
};

function line(what: string, before: unknown, after: unknown): AuditLine {
  return { at: TO, by: 'ann', what, before, after };
}

const changeOf = (what: string, before: unknown, after: unknown): string | null =>
  auditRow(line(what, before, after), NAMES, english).change;

it('says who, when and what', () => {
  expect(auditRow(line('staleDays', null, 10), NAMES, english)).toEqual({
    at: 'Nov 21, 2026, 12:00 AM',
    by: 'Ann Archer',
    what: 'Stale pull requests',
    change: 'not set, now 10 days',
  });
});

it('cuts an id short that has no name, and says where an account was closed', () => {
  const by = (id: string | null): string =>
    auditRow({ ...line('staleDays', null, 10), by: id }, NAMES, english).by;
  expect(by('557058:0123456789')).toBe('557058:0…');
  expect(by(null)).toBe('a closed account');
});

it.each([
  ['deploymentSource', null, 'tag', 'not set, now Pushed tags'],
  ['tagPattern', 'release', null, 'release, now not set'],
  ['productionEnvironmentTypes', ['PRODUCTION'], ['PRODUCTION', 'TEST'], 'Production, now Production, Test'],
  ['productionEnvironmentIds', null, ['e1', 'e2'], 'not set, now 2 environments'],
  ['directPushIsRepair', null, false, 'not set, now no'],
  ['failureScope', null, 'last', 'not set, now Only the last deployment before it'],
  ['bandYear', 2024, 2021, '2024, now 2021'],
  ['branchRules', null, [{ pattern: 'fix', kind: 'hotfix' }], 'not set, now fix: hotfix'],
  ['showReviewers', true, false, 'yes, now no'],
  [
    'takesPart',
    { repositoryId: 'r', takesPart: true },
    { repositoryId: 'r', takesPart: false },
    'yes, now no',
  ],
  ['retentionDays', null, 365, 'everything, now 1 year'],
  ['retentionDays', 730, null, '2 years, now everything'],
  ['teams', null, { kind: 'add-members', teamId: 't', people: 2 }, 'people added'],
  ['notes', null, { kind: 'add' }, 'note added'],
  ['replay', null, 3, '3'],
  ['importAgain', null, { scope: 'workspace' }, null],
])('puts a change of %s from %p to %p into words', (what, before, after, text) => {
  expect(changeOf(what, before, after)).toBe(text);
});

it('names the repository that a change is about, or cuts its id short', () => {
  const what = (repositoryId: string): string => {
    const change = line('takesPart', { repositoryId, takesPart: true }, { repositoryId, takesPart: false });
    return auditRow(change, NAMES, english).what;
  };
  expect(what(REPOSITORY)).toBe('Taking part: shop');
  expect(what('c0ffee00-1cff-45dc-9d0d-310114c5038b')).toBe('Taking part: c0ffee00…');
});

it('names the person that a change is about', () => {
  const change = line('bot', { personId: 'ann', isBot: false }, { personId: 'ann', isBot: true });
  expect(auditRow(change, NAMES, english)).toMatchObject({ what: 'Bot: Ann Archer', change: 'no, now yes' });
  expect(auditRow(change, NAMES, german)).toMatchObject({ change: 'nein, jetzt ja' });
});

it('shows a deed and a value that this version does not know, without breaking', () => {
  expect(auditRow(line('somethingNew', { a: 1 }, ['b']), NAMES, english)).toMatchObject({
    what: 'somethingNew',
    change: null,
  });
  expect(changeOf('deploymentSource', 'moon', 'merge')).toBe('not set, now Merges into the main branch');
  expect(changeOf('branchRules', [{ pattern: 3 }], null)).toBeNull();
  expect(changeOf('teams', null, { kind: 'dissolve' })).toBeNull();
});
