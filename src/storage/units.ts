/** What Forge counts of a value that is read or written: units of 10 KB, of which it allows 4,000 a minute of each. */

const CHARACTERS_A_UNIT = 10_000;

/** Units of values that one request reads or writes, about: Forge counts bytes. One at the least. */
export function unitsOf(values: readonly unknown[]): number {
  const characters = values.reduce<number>((sum, value) => sum + JSON.stringify(value).length, 0);
  return Math.max(1, Math.ceil(characters / CHARACTERS_A_UNIT));
}
