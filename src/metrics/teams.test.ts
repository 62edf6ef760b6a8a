import fc from 'fast-check';
import type { TeamMembership } from './filters';
import { isShown, membersIn } from './teams';

const DAY = 86_400;
const NOW = 1_790_000_000;
const lastDays = (days: number) => ({ from: NOW - days * DAY, to: NOW });

/** Days before now; `null` without a beginning or an end. */
function member(personId: string, from: number | null, to: number | null = null): TeamMembership {
  const at = (days: number | null): number | null => (days === null ? null : NOW - days * DAY);
  return { personId, from: at(from), to: at(to) };
}

const people = (memberships: readonly TeamMembership[], days: number): readonly string[] =>
  [...membersIn(memberships, lastDays(days))].sort();

it('counts whoever belonged to it all along, or has left, for at least half of the window', () => {
  const team = [member('ann', null), member('ben', 60), member('cid', null, 50), member('dora', null, 40)];
  expect(people(team, 90)).toEqual(['ann', 'ben', 'dora']);
});

it('shows no older window because somebody joins now', () => {
  const alone = [member('ann', null)];
  const joined = [...alone, member('ben', 1 / DAY)];
  for (const days of [30, 90, 365]) expect(isShown(joined, lastDays(days))).toBe(false);
  // Half a month later the last month is both of theirs.
  expect(isShown([...alone, member('ben', 15)], lastDays(30))).toBe(true);
});

it('shows a new team at once: what it has is of all of its people', () => {
  const team = [member('ann', 2), member('ben', 2)];
  expect(isShown(team, lastDays(365))).toBe(true);
});

it('takes one person who left and came back for one', () => {
  expect(people([member('ann', 80, 50), member('ann', 20), member('ben', 80)], 90)).toEqual(['ann', 'ben']);
  expect(isShown([member('ann', 80, 50), member('ann', 20)], lastDays(90))).toBe(false);
});

it('counts nobody whose time lies outside the window', () => {
  expect(people([member('ann', null, 90), member('ben', 400, 91)], 90)).toEqual([]);
});

it('counts nobody who belonged to it for less than half of the window, where somebody always did', () => {
  const memberships = fc.array(
    fc.record({ personId: fc.constantFrom('ann', 'ben', 'cid'), from: fc.nat(400), length: fc.nat(200) }),
  );
  fc.assert(
    fc.property(memberships, fc.integer({ min: 1, max: 365 }), (spans, days) => {
      const team = spans.map(({ personId, from, length }) => member(personId, from, from - length));
      const least = days / 2;
      const alone = [member('zoe', null), ...team.filter(({ personId }) => personId !== 'zoe')];
      const shown = membersIn(alone, lastDays(days));
      for (const personId of shown) {
        const spent = alone
          .filter((each) => each.personId === personId)
          .reduce((sum, { from, to }) => sum + overlap(from, to, days), 0);
        expect(spent / DAY).toBeGreaterThanOrEqual(least);
      }
    }),
  );
});

function overlap(from: number | null, to: number | null, days: number): number {
  return Math.max(0, Math.min(to ?? NOW, NOW) - Math.max(from ?? 0, NOW - days * DAY));
}
