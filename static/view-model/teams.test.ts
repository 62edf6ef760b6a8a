import type { TeamReport } from '../../src/views/reports/teams-report';
import { formerMembers, presentMembers, whoCanJoin, whoMayChange } from './teams';
import { DAY, english, german, TO } from './testing';

const TEAM: TeamReport = {
  teamId: 'core',
  name: 'Core',
  members: [
    { personId: 'id-1', from: null, to: null },
    { personId: 'id-2', from: TO - 9 * DAY, to: TO - DAY },
    { personId: 'id-2', from: TO, to: null },
    { personId: 'id-3', from: null, to: TO },
  ],
  membersElsewhere: 0,
  people: 2,
  isShown: true,
};
const NAMES = new Map([
  ['id-1', 'Zoë'],
  ['id-2', 'Ann'],
  ['id-3', 'Ben'],
]);

it('lists who belongs to it by name, with since when', () => {
  expect(presentMembers(TEAM, NAMES, english)).toEqual([
    { personId: 'id-2', name: 'Ann', since: 'since Nov 21, 2026, 12:00 AM' },
    { personId: 'id-1', name: 'Zoë', since: 'since always' },
  ]);
});

it('lists who did, each membership by itself', () => {
  expect(formerMembers(TEAM, NAMES, german)).toMatchObject([
    { name: 'Ann', since: 'seit 12.11.2026, 00:00', until: 'bis 20.11.2026, 00:00' },
    { name: 'Ben', since: 'schon immer', until: 'bis 21.11.2026, 00:00' },
  ]);
});

it('names whose name is not read by the beginning of the id', () => {
  expect(presentMembers(TEAM, new Map(), english).map(({ name }) => name)).toEqual(['id-1…', 'id-2…']);
});

it('offers whoever does not belong to it now', () => {
  const people = ['id-1', 'id-2', 'id-3', 'id-4'].map((personId) => ({ personId, pullRequest: 1 }));
  expect(whoCanJoin(TEAM, people).map(({ personId }) => personId)).toEqual(['id-3', 'id-4']);
});

it.each([
  [true, /so you can change its teams/],
  [false, /^Whoever administers every repository/],
  [null, /did not say/],
])('says who may change it (%s)', (mayChange, sentence) => {
  expect(english.t(whoMayChange({ mayChange }))).toMatch(sentence);
});
