import { aPullRequest, HOUR } from '../../src/facts/testing';
import type { PullRequestFacts, Review } from '../../src/facts/pull-request-facts';
import { DEFINED_METRICS } from '../../src/metrics/definitions/definition';
import { definitionsTable } from '../../src/metrics/definitions/other-definitions';
import { windowEndingAt } from '../../src/metrics/windows';
import { definitionsReport } from '../../src/views/definitions';
import { definitionCells, ruleOf, type DefinitionCell } from './definitions';
import { DAY, english, german, TO } from './testing';

const WINDOW = { ...windowEndingAt(TO, 30), days: 30 };
const OPTIONS = { defaultBranch: 'main' };

/** Opened so many days ago, reviewed after hours, merged after 24. */
function reviewed(id: number, daysAgo: number, acts: readonly (readonly [number, Review['kind']])[]) {
  const openedAt = TO - daysAgo * DAY;
  return aPullRequest({
    id,
    openedAt,
    mergeCommit: '0123456789ab',
    reviews: acts.map(([hours, kind]) => ({
      actorId: 'ben',
      kind,
      at: openedAt + hours * HOUR,
      inline: false,
    })),
  });
}

function cells(facts: readonly PullRequestFacts[], metric: string): readonly (DefinitionCell | null)[] {
  const report = definitionsReport({ facts, window: WINDOW, options: OPTIONS, isWhole: true }, TO);
  const row = report.rows.find((each) => each.metric === metric);
  return row === undefined ? [] : definitionCells(row, english);
}

/** A comment on the whole after an hour, an approval after five. */
const COMMENTED = [2, 3, 4, 5, 6].map((days, place) =>
  reviewed(place + 1, days, [
    [1, 'comment'],
    [5, 'approval'],
  ]),
);

it('says each tool’s number, and how it differs from Throughline’s', () => {
  const [throughline, pulse, devlake, linearb] = cells(COMMENTED, 'time_to_first_review');
  expect(throughline).toMatchObject({ value: '1 h', n: 'of 5 values', mean: null, difference: null });
  expect(pulse).toMatchObject({
    value: '5 h',
    mean: 'Mean 5 h, which Pulse shows first.',
    difference: 'Median +4 h against Throughline’s.',
  });
  expect(devlake).toMatchObject({ value: '1 h', difference: 'The same as Throughline’s.' });
  expect(linearb).toMatchObject({ difference: 'The same as Throughline’s.' });
});

it('counts the values that a rule leaves out or adds', () => {
  const approved = reviewed(9, 7, [[1, 'approval']]);
  // DevLake takes no approval for a review.
  const [, , devlake] = cells([...COMMENTED, approved], 'time_to_first_review');
  expect(devlake?.difference).toBe('1 value fewer.');
  // LinearB counts one that nobody looked at up to its merge.
  const [, , , linearb] = cells([...COMMENTED, reviewed(9, 7, [])], 'time_to_first_review');
  expect(linearb?.difference).toBe('1 value more.');
});

it('leaves empty what a tool does not define, and gives no median of few values', () => {
  const [throughline, , devlake] = cells(COMMENTED, 'time_to_approve');
  expect(devlake).toBeNull();
  expect(throughline?.value).toBe('5 h');
  expect(cells(COMMENTED.slice(0, 4), 'time_to_merge')[0]).toMatchObject({
    value: 'no median',
    n: 'of 4 values',
  });
});

it('has a rule in both languages for every definition there is, in English that of the metric itself', () => {
  const table = definitionsTable([], WINDOW, OPTIONS);
  expect(table.map(({ metric }) => metric)).toEqual(DEFINED_METRICS);
  for (const { metric, columns } of table) {
    for (const { tool, rule } of columns) {
      expect(ruleOf(tool, metric, english)).toBe(rule);
      expect(ruleOf(tool, metric, german)).not.toBe('');
    }
  }
});
