import fc from 'fast-check';
import { BRANCH_KINDS } from '../../src/facts/pull-request-facts';
import { WINDOW_DAYS, type ViewQuery } from '../../src/views/view-query';
import { minuteOf, minuteText, readAddress, TABS, writeAddress, type PageAddress } from './page-address';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const window = fc.oneof(
  fc.constantFrom(...WINDOW_DAYS),
  fc.tuple(day, day).map(([a, b]) => (a < b ? { firstDay: a, lastDay: b } : { firstDay: b, lastDay: a })),
);
const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 });
const inclusion = fc.constantFrom('with', 'without', 'only');
const clock = fc.oneof(
  fc.constantFrom('Europe/Berlin', 'UTC').map((timeZone) => ({ kind: 'weekdays' as const, timeZone })),
  fc
    .tuple(fc.nat(1_439), fc.integer({ min: 1, max: 1_440 }))
    .filter(([start, end]) => start < end)
    .map(([startMinute, endMinute]) => ({
      kind: 'working-hours' as const,
      timeZone: 'America/New_York',
      startMinute,
      endMinute,
    })),
);
const query = fc.record(
  {
    window,
    targetBranches: names,
    authorIds: names,
    reviewerIds: names,
    teamId: fc.string({ minLength: 1 }),
    branchKinds: fc.subarray([...BRANCH_KINDS], { minLength: 1 }),
    drafts: inclusion,
    bots: inclusion,
    clock,
  },
  { requiredKeys: ['window'] },
) as fc.Arbitrary<ViewQuery>;
const address: fc.Arbitrary<PageAddress> = fc.record({ tab: fc.constantFrom(...TABS), query });

it('reads back every view that it wrote', () => {
  fc.assert(
    fc.property(address, (shown) => {
      expect(readAddress(writeAddress(shown))).toEqual(shown);
    }),
  );
});

it('is empty for the view that opens by itself', () => {
  expect(writeAddress(readAddress(''))).toBe('');
  expect(readAddress('')).toEqual({ tab: 'overview', query: { window: 90 } });
});

it.each([
  ['?days=91'],
  ['?tab=secrets'],
  ['?from=2026-02-30&to=2026-03-01'],
  ['?from=2026-03-02&to=2026-03-01'],
  ['?hours=09:00-08:00&zone=UTC'],
  ['?hours=9-17&zone=UTC'],
  ['?hours=weekdays'],
  ['?kind=mainline&bots=perhaps&author='],
])('opens the default in place of what is wrong: %s', (search) => {
  expect(readAddress(search)).toEqual(readAddress(''));
});

it('never fails, whatever the address', () => {
  fc.assert(
    fc.property(fc.string(), (search) => {
      expect(TABS).toContain(readAddress(search).tab);
    }),
  );
});

it('writes times of day as people read them', () => {
  expect([minuteText(0), minuteText(545), minuteText(1_440)]).toEqual(['00:00', '09:05', '24:00']);
  expect([
    minuteOf('09:05'),
    minuteOf('24:00'),
    minuteOf('24:01'),
    minuteOf('9:60'),
    minuteOf('nine'),
  ]).toEqual([545, 1_440, null, null, null]);
});
