import type { RecountReport, ReportedDifference } from '../../src/views/reports/recount-report';
import { differenceTexts, isRecounting, recountLevel, recountSentences, type Recount } from './recount';
import { DAY, english, german, TO } from './testing';

function aRecount(overrides: Partial<Recount> = {}): Recount {
  return {
    state: 'complete',
    trouble: null,
    window: { from: TO - 30 * DAY, to: TO },
    startedAt: TO - 600,
    updatedAt: TO,
    done: 12,
    expected: 12,
    remainingSeconds: null,
    requests: 61,
    found: 0,
    differences: [],
    completed: 0,
    gone: 0,
    ...overrides,
  };
}

const sentences = (overrides?: Partial<Recount>): readonly string[] =>
  recountSentences({ asOf: TO, recount: aRecount(overrides) }, english);

it('says that there was none', () => {
  const report: RecountReport = { asOf: TO, recount: null };
  expect(recountSentences(report, english)).toEqual(['There has been no recount yet.']);
  expect(isRecounting(report)).toBe(false);
});

it('says what an ended one found', () => {
  expect(sentences()).toEqual([
    expect.stringMatching(/^The last recount was of Oct 22, 2026.* to Nov 21, 2026/),
    'All 12 pull requests agree with Bitbucket in every fact.',
  ]);
  const difference: ReportedDifference = { pullRequest: 1, fact: 'state', before: 'OPEN', after: 'MERGED' };
  expect(sentences({ found: 1_200, differences: [difference], completed: 2, gone: 1 }).slice(1)).toEqual([
    '1,200 differences were found among 12 pull requests, and what Bitbucket says is stored now.',
    'Listed are the first 1.',
    'Of 2 pull requests more is known than before.',
    'Bitbucket no longer has 1 pull request; what is stored of it stays.',
  ]);
});

it('says how far one is that goes on', () => {
  const running = { state: 'importing', done: 3 } as const;
  expect(sentences({ ...running, remainingSeconds: 5_400, found: 2 }).slice(1)).toEqual([
    '3 of 12 pull requests read again, about 1 h 30 min left.',
    '2 differences so far.',
  ]);
  expect(sentences({ ...running, expected: null })[1]).toBe('Which pull requests there are is being read.');
  const trouble = { cause: 'bitbucket-failed', scope: null } as const;
  expect(sentences({ ...running, state: 'failed', trouble })[1]).toBe(
    'It is held up and goes on by itself. Bitbucket did not answer, or with an error.',
  );
  expect(isRecounting({ asOf: TO, recount: aRecount(running) })).toBe(true);
  expect(recountLevel(aRecount(running))).toBe(0.25);
  expect(recountLevel(aRecount({ ...running, expected: null }))).toBeNull();
});

it.each([
  ['closedById', 'ann', 'ben', 'ann', 'ben'],
  ['commentCount', 1_200, 3, '1,200', '3'],
  ['draft', true, false, 'yes', 'no'],
  ['mergedAt', null, TO, '–', 'Nov 21, 2026, 12:00 AM'],
  ['reviews', { entries: 1 }, { entries: 2 }, '1 entry', '2 entries'],
  ['reviews', { entries: 2 }, { entries: 2 }, '2 entries', '2 entries, not the same'],
] as const)('writes %s as people read it', (fact, before, after, held, said) => {
  expect(differenceTexts({ pullRequest: 1, fact, before, after }, english)).toEqual({
    before: held,
    after: said,
  });
});

it('has German words for it', () => {
  expect(recountSentences({ asOf: TO, recount: aRecount() }, german)[1]).toBe(
    'Alle 12 Pull Requests stimmen in jeder Angabe mit Bitbucket überein.',
  );
});
