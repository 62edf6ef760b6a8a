/** The list of changes of a scope, as the settings pages show it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { readAudit, type AuditScope } from '../storage/audit';
import type { AuditReport } from './reports/settings-report';

export async function auditReport(scope: AuditScope, now: EpochSeconds): Promise<AuditReport> {
  return { asOf: now, entries: await readAudit(scope) };
}
