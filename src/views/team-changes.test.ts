import fc from 'fast-check';
import { aPullRequest, OPENED_AT } from '../facts/testing';
import { filterFacts } from '../metrics/filters';
import { pullRequestFigures } from '../metrics/pull-request-figures';
import {
  DEFAULT_SETTINGS,
  MOST_MEMBERSHIPS,
  MOST_TEAMS,
  type WorkspaceSettings,
} from '../storage/workspace-settings';
import type { TeamChange } from './reports/teams-report';
import { changeTeams } from './team-changes';

const PEOPLE = ['ann', 'ben', 'cid'] as const;
const NOW = OPENED_AT;
const knownIds: ReadonlySet<string> = new Set(PEOPLE);

const change = (settings: WorkspaceSettings, each: TeamChange, now = NOW) =>
  changeTeams(settings, each, { now, newId: `team-${settings.teams.length}`, knownIds });

/** The settings after these changes, a second apart; each must be saved. */
function after(...changes: readonly TeamChange[]): WorkspaceSettings {
  return changes.reduce((settings, each, place) => {
    const { detail, result } = change(settings, each, NOW + place);
    expect(result).toBe('saved');
    return detail;
  }, DEFAULT_SETTINGS);
}

const create = (name: string, ...personIds: string[]): TeamChange => ({
  kind: 'create',
  name,
  personIds,
  since: 'always',
});
const add = (...personIds: string[]): TeamChange => ({ kind: 'add-members', teamId: 'team-0', personIds });
const leave = (personId: string): TeamChange => ({ kind: 'remove-member', teamId: 'team-0', personId });

it('dates who was there from the beginning, who joined, who left, and who came back', () => {
  const { teams } = after(create('Core', 'ann'), add('ben', 'ann'), leave('ann'), add('ann'));
  expect(teams[0]?.members).toEqual([
    { personId: 'ann', from: null, to: NOW + 2 },
    { personId: 'ben', from: NOW + 1, to: null },
    { personId: 'ann', from: NOW + 3, to: null },
  ]);
});

it('creates a team of now where the past is not meant', () => {
  const { detail } = change(DEFAULT_SETTINGS, {
    kind: 'create',
    name: 'Core',
    personIds: ['ann', 'ann'],
    since: 'now',
  });
  expect(detail.teams).toEqual([
    { id: 'team-0', name: 'Core', members: [{ personId: 'ann', from: NOW, to: null }] },
  ]);
});

it('forgets a membership that ended in the second in which it began', () => {
  const team = after(create('Core', 'ben'));
  const joined = change(team, add('ann')).detail;
  expect(change(joined, leave('ann')).detail.teams[0]?.members).toEqual(team.teams[0]?.members);
});

it('renames and removes, and switches reviewers off', () => {
  const settings = after(
    create('Core'),
    create('Other'),
    { kind: 'rename', teamId: 'team-0', name: 'CORE' },
    { kind: 'remove', teamId: 'team-1' },
    { kind: 'show-reviewers', showReviewers: false },
  );
  expect(settings).toMatchObject({ teams: [{ name: 'CORE' }], showReviewers: false });
});

describe('changes nothing, and says why', () => {
  const some = after(create('Core', 'ann'), create('Straße'));
  const full: WorkspaceSettings = {
    ...DEFAULT_SETTINGS,
    teams: Array.from({ length: MOST_TEAMS }, (_, place) => ({
      id: `team-${place}`,
      name: `Team ${place}`,
      members: [],
    })),
  };
  const crowded: WorkspaceSettings = {
    ...DEFAULT_SETTINGS,
    teams: [
      {
        id: 'team-0',
        name: 'Core',
        members: [
          ...Array.from({ length: MOST_MEMBERSHIPS - 1 }, () => ({ personId: 'gone', from: 0, to: 1 })),
          { personId: 'ann', from: null, to: null },
        ],
      },
    ],
  };

  it.each<[string, WorkspaceSettings, TeamChange]>([
    ['name-taken', some, create('core')],
    ['name-taken', some, { kind: 'rename', teamId: 'team-0', name: 'straße' }],
    ['unknown-team', some, { kind: 'rename', teamId: 'team-9', name: 'New' }],
    ['unknown-team', some, { kind: 'remove', teamId: 'team-9' }],
    ['unknown-person', some, add('ann@example.com')],
    ['unknown-person', some, create('New', 'somebody')],
    ['too-many-teams', full, create('New')],
    ['too-many-memberships', crowded, add('ben')],
  ])('%s', (outcome, settings, each) => {
    const { detail, result } = change(settings, each);
    expect(result).toBe(outcome);
    expect(detail).toBe(settings);
  });

  it('but whoever leaves may leave a full document', () => {
    expect(change(crowded, leave('ann')).result).toBe('saved');
  });
});

const person = fc.constantFrom(...PEOPLE);
const changes = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 50 }),
    fc.oneof(
      person.map((personId) => add(personId)),
      person.map(leave),
    ),
  ),
  { maxLength: 12 },
);
const opened = fc.array(fc.tuple(person, fc.integer({ min: -20, max: 400 })), { maxLength: 20 });

it('never changes the figures of what was opened before the change', () => {
  fc.assert(
    fc.property(changes, opened, (steps, pullRequests) => {
      const facts = pullRequests.map(([authorId, offset], place) =>
        aPullRequest({ id: place + 1, authorId, openedAt: NOW + offset }),
      );
      const window = { from: 0, to: NOW + 400 * 86_400 };
      const figuresOf = (settings: WorkspaceSettings, before: number) =>
        pullRequestFigures(
          filterFacts(
            facts.filter(({ openedAt }) => openedAt < before),
            { team: settings.teams[0]?.members ?? [] },
          ),
          window,
          { defaultBranch: 'main' },
        );
      let settings = after(create('Core', 'ann'));
      let now = NOW;
      for (const [seconds, each] of steps) {
        now += seconds;
        const next = change(settings, each, now).detail;
        expect(figuresOf(next, now)).toEqual(figuresOf(settings, now));
        settings = next;
      }
    }),
  );
});

it('counts what a member opens from joining to leaving, and nobody else’s', () => {
  const { teams } = after(create('Core', 'ben'), add('ann'), leave('ann'));
  const facts = [-1, 0, 1, 2, 3].flatMap((offset, place) => [
    aPullRequest({ id: place, authorId: 'ann', openedAt: NOW + offset }),
    aPullRequest({ id: place + 10, authorId: 'cid', openedAt: NOW + offset }),
  ]);
  const counted = filterFacts(facts, { team: teams[0]?.members ?? [] });
  expect(counted.map(({ openedAt }) => openedAt - NOW)).toEqual([1]);
});
