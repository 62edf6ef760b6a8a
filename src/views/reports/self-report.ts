/** What the installed app reports of itself and of Forge beneath it: counts and states, no text and no id. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { FeatureState, StorageFeature } from '../../storage/feature-check';
import type { ScopeState } from './connection-report';

/** In the file, so that the command knows what it reads. */
export const SELF_REPORT_FORMAT = 'throughline-self-report';

/** Upper ends in seconds of how long after it happened an event came; what took longer is counted last. */
export const DELAY_ENDS = [5, 15, 60, 180, 900, 3_600] as const;

/** All events of one name among the sampled ones. */
export interface EventTypeReport {
  readonly type: string;
  readonly count: number;
  /** One more than DELAY_ENDS; events without an instant are in none. */
  readonly delays: readonly number[];
  /** How many had each field that may be missing, of how many that were looked at. */
  readonly fields: readonly { readonly path: string; readonly present: number; readonly of: number }[];
}

export interface SelfReport {
  readonly format: typeof SELF_REPORT_FORMAT;
  readonly version: 1;
  readonly asOf: EpochSeconds;
  readonly storeVersion: number;
  /** Forms of what Forge's context says beside the place. */
  readonly context: {
    /** `workspace`: as assumed, `ari:cloud:bitbucket::workspace/<uuid>`. */
    readonly installation: 'workspace' | 'other' | 'absent';
    readonly hasAccountType: boolean;
    readonly hasLicence: boolean;
    readonly hasLocale: boolean;
  };
  readonly scopes: readonly Pick<ScopeState, 'scope' | 'granted'>[];
  readonly events: {
    readonly types: readonly EventTypeReport[];
    /** Of the last 90 days, counted up to 1,000. */
    readonly refused: number;
  };
  /** Of one answer that was asked for now: which of the headers about limits it had; `null` where none came. */
  readonly headers: readonly string[] | null;
  readonly storage: Readonly<Record<StorageFeature, FeatureState>>;
}
