/** Slips of the hand and the names that were meant. */
import fc from 'fast-check';
import { nearestNames } from './nearest-names';

const NAMES = ['open', 'open-draft', 'push', 'push-to-main', 'merge', 'approve', 'withdraw-approval'];

it.each([
  ['mrege', ['merge']],
  ['approv', ['approve', 'withdraw-approval']],
  ['PUSH', ['push', 'push-to-main']],
  ['opn-draft', ['open-draft']],
  ['xyzxyz', []],
])('%s: %j', (text, nearest) => {
  expect(nearestNames(text, NAMES)).toEqual(nearest);
});

it('a name with one letter too much, too few or wrong is found first', () => {
  const slip = fc.record({
    name: fc.constantFrom('open-draft', 'push-to-main', 'withdraw-approval'),
    at: fc.nat(9),
    letter: fc.constantFrom('', 'q', 'qq'),
    left: fc.constantFrom(0, 1),
  });
  fc.assert(
    fc.property(slip, ({ name, at, letter, left }) => {
      expect(nearestNames(name.slice(0, at) + letter + name.slice(at + left), NAMES)[0]).toBe(name);
    }),
  );
});
