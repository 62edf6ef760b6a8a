/** What the workspace's retention keeps. */
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { WorkspaceSettings } from './workspace-settings';

const SECONDS_A_DAY = 86_400;

/** What ended at or after this instant is kept; 0 where everything is. */
export function keptSince(
  { retentionDays }: Pick<WorkspaceSettings, 'retentionDays'>,
  now: EpochSeconds,
): EpochSeconds {
  return retentionDays === null ? 0 : now - retentionDays * SECONDS_A_DAY;
}

/** When a pull request ended; of one that nothing tells it of, when anything last happened. `null` while it is open. */
export function endOf(
  facts: Pick<PullRequestFacts, 'state' | 'closedAt' | 'lastActivityAt' | 'openedAt'>,
): EpochSeconds | null {
  return facts.state === 'OPEN' ? null : (facts.closedAt ?? facts.lastActivityAt ?? facts.openedAt);
}

/** Whether a pull request is still to be kept. */
export function isKept(facts: Parameters<typeof endOf>[0], since: EpochSeconds): boolean {
  const end = endOf(facts);
  return end === null || end >= since;
}
