import { noTotals } from './accounts';
import { billedUse, monthlyBill } from './bill';

const NOTHING = { gigabyteSeconds: 0, gigabytesRead: 0, gigabytesWritten: 0, gigabytesLogged: 0 };

it('costs nothing within the free allowance', () => {
  const bill = monthlyBill({
    gigabyteSeconds: 200_000,
    gigabytesRead: 0.1,
    gigabytesWritten: 0.05,
    gigabytesLogged: 1,
  });
  expect(bill.due).toBe(0);
  // 200,000 * 0.000025 + 0.1 * 0.055 + 0.05 * 1.09 + 1 * 1.005
  expect(bill.full).toBeCloseTo(5 + 0.0055 + 0.0545 + 1.005, 10);
  expect(bill.freeWorkspaces.count).toBe(1);
});

it('bills what is beyond the allowance, each capability by its own price', () => {
  const bill = monthlyBill({
    gigabyteSeconds: 300_000,
    gigabytesRead: 10.1,
    gigabytesWritten: 3.1,
    gigabytesLogged: 0.5,
  });
  // 100,000 GB-s; 10 GB read; 3 GB written; logs are free.
  expect(bill.due).toBeCloseTo(2.5 + 0.55 + 3.27, 10);
  expect(bill.lines.find(({ capability }) => capability === 'gigabytesLogged')?.due).toBe(0);
});

it('says how many such workspaces are free, and what ends it', () => {
  expect(monthlyBill({ ...NOTHING, gigabyteSeconds: 1_000, gigabytesWritten: 0.002 }).freeWorkspaces).toEqual(
    { count: 50, endedBy: 'gigabytesWritten' },
  );
});

it('bills gigabytes of 2^30 bytes, and an empty read as 1 KB', () => {
  const totals = { ...noTotals(), bytesRead: 2 ** 29, emptyReads: 2 ** 19, bytesWritten: 2 ** 31 };
  expect(billedUse(totals)).toEqual({ ...NOTHING, gigabytesRead: 1, gigabytesWritten: 2 });
});
