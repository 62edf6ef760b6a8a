import type { PullRequestWaiting } from '../../src/metrics/pull-request-waiting';
import type { PanelReminder, PullRequestReport } from '../../src/views/reports/pull-request-report';
import { aPullRequestReport, HOUR, OPENED } from './pull-request-testing';
import { reminderNote, waitingText } from './pull-request-waiting';
import { DAY, english, german, TO } from './testing';

const NAMES = new Map([
  ['ann', 'Ann'],
  ['ben', 'Ben'],
  ['cid', 'Cid'],
]);

const waits = (overrides: Partial<PullRequestWaiting>): PullRequestReport => {
  const { waiting } = aPullRequestReport();
  return aPullRequestReport({ waiting: waiting === null ? null : { ...waiting, ...overrides } });
};

describe('a reminder', () => {
  const reminded = (
    { age, firstReview, ...rest }: Partial<PanelReminder>,
    report = aPullRequestReport(),
  ): PullRequestReport => {
    const isOver = age === undefined ? false : age.isOver;
    return {
      ...report,
      reminder: {
        days: 180,
        isWhole: true,
        age: age ?? { seconds: 10 * HOUR, p85Seconds: 2 * DAY, isOver: false },
        firstReview: firstReview ?? null,
        isLate: isOver === null ? null : isOver || firstReview?.isOver === true,
        ...rest,
      },
    };
  };

  it('is none while it is on track, with what that means', () => {
    expect(reminderNote(aPullRequestReport(), NAMES, english)).toEqual({
      tone: 'on-track',
      title: 'On track',
      sentences: [
        'It is open for 10 h, and 85 % of the merges of the last 180 days took at most 2 days.',
        'For its first review it waits 10 h so far, and 85 % of them waited at most 12 h.',
      ],
    });
  });

  it('is due for its age, with on whom it waits since when', () => {
    const late = reminded({ age: { seconds: 3 * DAY, p85Seconds: 2 * DAY, isOver: true } });
    expect(reminderNote(late, NAMES, english)).toEqual({
      tone: 'late',
      title: 'Time for a reminder',
      sentences: [
        'It is open for 3 days. 85 % of the merges of the last 180 days took at most 2 days.',
        'Waits on: Ben, since Nov 20, 2026, 2:00 PM.',
      ],
    });
    expect(reminderNote(late, NAMES, german)?.sentences).toEqual([
      'Er ist 3 Tage offen. Höchstens 2 Tage brauchten 85 % der Merges der letzten 180 Tage.',
      'Wartet auf: Ben, seit 20.11.2026, 14:00.',
    ]);
  });

  it('is due for its first review though it is not old', () => {
    const late = reminded(
      { firstReview: { seconds: 10 * HOUR, p85Seconds: 4 * HOUR, isOver: true }, isWhole: false },
      waits({
        people: [
          { personId: 'ben', since: OPENED, cause: 'opened' },
          { personId: 'cid', since: OPENED, cause: 'opened' },
        ],
      }),
    );
    expect(reminderNote(late, NAMES, english)).toEqual({
      tone: 'late',
      title: 'Time for a reminder',
      sentences: [
        'It is open for 10 h, and 85 % of the merges of the last 180 days read so far took at most 2 days.',
        'Its first review is late: it waits for 10 h, and 85 % of them waited at most 4 h.',
        'Waits on: Ben and Cid, since Nov 20, 2026, 2:00 PM.',
      ],
    });
  });

  it.each([
    [{ people: [] }, 'Nobody is asked to review it.'],
    [{ on: 'author', people: [] }, 'It waits on its author, whose account is gone.'],
    [
      { on: null, people: [] },
      'Its reviews and comments are not read yet, so nothing tells on whom it waits.',
    ],
    [
      { people: [{ personId: 'dora', since: OPENED, cause: 'pushed' }] },
      'Waits on: a reviewer, since Nov 20, 2026, 2:00 PM.',
    ],
    [
      { on: 'author', people: [{ personId: 'eve', since: OPENED, cause: 'reviewed' }] },
      'Waits on: the author, since Nov 20, 2026, 2:00 PM.',
    ],
  ] as const)('names whom it can of %j', (waiting, sentence) => {
    const age = { seconds: 3 * DAY, p85Seconds: 2 * DAY, isOver: true };
    expect(reminderNote(reminded({ age }, waits(waiting)), NAMES, english)?.sentences.at(-1)).toBe(sentence);
  });

  it('is not given without enough merges to compare with, nor for what is closed', () => {
    const age = { seconds: 300 * DAY, p85Seconds: null, isOver: null };
    expect(reminderNote(reminded({ age }), NAMES, english)).toEqual({
      tone: 'unknown',
      title: 'Too few merges to compare with',
      sentences: [
        'Fewer than 5 pull requests were merged in the last 180 days, so nothing tells what is late.',
      ],
    });
    expect(reminderNote(aPullRequestReport({ reminder: null, waiting: null }), NAMES, english)).toBeNull();
  });
});

describe('on whom it waits', () => {
  it.each([
    [{}, 'It waits for its first review.'],
    [{ phase: 'reviewed' }, 'Its author has answered: the reviewers are next.'],
    [{ phase: 'approved' }, 'Its author has answered: the reviewers are next.'],
    [{ phase: 'reviewed', on: 'author' }, 'Its author has to answer the last review.'],
    [
      { phase: 'approved', on: 'author' },
      'It is approved: its author can merge it or answer the last review.',
    ],
    [{ phase: 'draft', on: 'author' }, 'It is a draft: its author is at work on it.'],
    [{ people: [] }, 'Nobody is asked to review it.'],
    [{ on: null }, 'Its reviews and comments are not read yet, so nothing tells on whom it waits.'],
  ] as const)('is said of %j', (waiting, sentence) => {
    expect(waitingText(waits(waiting), NAMES, english)).toMatchObject({ sentence });
  });

  it('is said of each person with since when and why', () => {
    const text = waitingText(
      waits({
        people: [
          { personId: 'ben', since: TO - 4 * HOUR, cause: 'pushed' },
          { personId: 'dora', since: TO - HOUR, cause: 'answered' },
        ],
        alsoDue: [{ personId: 'cid', since: OPENED, cause: 'opened' }],
      }),
      NAMES,
      english,
    );
    expect(text).toMatchObject({
      people: [
        'Ben: 4 h, since the push after their last review (Nov 20, 2026, 8:00 PM)',
        'a reviewer: 1 h, since the author’s answer (Nov 20, 2026, 11:00 PM)',
      ],
      alsoDue: ['Cid: 10 h, since the opening (Nov 20, 2026, 2:00 PM)'],
      idle: 'Nothing happened since Nov 20, 2026, 2:00 PM.',
    });
  });

  it('does not say that nothing happened where that is not known', () => {
    expect(waitingText(waits({ lastActivityAt: null }), NAMES, english)?.idle).toBeNull();
    expect(waitingText(aPullRequestReport({ waiting: null }), NAMES, english)).toBeNull();
  });
});

it('names the permission without which nothing tells on whom it waits', () => {
  const missing = { activity: 'read:pullrequest:bitbucket', commits: null, deployments: null } as const;
  const report = { ...waits({ on: null, people: [] }), isActivityRead: false };
  expect(waitingText({ ...report, missing }, NAMES, english)?.sentence).toBe(
    'Its reviews and comments cannot be read, since the permission read:pullrequest:bitbucket is missing: nothing tells on whom it waits.',
  );
  expect(waitingText(report, NAMES, english)?.sentence).toContain('not read yet');
});
