/** What admins can decide about how figures are computed: applied when a screen is made, so to all history at once. */
import type { BranchKind } from '../facts/pull-request-facts';
import { DEFAULT_DELIVERY_SETTINGS, type DeliverySettings } from './delivery/delivery-settings';
import { SECONDS_A_DAY } from './windows';

/** Characters of a branch rule's pattern, and of a tag pattern (METRICS 6). */
export const SHORTEST_PATTERN = 2;
export const LONGEST_PATTERN = 50;

/** Source branches whose name has these words, one after the other, are of this kind. */
export interface BranchRule {
  readonly pattern: string;
  readonly kind: BranchKind;
}

export interface FigureSettings {
  readonly delivery: DeliverySettings;
  /** Seconds of the calendar without activity after which an open pull request is stale. */
  readonly staleAfterSeconds: number;
  /** The first that fits decides; where none does, the branch's first word (METRICS 1). */
  readonly branchRules: readonly BranchRule[];
  /** People by id who are bots although their account says `user`. */
  readonly botIds: readonly string[];
}

export const DEFAULT_FIGURE_SETTINGS: FigureSettings = {
  delivery: DEFAULT_DELIVERY_SETTINGS,
  staleAfterSeconds: 7 * SECONDS_A_DAY,
  branchRules: [],
  botIds: [],
};
