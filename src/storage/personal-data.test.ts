import { accountWrites } from './personal-data';

const IDS = Array.from({ length: 1_234 }, (_, number) => `557058:${String(number).padStart(36, '0')}`);
const MEGABYTE = 1024 * 1024;
/** A step of the report takes a query and a transaction, 30 ms. */
const STEPS_A_SECOND = 34;

it('writes only the parts that grow, each so small that Forge takes it with every step', () => {
  const writes = accountWrites(IDS, 990);
  expect(writes.map(({ value }) => (value as { ids: readonly string[] }).ids)).toEqual([
    IDS.slice(500, 1_000),
    IDS.slice(1_000),
  ]);
  for (const { value } of accountWrites(IDS, 0)) {
    expect(JSON.stringify(value).length * STEPS_A_SECOND).toBeLessThan(MEGABYTE);
  }
});
