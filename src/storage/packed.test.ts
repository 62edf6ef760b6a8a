import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { z } from 'zod';
import { MOST_UNPACKED_BYTES, pack, UnreadableText, unpack } from './packed';

const schema = z.object({ elements: z.array(z.string()) });
const read = (text: string): z.output<typeof schema> => unpack('a text', schema, text);

it('reads what it packed', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), (elements) => {
      expect(read(pack({ elements }))).toEqual({ elements });
    }),
  );
});

it('reads what releases without a checksum packed', () => {
  const text = deflateRawSync('{"elements":["of old"]}').toString('base64');
  expect(read(text)).toEqual({ elements: ['of old'] });
});

it.each([
  ['nothing', ''],
  ['no text of ours', 'ordinary words'],
  ['a text without its checksum', '2:AA=='],
  ['another value', pack({ pipelines: 1 })],
])('refuses %s', (_, text) => {
  expect(() => read(text)).toThrow(UnreadableText);
});

it('notices any character that is another', () => {
  const text = pack({ elements: ['a pipeline', 'a pipeline', 'a deployment'] });
  // The last character may hold bits that no byte is made of.
  const places = fc.integer({ min: 2, max: text.replace(/=*$/, '').length - 2 });
  fc.assert(
    fc.property(places, fc.constantFrom('A', 'b', '7', '+'), (place, other) => {
      fc.pre(text[place] !== other);
      const damaged = text.slice(0, place) + other + text.slice(place + 1);
      expect(() => read(damaged)).toThrow(UnreadableText);
    }),
  );
});

/** A few hundred kilobytes that deflate to a thousandth: what would be written as one value of Forge. */
const BOMB = deflateRawSync(Buffer.alloc(8 * MOST_UNPACKED_BYTES, ' '));

it.each([
  ['with', `2:${Buffer.concat([Buffer.alloc(4), BOMB]).toString('base64')}`],
  ['without', BOMB.toString('base64')],
])('does not inflate beyond its bound what is made to fill the memory (%s a checksum)', (_, text) => {
  const before = process.memoryUsage.rss();
  expect(() => read(text)).toThrow(UnreadableText);
  expect(process.memoryUsage.rss() - before).toBeLessThan(4 * MOST_UNPACKED_BYTES);
});

it('does not pack what could not be read back', () => {
  expect(() => pack({ elements: ['x'.repeat(MOST_UNPACKED_BYTES)] })).toThrow(RangeError);
});
