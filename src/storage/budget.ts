/** Stores what was spent of the request budget; every change is guarded, since many functions spend at once. */
import { z } from 'zod';
import { StorageConflict } from './errors';
import { createEntity, getEntity, transact } from './forge-storage';
import { BUDGET_ENTITY, key } from './keys';

const storedBudget = z.object({
  version: z.number().int(),
  detail: z.object({
    limit: z.number().int().positive(),
    slots: z.array(
      z.object({
        slot: z.number().int(),
        used: z.number().int(),
        /** Of these, those of live events and of reconciliation; absent where a version without them wrote the row. */
        live: z.number().int().default(0),
        reconciliation: z.number().int().default(0),
      }),
    ),
    pausedUntil: z.number().int(),
    othersPausedUntil: z.number().int(),
    strikes: z.number().int(),
  }),
});

/** What is known of the budget; instants in epoch seconds. */
export type Budget = z.output<typeof storedBudget>['detail'];

/** Many live events may spend at the same instant. */
const MOST_ATTEMPTS = 12;

export async function readBudget(beginning: Budget): Promise<Budget> {
  const stored = await getEntity(BUDGET_ENTITY, key.budget());
  return stored === undefined ? beginning : storedBudget.parse(stored).detail;
}

/** Applies a change to the present budget and returns what it returned; nothing is written where nothing changed. */
export async function changeBudget<T>(
  beginning: Budget,
  change: (budget: Budget) => { readonly budget: Budget; readonly result: T },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const raw = await getEntity(BUDGET_ENTITY, key.budget());
    if (raw === undefined) {
      await createEntity(BUDGET_ENTITY, key.budget(), { version: 0, detail: beginning });
      continue;
    }
    const { version, detail } = storedBudget.parse(raw);
    const { budget, result } = change(detail);
    if (budget === detail) return result;
    try {
      await transact([
        {
          key: key.budget(),
          entityName: BUDGET_ENTITY,
          value: { version: version + 1, detail: budget },
          ifVersion: version,
        },
      ]);
      return result;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}
