/** The list of changes that admins made: who by id, when, and what. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { queryEntityFromHighest, type TransactionSet } from './forge-storage';
import { AUDIT_ENTITY, INDEX, key, type RepositoryId } from './keys';

/** The scope of a change that is about the whole workspace; of one about a repository it is the repository. */
export const WORKSPACE_SCOPE = 'workspace';
export type AuditScope = typeof WORKSPACE_SCOPE | (RepositoryId & {});

const storedEntry = z.object({
  scope: z.string(),
  at: z.number().int(),
  detail: z.object({
    schema: z.literal(1),
    /** Account id of who did it; `null` where that account was closed since. */
    by: z.string().nullable(),
    /** What was changed, such as `staleDays`. */
    what: z.string(),
    before: z.unknown(),
    after: z.unknown(),
  }),
});

/** One change; `before` and `after` are the setting's values, `null` where it had or has none of its own. */
export interface AuditEntry {
  readonly at: EpochSeconds;
  readonly by: string | null;
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Who decided something, and when. */
export interface Decision {
  readonly by: string;
  readonly at: EpochSeconds;
}

/** The write of an entry, to go into the transaction that makes the change. */
export function auditWrite(scope: AuditScope, { at, ...entry }: AuditEntry): TransactionSet {
  const value = { scope, at, detail: { schema: 1, ...entry } };
  return { key: key.audit(scope, randomUUID()), entityName: AUDIT_ENTITY, value };
}

/** The changes of a scope, the latest first, up to `most`: a request for each hundred. Eventually consistent. */
export async function readAudit(
  scope: AuditScope,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const { value } of queryEntityFromHighest(AUDIT_ENTITY, INDEX.byScope, [scope])) {
    const { at, detail } = storedEntry.parse(value);
    const { by, what, before, after } = detail;
    entries.push({ at, by, what, before: before ?? null, after: after ?? null });
    if (entries.length >= most) break;
  }
  return entries;
}
