import fc from 'fast-check';
import { UnreadableLedger, decodeLedger, encodeLedger } from './ledger-codec';
import { arbitraryFacts } from './testing';

const ledger = fc.uniqueArray(arbitraryFacts, { selector: (facts) => facts.id, maxLength: 12 });

it('gives back exactly the facts it was given, by id', () => {
  fc.assert(
    fc.property(ledger, (facts) => {
      expect(decodeLedger(encodeLedger(facts))).toEqual(facts.toSorted((a, b) => a.id - b.id));
    }),
  );
});

it('gives the same text for the same facts in any order', () => {
  fc.assert(
    fc.property(ledger, (facts) => {
      expect(encodeLedger(facts.toReversed())).toBe(encodeLedger(facts));
    }),
  );
});

it.each([['not base64 at all'], [''], [encodeLedger([]).slice(0, -12)]])(
  'refuses damaged text %#',
  (text) => {
    expect(() => decodeLedger(text)).toThrow(UnreadableLedger);
  },
);
