/** What a workspace can decide about its delivery figures (METRICS 6), with the defaults. */
import type { BranchKind } from '../../facts/pull-request-facts';
import { SECONDS_A_DAY } from '../windows';

/**
 * `merge`: each pull request merged into the main branch; `pipeline`: each successful production deployment; `tag`: each
 * pushed tag whose name fits.
 */
export const DEPLOYMENT_SOURCES = ['merge', 'pipeline', 'tag'] as const;
export type DeploymentSourceKind = (typeof DEPLOYMENT_SOURCES)[number];

/** Bitbucket's types of environments. */
export type EnvironmentType = 'PRODUCTION' | 'STAGING' | 'TEST';

/** What tells that a deployment had failed. */
export const REMEDIATION_KINDS = ['pull-request', 'direct-push', 'failed-deployment', 'rollback'] as const;
export type RemediationKind = (typeof REMEDIATION_KINDS)[number];

/** State of DevOps reports whose levels can be shown; those after 2024 give none. */
export const BAND_YEARS = [2021, 2024] as const;
export type BandYear = (typeof BAND_YEARS)[number];

export interface DeliverySettings {
  /** `automatic`: `pipeline` where a production deployment ever succeeded, else `merge`. */
  readonly deploymentSource: DeploymentSourceKind | 'automatic';
  /** Tags with these words, one after the other, are deployments where the source is `tag`; `null`: every tag. */
  readonly tagPattern: string | null;
  /** Environments that are production: by Bitbucket's type, and further ones by their id (names are not stored). */
  readonly productionEnvironmentTypes: readonly EnvironmentType[];
  readonly productionEnvironmentIds: readonly string[];
  /** A team that works by direct pushes takes `direct-push` out, else each of its deployments has failed. */
  readonly remediationKinds: readonly RemediationKind[];
  /** Kinds of source branches whose merge is a remediation. */
  readonly remediationBranchKinds: readonly BranchKind[];
  readonly failureWindowSeconds: number;
  /**
   * Which deployments a remediation shows to have failed. `window`: the last before it, and all others in the failure
   * window before it (METRICS 6 to the letter); `last`: the last before it alone, which is Pulse's rule for incidents
   * and counts one failure for one remediation where many deployments fall into one window.
   */
  readonly failureScope: 'window' | 'last';
  readonly bandYear: BandYear;
}

export const DEFAULT_DELIVERY_SETTINGS: DeliverySettings = {
  deploymentSource: 'automatic',
  tagPattern: null,
  productionEnvironmentTypes: ['PRODUCTION'],
  productionEnvironmentIds: [],
  remediationKinds: REMEDIATION_KINDS,
  remediationBranchKinds: ['hotfix', 'revert'],
  failureWindowSeconds: SECONDS_A_DAY,
  failureScope: 'window',
  bandYear: 2024,
};
