/**
 * What each version of the store has rewritten of what earlier releases stored. Only what would otherwise stay in an old
 * form for ever is: everything is readable in any form, and what is written again anyway gets the present one by that.
 */
import { rewriteOlderMonth } from '../../storage/delivery-months';
import { ENTITY } from '../../storage/keys';
import { rewriteOlderLedger } from '../../storage/ledgers';

export interface UpgradeStep {
  /** Rows of a store before this version may need it. */
  readonly version: number;
  readonly entityName: string;
  /**
   * Rewrites what the row belongs to, where it is older; tells whether it was. Throws UnreadableLedger or
   * UnreadableText where it is damaged, and StorageConflict where somebody wrote it meanwhile.
   */
  readonly rewrite: (row: { readonly key: string; readonly value: unknown }) => Promise<boolean>;
}

/** In the order in which they are made. */
export const UPGRADE_STEPS: readonly UpgradeStep[] = [
  // Months of closed pull requests are not written again by themselves: schemas 1 and 2 are from before the first release.
  { version: 1, entityName: ENTITY.ledger, rewrite: rewriteOlderLedger },
  // As are months of pipelines, which had no checksum.
  { version: 1, entityName: ENTITY.delivery, rewrite: rewriteOlderMonth },
];
