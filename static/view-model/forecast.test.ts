import { anOpenPullRequest, HOUR } from '../../src/facts/testing';
import { forecastExplanation } from '../../src/views/open-work-forecast';
import { historyOf } from '../../src/views/open-work-history';
import { comparedText, forecastSentences, horizonRows, sortedCompared } from './forecast';
import { someMerges } from './open-work-testing';
import { DAY, english, german, TO } from './testing';

const WAITING = anOpenPullRequest({ id: 1, openedAt: TO - DAY });
const OTHER = anOpenPullRequest({ id: 2, openedAt: TO - 14 * HOUR });
const facts = [WAITING, OTHER, ...someMerges(30)];
const explanation = forecastExplanation(1, historyOf(facts, TO, 0), TO, { defaultBranch: 'main' });

it('says what became of the others that had waited as long', () => {
  expect(forecastSentences(explanation, english)).toEqual([
    'It has been in the phase “Waiting for review” for 1 day so far. Every other pull request opened since Nov 21, 2025 is looked at up to five times: when it had been there for half as long, for twice as long, and three times in between.',
    'Of 31 pull requests that had waited about as long in this phase, 20 % were merged within 1 day.',
    'Of 31 pull requests that had waited about as long in this phase, 100 % were merged within 3 days.',
    'Of 31 pull requests that had waited about as long in this phase, 100 % were merged within 7 days.',
  ]);
  expect(forecastSentences(explanation, german)[1]).toBe(
    'Von 31 Pull Requests, die etwa so lange in dieser Phase gewartet hatten, wurden 20 % innerhalb von 1 Tag gemergt.',
  );
});

it('counts the moments, so that each number can be reckoned again', () => {
  // 30 merged after 60 hours, seen at five moments each; the other one was seen at 12 hours, two hours ago.
  expect(horizonRows(explanation, english)).toEqual([
    ['1 day', '20 %', '151', '30', '1', '120'],
    ['3 days', '100 %', '151', '150', '1', '0'],
    ['7 days', '100 %', '151', '150', '1', '0'],
  ]);
  expect(
    horizonRows(
      { ...explanation, horizons: [{ days: 7, chance: null, merged: 0, undecided: 151 }] },
      english,
    ),
  ).toEqual([['7 days', '–', '151', '0', '151', '0']]);
  expect(
    forecastSentences(
      { ...explanation, horizons: [{ days: 7, chance: null, merged: 0, undecided: 151 }] },
      english,
    ),
  ).toHaveLength(1);
});

it('tells what became of each, the latest first', () => {
  const rows = sortedCompared(explanation);
  expect(rows.map(({ id }) => id)).toEqual([
    ...someMerges(30)
      .map(({ id }) => id)
      .toReversed(),
    2,
  ]);
  expect(rows.slice(-2).map((row) => comparedText(row, english))).toEqual([
    'merged 12 h to 2 days later',
    'not merged until Nov 21, 2026, 12:00 AM',
  ]);
  expect(comparedText({ id: 3, until: TO, merged: true, moments: [TO - DAY] }, english)).toBe(
    'merged 1 day later',
  );
});
