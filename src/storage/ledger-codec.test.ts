import { brotliCompressSync, constants, crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import type { PullRequestFacts } from '../facts/pull-request-facts';
import { aPullRequest, review, severalFacts } from '../facts/testing';
import { UnreadableLedger, decodeLedger, encodeLedger } from './ledger-codec';
import { columnsToBytes } from './ledger-columns';
import { toColumns } from './ledger-rows';
import { arbitraryFacts } from './testing';

const hash = fc.stringMatching(/^[0-9a-f]{12}$/);

/** Facts with any words, and lists that are not even ascending. */
const anyFacts = fc
  .record({
    facts: arbitraryFacts,
    mergeCommit: fc.option(fc.oneof(hash, fc.string())),
    targetBranch: fc.string(),
    authorId: fc.option(fc.string()),
  })
  .map(({ facts, ...words }): PullRequestFacts => ({ ...facts, ...words }));

const ledger = fc.oneof(
  fc.uniqueArray(anyFacts, { selector: ({ id }) => id, maxLength: 12 }),
  severalFacts(),
);

const byId = (facts: readonly PullRequestFacts[]): readonly PullRequestFacts[] =>
  facts.toSorted((a, b) => a.id - b.id);

it('gives back exactly the facts it was given, by id', () => {
  fc.assert(
    fc.property(ledger, (facts) => {
      expect(decodeLedger(encodeLedger(facts))).toEqual(byId(facts));
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

it('does not round what is no whole number of seconds', () => {
  expect(() => encodeLedger([aPullRequest({ openedAt: 1_700_000_000.5 })])).toThrow(RangeError);
});

describe('damage', () => {
  /** The stored bytes as a text again. */
  const text = (bytes: Uint8Array): string => `3:${Buffer.from(bytes).toString('base64')}`;
  const stored = (facts: readonly PullRequestFacts[]): Buffer =>
    Buffer.from(encodeLedger(facts).slice(2), 'base64');

  /** The facts of a text or, where they are unreadable, why; an exception of any other class goes on. */
  function attempt(damaged: string): { facts: readonly PullRequestFacts[] } | { cause: unknown } {
    try {
      return { facts: decodeLedger(damaged) };
    } catch (error) {
      if (error instanceof UnreadableLedger) return { cause: error.cause };
      throw error;
    }
  }

  function outcome(damaged: string): readonly PullRequestFacts[] | 'unreadable' {
    const attempted = attempt(damaged);
    return 'facts' in attempted ? attempted.facts : 'unreadable';
  }

  it('of a bit gives no other facts', () => {
    fc.assert(
      fc.property(ledger, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (facts, where) => {
        const bytes = stored(facts);
        const bit = Math.floor(where * bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        // The last byte of compressed data has bits that mean nothing.
        expect(['unreadable', byId(facts)]).toContainEqual(outcome(text(bytes)));
      }),
    );
  });

  it('of a bit of the checksum, or of the middle, is noticed', () => {
    for (const place of [0, 3, 40]) {
      const bytes = stored([aPullRequest(), aPullRequest({ id: 2 })]);
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      expect(() => decodeLedger(text(bytes))).toThrow(UnreadableLedger);
    }
  });

  it('of the end is noticed', () => {
    fc.assert(
      fc.property(ledger, fc.nat(), (facts, cut) => {
        const bytes = stored(facts);
        expect(() => decodeLedger(text(bytes.subarray(0, cut % bytes.length)))).toThrow(UnreadableLedger);
      }),
    );
  });

  it.each([[''], ['2:'], ['3:'], ['not base64 at all'], [encodeLedger([]).replace('3:', '4:')]])(
    'of everything is noticed: %j',
    (damaged) => {
      expect(() => decodeLedger(damaged)).toThrow(UnreadableLedger);
    },
  );

  it('that inflates to gigabytes fills no memory', () => {
    const spaces = Buffer.alloc(64 * 1024 * 1024, ' ');
    const params = { [constants.BROTLI_PARAM_QUALITY]: 1 };
    for (const bomb of [
      text(Buffer.concat([Buffer.alloc(4), brotliCompressSync(spaces, { params })])),
      deflateRawSync(spaces).toString('base64'),
    ]) {
      expect(attempt(bomb)).toMatchObject({ cause: { code: 'ERR_BUFFER_TOO_LARGE' } });
    }
  });

  describe('before the checksum was made', () => {
    /** As a fault of ours would store it: compressed and sealed. */
    function sealed(bytes: Buffer): string {
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32LE(crc32(bytes));
      return text(Buffer.concat([checksum, brotliCompressSync(bytes)]));
    }

    const whole = toColumns([
      aPullRequest({
        mergeCommit: '0123456789ab',
        branchWords: [7, 8, 7],
        requestedReviewerIds: ['one'],
        reviews: [review('approval', 1)],
      }),
    ]);

    it('leaves a whole one readable', () => {
      expect(decodeLedger(sealed(columnsToBytes(whole)))).toHaveLength(1);
    });

    it.each(Object.keys(whole.columns))('is noticed where the column %s is shorter or longer', (name) => {
      const values = whole.columns[name as keyof typeof whole.columns];
      for (const wrong of [values.slice(0, -1), [...values, 0]]) {
        const columns = { ...whole.columns, [name]: wrong };
        expect(outcome(sealed(columnsToBytes({ ...whole, columns })))).toBe('unreadable');
      }
    });

    it.each([
      ['a list of people that ends too soon', { words: { ...whole.words, people: [] } }],
      ['fewer hashes', { hashes: Buffer.alloc(5) }],
      ['more hashes', { hashes: Buffer.alloc(7) }],
      ['half a digest less', { digests: Buffer.alloc(6) }],
      ['more digests', { digests: Buffer.alloc(9) }],
      ['a word that nobody had before', { columns: { ...whole.columns, branchWords: [3, 0, 0, 3] } }],
      ['a length that lies', { columns: { ...whole.columns, requested: [2 ** 40] } }],
      ['no opening', { columns: { ...whole.columns, events: [0] } }],
    ])('is noticed: %s', (_, change) => {
      expect(outcome(sealed(columnsToBytes({ ...whole, ...change })))).toBe('unreadable');
    });
  });
});
