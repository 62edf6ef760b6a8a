/** Tests of the composed activity log. */
import fc from 'fast-check';
import { activityLogOf, entryInstant } from './activity-log';
import { minute, repository } from './workspace.fixture';
import type { JsonObject } from './workspace-source';

const KINDS = ['update', 'comment', 'approval', 'changes_requested'] as const;

function entry(kind: (typeof KINDS)[number], at: number, key: string): JsonObject {
  const detail = kind === 'comment' ? { created_on: minute(at) } : { date: minute(at) };
  return { [kind]: detail, key };
}

const entries = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), at: fc.integer({ min: 0, max: 500 }) }),
  {
    maxLength: 12,
  },
);

describe('the repository-wide activity log', () => {
  it('holds every entry once, newest first', () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 6 }), (activities) => {
        const recorded = activities.map((each, id) =>
          each.map(({ kind, at }, index) => entry(kind, at, `${id}/${index}`)),
        );
        const source = repository('one', {
          count: recorded.length,
          activity: (id) => recorded[id - 1] ?? [],
        });
        const log = activityLogOf(source);
        const found = Array.from({ length: log.length }, (_, index) => log.at(index));
        const keys = (values: readonly JsonObject[]): unknown[] => values.map((value) => value.key).sort();
        expect(keys(found)).toEqual(keys(recorded.flat()));
        const instants = found.map((value) => entryInstant(value) ?? NaN);
        expect(instants).toEqual([...instants].sort((left, right) => right - left));
      }),
    );
  });

  it('keeps an entry of no known kind beside its older neighbour', () => {
    const recorded = [entry('update', 30, 'new'), { key: 'odd' }, entry('update', 20, 'old')];
    const other = [entry('comment', 25, 'between')];
    const source = repository('one', { count: 2, activity: (id) => (id === 1 ? recorded : other) });
    const log = activityLogOf(source);
    const keys = Array.from({ length: log.length }, (_, index) => log.at(index).key);
    expect(keys).toEqual(['new', 'between', 'odd', 'old']);
  });
});
