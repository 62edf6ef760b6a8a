/** What is kept of the weekly report of personal data: the account ids that it is about while it runs, and its outcome. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { get, getMany, removeMany, type TransactionSet } from './forge-storage';
import { key } from './keys';

/**
 * An id has some 45 characters, and while they are gathered a part is written some thirty times a second: Forge takes
 * 1 MB a second for a key.
 */
const ACCOUNTS_A_PART = 500;

/**
 * `done`: every account was reported; `limited`, `refused`, `failed`: Atlassian answered 429, a refusal (the permission
 * is missing), or not at all, and it is tried again.
 */
export const REPORT_OUTCOMES = ['done', 'limited', 'refused', 'failed'] as const;
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];

const storedReport = z.object({
  /** When this was written. */
  at: z.number().int(),
  outcome: z.enum(REPORT_OUTCOMES),
  /** Of the last report that came to its end: when, of how many accounts, and how many of them were closed and erased. */
  doneAt: z.number().int().nullable(),
  accounts: z.number().int().nullable(),
  closed: z.number().int().nullable(),
});

/** How the last report ended; instants in epoch seconds. */
export type PersonalDataReport = z.output<typeof storedReport>;

/** `null` before the first. */
export async function readPersonalDataReport(): Promise<PersonalDataReport | null> {
  const stored = await get(key.personalDataReport());
  return stored === undefined ? null : storedReport.parse(stored);
}

/** The write of a report that came to its end. */
export function reportDoneWrite(accounts: number, closed: number, at: EpochSeconds): TransactionSet {
  const report: PersonalDataReport = { at, outcome: 'done', doneAt: at, accounts, closed };
  return { key: key.personalDataReport(), value: report };
}

/** The write of a report that did not, beside what is known of the last that did. */
export async function reportFailedWrite(
  outcome: Exclude<ReportOutcome, 'done'>,
  at: EpochSeconds,
): Promise<TransactionSet> {
  const before = await readPersonalDataReport();
  const { doneAt, accounts, closed } = before ?? { doneAt: null, accounts: null, closed: null };
  return { key: key.personalDataReport(), value: { at, outcome, doneAt, accounts, closed } };
}

const storedAccounts = z.object({ ids: z.array(z.string()) });

/** The ids of the report that runs, in the order in which they were found; a part that is gone is empty. */
export async function readReportedAccounts(count: number): Promise<readonly string[]> {
  const parts = partsOf(count);
  const rows =
    parts.length === 0 ? new Map<string, unknown>() : await getMany(parts.map((part) => ({ key: part })));
  return parts.flatMap((part) => {
    const row = rows.get(part);
    return row === undefined ? [] : storedAccounts.parse(row).ids;
  });
}

/** The writes that add to the first `known` ids, to go into the transaction that saves the job. */
export function accountWrites(ids: readonly string[], known: number): readonly TransactionSet[] {
  const first = Math.floor(known / ACCOUNTS_A_PART);
  return partsOf(ids.length)
    .map((part, index) => ({
      key: part,
      value: { ids: ids.slice(index * ACCOUNTS_A_PART, (index + 1) * ACCOUNTS_A_PART) },
    }))
    .slice(first);
}

/** Forgets the ids; absent ones are fine. */
export async function removeReportedAccounts(count: number): Promise<void> {
  await removeMany(partsOf(count).map((part) => ({ key: part })));
}

function partsOf(count: number): readonly string[] {
  return Array.from({ length: Math.ceil(count / ACCOUNTS_A_PART) }, (_, part) => key.reportedAccounts(part));
}
