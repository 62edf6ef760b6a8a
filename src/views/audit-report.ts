/** The list of changes of a scope, as the settings pages show it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import { readAudit, type AuditScope } from '../storage/audit';
import { MOST_CHARACTERS } from './cut-list';
import type { AuditReport } from './reports/settings-report';

/** The list grows for ever; so many are ten requests to storage. */
const MOST_ENTRIES = 1_000;

export async function auditReport(scope: AuditScope, now: EpochSeconds): Promise<AuditReport> {
  const entries = await readAudit(scope, MOST_ENTRIES + 1);
  let characters = 0;
  const end = entries.findIndex((entry, place) => {
    characters += JSON.stringify(entry).length + 1;
    return place === MOST_ENTRIES || characters > MOST_CHARACTERS;
  });
  return { asOf: now, entries: end === -1 ? entries : entries.slice(0, end), isCut: end !== -1 };
}
