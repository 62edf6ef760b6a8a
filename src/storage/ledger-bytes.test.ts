import fc from 'fast-check';
import { ByteReader, ByteWriter, folded, unfolded } from './ledger-bytes';

const LARGEST = 2 ** 52;
const anyNumber = fc.oneof(
  fc.nat(300),
  fc.maxSafeNat().map((value) => value % LARGEST),
);

function written(write: (writer: ByteWriter) => void): ByteReader {
  const writer = new ByteWriter();
  write(writer);
  return new ByteReader(writer.finish());
}

it('reads what it wrote, in the same order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyNumber)), fc.uint8Array(), (columns, bytes) => {
      const reader = written((writer) => {
        for (const column of columns) writer.numbers(column);
        writer.block(bytes);
      });
      for (const column of columns) expect(reader.numbers()).toEqual(column);
      expect([...reader.block()]).toEqual([...bytes]);
      expect(() => reader.end()).not.toThrow();
    }),
  );
});

it('writes small numbers in one byte, and instants of a day in three', () => {
  const writer = new ByteWriter();
  writer.number(127);
  writer.number(86_399);
  expect(writer.finish()).toHaveLength(4);
});

it('folds numbers of either sign, and gives them back', () => {
  expect([0, -1, 1, -2].map(folded)).toEqual([0, 1, 2, 3]);
  fc.assert(
    fc.property(anyNumber, fc.boolean(), (amount, below) => {
      const value = below && amount > 0 ? -amount : amount;
      const reader = written((writer) => writer.number(folded(value)));
      expect(unfolded(reader.number())).toBe(value);
    }),
  );
});

it.each([0.5, -1, Number.NaN, 2 ** 54])('does not write %d as another number', (value) => {
  expect(() => new ByteWriter().number(value)).toThrow(RangeError);
});

it.each([0.5, Number.NaN, 2 ** 53])('does not fold %d', (value) => {
  expect(() => folded(value)).toThrow(RangeError);
});

it('refuses a count that is larger than what follows, before it makes room', () => {
  const lying = (): ByteReader => written((writer) => writer.number(2 ** 40));
  expect(() => lying().numbers()).toThrow(/fewer bytes/);
  expect(() => lying().block()).toThrow(/fewer bytes/);
});

it('refuses a number without an end, bytes that end too soon, and bytes that go on', () => {
  expect(() => new ByteReader(Buffer.from([...Array<number>(9).fill(0xff), 1])).number()).toThrow(RangeError);
  expect(() => new ByteReader(Buffer.from([0xff])).number()).toThrow(RangeError);
  expect(() => written((writer) => writer.number(1)).end()).toThrow(RangeError);
});
