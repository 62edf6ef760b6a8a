import { Accounts } from './accounts';

const DAY = 86_400_000;

it('keeps what was used by day and purpose, and adds it up', () => {
  const accounts = new Accounts(1_000);
  accounts.of('live', 1_000).pushes += 1;
  accounts.of('live', 1_000 + DAY - 1).pushes += 2;
  accounts.of('live', 1_000 + DAY).pushes += 4;
  accounts.of('tick', 1_000 + 2 * DAY).pushes += 8;
  expect(accounts.sum().pushes).toBe(15);
  expect(accounts.sum((purpose) => purpose === 'live').pushes).toBe(7);
  expect(accounts.sum(() => true, 1, 2).pushes).toBe(4);
  expect([...accounts.byPurpose(1)].map(([purpose, { pushes }]) => [purpose, pushes])).toEqual([
    ['live', 4],
    ['tick', 8],
  ]);
});
