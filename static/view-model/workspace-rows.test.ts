import fc from 'fast-check';
import { DAY, TO } from './testing';
import {
  WORKSPACE_COLUMNS,
  arranged,
  withPart,
  workspaceTotals,
  type Arrangement,
  type LoadedWorkspace,
  type WorkspaceColumn,
  type WorkspaceRow,
} from './workspace-rows';
import { aPart, aRepository, aRow, figures } from './workspace-testing';

const IMPORTING = { state: 'importing', readSince: TO - 30 * DAY } as const;
const UNREAD = { state: 'importing', readSince: null } as const;

const ARRANGEMENT: Arrangement = { filter: '', showsQuiet: true, column: 'repository', isAscending: true };

function order(rows: readonly WorkspaceRow[], arrangement: Partial<Arrangement>): readonly string[] {
  return arranged(rows, { ...ARRANGEMENT, ...arrangement }, 'en-US').rows.map(({ name }) => name);
}

describe('a row', () => {
  it('tells how much of its window is read, and whether the window before can be compared with', () => {
    const rows = [
      aRow('complete'),
      aRow('last 100 days', { state: 'importing', readSince: TO - 100 * DAY }),
      aRow('last 180 days', { state: 'importing', readSince: TO - 180 * DAY }),
      aRow('last 30 days', IMPORTING),
      aRow('nothing', UNREAD),
      aRow('no summary', null),
    ];
    expect(rows.map(({ coverage, isComparable }) => [coverage, isComparable])).toEqual([
      ['whole', true],
      ['whole', false],
      ['whole', true],
      ['part', false],
      ['none', false],
      ['none', false],
    ]);
  });

  it('measures the window back from the instant of its summary', () => {
    const readSince = TO - 95 * DAY;
    const old = aRow('old', { asOf: TO - 10 * DAY, state: 'importing', readSince });
    expect([old.coverage, aRow('new', { state: 'importing', readSince }).coverage]).toEqual([
      'part',
      'whole',
    ]);
  });

  it('is quiet only where it is known that nothing was merged', () => {
    const none = figures({ merged: 0 });
    expect(aRow('quiet', { figures: none }).isQuiet).toBe(true);
    expect(aRow('busy').isQuiet).toBe(false);
    expect(aRow('in part', { ...IMPORTING, figures: none }).isQuiet).toBe(false);
    expect(aRow('unread', { ...UNREAD, figures: none }).isQuiet).toBe(false);
    expect(aRow('unknown', null).isQuiet).toBe(false);
  });

  it('has its uuid for a name where it has no other', () => {
    const loaded = withPart(null, aPart([{ uuid: '{u}', slug: null, summary: null }]));
    expect(loaded.rows.map(({ name }) => name)).toEqual(['{u}']);
  });
});

describe('the parts of the list', () => {
  it('add up, each repository once, as it came last', () => {
    const importing = { remainingSeconds: 60, pausedUntil: null };
    const first = withPart(
      null,
      aPart([aRepository('a'), aRepository('b')], { unknown: 1, total: 5, nextPage: 2, importing }),
    );
    const both = withPart(
      first,
      aPart([aRepository('b', { open: 9 }), aRepository('c')], { unknown: 2, total: null }),
    );
    expect(both.rows.map(({ name, summary }) => [name, summary?.open])).toEqual([
      ['a', 4],
      ['b', 9],
      ['c', 4],
    ]);
    expect(both).toMatchObject<Partial<LoadedWorkspace>>({ unknown: 3, total: 5, nextPage: null, importing });
  });

  it('make totals that say of how many repositories they are', () => {
    const rows = [
      aRow('a'),
      aRow('b', { ...IMPORTING, openOverP85: null }),
      aRow('c', UNREAD),
      aRow('d', null),
    ];
    expect(workspaceTotals(rows)).toEqual({
      merged: 40,
      open: 8,
      openOverP85: 1,
      whole: 1,
      complete: 1,
      repositories: 4,
    });
  });
});

describe('the order', () => {
  it('goes by name as people read it', () => {
    const rows = ['shop-10', 'Api', 'shop-9', 'älter'].map((name) => aRow(name));
    expect(order(rows, {})).toEqual(['älter', 'Api', 'shop-9', 'shop-10']);
    expect(order(rows, { isAscending: false })).toEqual(['shop-10', 'shop-9', 'Api', 'älter']);
  });

  const medianOf = (n: number, p50: number): Partial<Parameters<typeof figures>[0]> => ({
    time_to_merge: { n, p50 },
  });

  it.each<[WorkspaceColumn, WorkspaceRow[], string[]]>([
    [
      'merged',
      [aRow('few', { figures: figures({ merged: 3 }) }), aRow('many', { figures: figures({ merged: 30 }) })],
      ['many', 'few'],
    ],
    [
      'trend',
      [
        aRow('less', { figures: figures({ merged: 10 }) }),
        aRow('double', { figures: figures({ merged: 40 }) }),
        aRow('first', { previousFigures: figures({ merged: 0 }) }),
        aRow('never', { figures: figures({ merged: 0 }), previousFigures: figures({ merged: 0 }) }),
        aRow('unknown', { state: 'importing', readSince: TO - 100 * DAY, figures: figures({ merged: 99 }) }),
      ],
      ['first', 'double', 'never', 'less', 'unknown'],
    ],
    [
      'time_to_merge',
      [
        aRow('slow', { figures: figures(medianOf(5, 900)) }),
        aRow('fast', { figures: figures(medianOf(5, 60)) }),
        aRow('one merge', { figures: figures(medianOf(4, 9_999)) }),
      ],
      ['slow', 'fast', 'one merge'],
    ],
    [
      'openOverP85',
      [aRow('unknown', { openOverP85: null }), aRow('none', { openOverP85: 0 })],
      ['none', 'unknown'],
    ],
    [
      'data',
      [
        aRow('unknown', null),
        aRow('waiting', { ...UNREAD, state: 'waiting' }),
        aRow('stopped', { state: 'failed' }),
        aRow('half', { ...IMPORTING, done: 50 }),
        aRow('begun', { ...IMPORTING, done: 1 }),
        aRow('complete'),
      ],
      ['complete', 'half', 'begun', 'stopped', 'waiting', 'unknown'],
    ],
  ])('by %s begins with the most, and what has no value is last', (column, rows, expected) => {
    expect(order(rows, { column, isAscending: false })).toEqual(expected);
  });

  const arbitraryRow = fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      merged: fc.nat(3),
      before: fc.nat(3),
      n: fc.nat(8),
      open: fc.nat(3),
      openOverP85: fc.option(fc.nat(3)),
      state: fc.constantFrom(
        'waiting' as const,
        'importing' as const,
        'complete' as const,
        'failed' as const,
      ),
      readSince: fc.constantFrom(null, 0, TO - 30 * DAY, TO - 100 * DAY),
    })
    .map(({ name, merged, before, n, ...rest }) =>
      aRow(name, {
        ...rest,
        figures: figures({ merged, time_to_merge: { n, p50: n * 100 } }),
        previousFigures: figures({ merged: before }),
      }),
    );

  const arbitraryRows = fc.uniqueArray(arbitraryRow, { selector: ({ name }) => name, maxLength: 4 });

  it('loses no row, and is the same whatever the order was', () => {
    fc.assert(
      fc.property(
        arbitraryRows,
        fc.constantFrom(...WORKSPACE_COLUMNS),
        fc.boolean(),
        (rows, column, isAscending) => {
          const there = order(rows, { column, isAscending });
          expect([...there].sort()).toEqual(rows.map(({ name }) => name).sort());
          expect(order(rows.toReversed(), { column, isAscending })).toEqual(there);
        },
      ),
    );
  });

  it('has what has no value last either way', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.boolean(), (rows, isAscending) => {
        const there = arranged(rows, { ...ARRANGEMENT, column: 'merged', isAscending }, 'en-US').rows;
        const read = there.map(({ coverage }) => coverage !== 'none');
        expect(read).toEqual(read.toSorted((a, b) => Number(b) - Number(a)));
      }),
    );
  });
});

describe('what is shown', () => {
  const rows = [
    aRow('payments-api'),
    aRow('Payments-web'),
    aRow('old-payments', { figures: figures({ merged: 0 }) }),
    aRow('docs', { figures: figures({ merged: 0 }) }),
  ];

  it.each([
    ['pay', true, ['old-payments', 'payments-api', 'Payments-web'], 1],
    ['pay', false, ['payments-api', 'Payments-web'], 1],
    [' API ', false, ['payments-api'], 0],
    ['', false, ['payments-api', 'Payments-web'], 2],
    ['docs', false, [], 1],
  ])('for "%s", quiet ones %s: %j, and how many are quiet', (filter, showsQuiet, names, quiet) => {
    expect(order(rows, { filter, showsQuiet })).toEqual(names);
    expect(arranged(rows, { ...ARRANGEMENT, filter, showsQuiet }, 'en-US').quiet).toBe(quiet);
  });
});
