import type { PullRequestFacts } from '../../src/facts/pull-request-facts';
import { anOpenPullRequest, HOUR } from '../../src/facts/testing';
import type { ReportedOpenPullRequest } from '../../src/views/reports/open-work-report';
import {
  idleText,
  importNote,
  OLDEST_FIRST,
  OPEN_COLUMNS,
  openNotes,
  openSummary,
  orderAfter,
  phaseText,
  sortedOpen,
  waitingTexts,
  whyNoChance,
  type OpenColumn,
} from './open-list';
import { anOpenWorkReport, someMerges } from './open-work-testing';
import { DAY, english, german, TO } from './testing';

const UNREAD = { activity: false, commits: false, diffstat: false };
const RUNNING = { state: 'importing', readSince: null } as const;

function open(id: number, hours: number, overrides: Partial<PullRequestFacts> = {}): PullRequestFacts {
  const openedAt = TO - hours * HOUR;
  return anOpenPullRequest({
    id,
    openedAt,
    lastActivityAt: openedAt,
    lastAuthorActivityAt: openedAt,
    ...overrides,
  });
}

function approvedBy(actorId: string, hours: number): Partial<PullRequestFacts> {
  return { reviews: [{ kind: 'approval', actorId, at: TO - hours * HOUR, inline: false }] };
}

const ASKED = open(1, 24, { requestedReviewerIds: ['ben', 'cid'] });
const APPROVED = open(2, 240, {
  ...approvedBy('ben', 30),
  linesAdded: 30,
  linesRemoved: 10,
  commentCount: 7,
});
const DRAFT = open(3, 2, { draft: true });
const UNKNOWN = open(4, 100, { coverage: UNREAD });
const ALL = [ASKED, APPROVED, DRAFT, UNKNOWN];

function rowOf(facts: PullRequestFacts, merges = 0): ReportedOpenPullRequest {
  const row = anOpenWorkReport([facts, ...someMerges(merges)]).pullRequests.find(({ id }) => id === facts.id);
  if (row === undefined) throw new Error('It is not open.');
  return row;
}

describe('the order of the list', () => {
  const { pullRequests } = anOpenWorkReport([...ALL, ...someMerges(40)]);
  const ids = (column: OpenColumn, isDescending: boolean): readonly number[] =>
    sortedOpen(pullRequests.toReversed(), { column, isDescending }).map(({ id }) => id);

  it('is the oldest first', () => {
    expect(sortedOpen(pullRequests, OLDEST_FIRST).map(({ id }) => id)).toEqual([2, 4, 1, 3]);
  });

  it.each([
    ['pullRequest', [1, 2, 3, 4], [4, 3, 2, 1]],
    ['phase', [3, 4, 1, 2], [2, 4, 1, 3]],
    ['age', [3, 1, 4, 2], [2, 4, 1, 3]],
    // What is not known comes last, whichever way.
    ['waitsOn', [2, 1, 3, 4], [3, 1, 2, 4]],
    ['idle', [3, 1, 2, 4], [2, 1, 3, 4]],
    ['reviews', [1, 3, 2, 4], [2, 1, 3, 4]],
    ['comments', [1, 3, 2, 4], [2, 1, 3, 4]],
    ['lines', [2, 4, 1, 3], [2, 4, 1, 3]],
    ['chance', [1, 2, 4, 3], [1, 2, 4, 3]],
  ] as const)('by %s', (column, ascending, descending) => {
    expect(ids(column, false)).toEqual(ascending);
    expect(ids(column, true)).toEqual(descending);
  });

  it('turns at a second press, and begins with what is looked for first', () => {
    expect(orderAfter(OLDEST_FIRST, 'age')).toEqual({ column: 'age', isDescending: false });
    const others = OPEN_COLUMNS.filter((column) => column !== 'age');
    const downwards = others.filter((column) => orderAfter(OLDEST_FIRST, column).isDescending);
    expect(downwards).toEqual(['idle', 'reviews', 'comments', 'lines']);
  });
});

describe('whom a pull request waits on', () => {
  const names = new Map([
    ['ben', 'Ben B.'],
    ['author', 'Ann A.'],
  ]);
  const texts = (facts: PullRequestFacts, showsReviewers = true): readonly (string | null)[] => {
    const [row] = anOpenWorkReport([facts], { showReviewers: showsReviewers }).pullRequests;
    if (row === undefined) throw new Error('It is not open.');
    const { on, since } = waitingTexts(row, names, showsReviewers, english);
    return [on, since];
  };

  it.each([
    ['reviewers by name', ASKED, 'reviewers: Ben B. and cid…', 'since Nov 20, 2026, 12:00 AM'],
    ['the author', APPROVED, 'the author, Ann A.', 'since Nov 19, 2026, 6:00 PM'],
    ['nobody', open(9, 1), 'reviewers, but nobody is asked', 'since Nov 20, 2026, 11:00 PM'],
    [
      'an author who is gone',
      open(9, 1, { draft: true, authorId: null }),
      'the author',
      'since Nov 20, 2026, 11:00 PM',
    ],
    ['nobody knows whom', UNKNOWN, 'not known yet', null],
  ])('is %s', (_name, facts, on, since) => {
    expect(texts(facts)).toEqual([on, since]);
  });

  it('is no single reviewer where these are not shown', () => {
    expect(texts(ASKED, false)[0]).toBe('reviewers');
    expect(texts(APPROVED, false)[0]).toBe('the author, Ann A.');
  });
});

it('claims nothing of a phase or of idleness that only the activity tells', () => {
  expect(phaseText(rowOf(UNKNOWN), english)).toBe('No verdict yet');
  expect(idleText(rowOf(UNKNOWN), english)).toBe('activity not read yet');
  expect(phaseText(rowOf({ ...UNKNOWN, ...approvedBy('ben', 3) }), english)).toBe('Approved');
  expect(phaseText(rowOf(ASKED), english)).toBe('Waiting for review');
  expect(idleText(rowOf(ASKED), english)).toBe('1 day');
});

describe('a row without a chance says why', () => {
  const why = (facts: PullRequestFacts, merges: number, completeness = anOpenWorkReport([]).completeness) => {
    const report = anOpenWorkReport([facts, ...someMerges(merges)], { completeness });
    const row = report.pullRequests.find(({ id }) => id === facts.id);
    return row === undefined ? undefined : whyNoChance(row, report, english);
  };

  it.each([
    ['a draft', DRAFT, 40, 'none for drafts'],
    ['unread activity', UNKNOWN, 40, 'activity not read yet'],
    ['too few merges', ASKED, 29, 'only 29 merges in a year; a forecast needs 30'],
    ['no merge', ASKED, 0, 'no merge in a year; a forecast needs 30'],
    ['a very old one', open(9, 366 * 24), 40, 'opened more than a year ago'],
    ['a phase that nobody waited in', APPROVED, 40, 'fewer than 5 others waited so long'],
    ['nothing missing', ASKED, 40, null],
  ])('%s', (_name, facts, merges, said) => {
    expect(why(facts, merges)).toBe(said);
  });

  it('while the import runs', () => {
    const since = { state: 'importing', readSince: TO - 20 * DAY } as const;
    expect(why(ASKED, 40, since)).toBe('only 17 merges read so far; a forecast needs 30');
    expect(why(open(9, 50 * 24), 80, { ...since, readSince: TO - 49 * DAY })).toBe(
      'older than what is read so far',
    );
  });

  it('where nobody was observed for so long', () => {
    const report = anOpenWorkReport([]);
    const row = rowOf(ASKED, 40);
    const chances = [
      { days: 1, chance: 0.5 },
      { days: 7, chance: null },
    ] as const;
    const forecast = { kind: 'chances', waitedSeconds: DAY, compared: 9, chances } as const;
    expect(whyNoChance({ ...row, forecast }, report, english)).toBe('none like it was observed for 7 days');
  });
});

describe('what it amounts to', () => {
  it('is told in sentences', () => {
    expect(openSummary(anOpenWorkReport([...ALL, ...someMerges(40)]), english)).toBe(
      '4 pull requests are open; 1 had no activity for 7 days. 2 are older than 2.5 days, within which 85 % of the merges of the last 180 days came. The activity of 1 is not read yet: they count by their verdicts only, and none as stale.',
    );
    expect(openSummary(anOpenWorkReport(ALL), german)).toMatch(
      /^4 Pull Requests sind offen; .* weniger als 5 Merges/,
    );
  });

  it('may be nothing, or nothing that is read', () => {
    expect(openSummary(anOpenWorkReport([]), english)).toBe('Nothing is open.');
    expect(openSummary(anOpenWorkReport([], { completeness: RUNNING }), english)).toBe(
      'Nothing open is read so far.',
    );
  });

  it('says what is left out, and what chances are made from', () => {
    const bot = open(5, 3, { authorIsBot: true });
    expect(
      openNotes(anOpenWorkReport([...ALL, bot, ...someMerges(40)], { showReviewers: false }), english),
    ).toEqual([
      '1 more is a bot’s and is left out.',
      'The workspace’s admin switched figures of single reviewers off: which of them is waited for is not shown.',
      'The chances are made from 40 merges among all pull requests opened since Nov 21, 2025, whatever the filters.',
    ]);
    expect(openNotes(anOpenWorkReport([...ALL, ...someMerges(29)]), english)).toEqual([]);
    expect(openNotes(anOpenWorkReport([bot]), english)).toEqual(['1 more is a bot’s and is left out.']);
  });
});

it.each([
  [{ state: 'complete', readSince: 0 }, null],
  [{ state: 'importing', readSince: TO - 100 * DAY }, null],
  [RUNNING, /^The import is running: nothing of this window/],
  [{ state: 'failed', readSince: null }, /^The import is held up: nothing of this window/],
  [
    { state: 'importing', readSince: TO - 10 * DAY },
    /^The import is running: what was closed before Nov 11, 2026, 12:00 AM is not read yet\.$/,
  ],
] as const)('tells of the import at %j', (completeness, said) => {
  const note = importNote(anOpenWorkReport([], { completeness }), english);
  if (said === null) expect(note).toBeNull();
  else expect(note).toMatch(said);
});
