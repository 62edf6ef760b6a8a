/** What the panel on a pull request shows. */
import type { EpochSeconds } from '../../facts/pull-request-facts';

export interface PullRequestReport {
  readonly asOf: EpochSeconds;
}
