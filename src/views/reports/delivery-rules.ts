/** By which rules figures of delivery are made, for the screens to name them. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type {
  DeliverySettings,
  DeploymentSourceKind,
  EnvironmentType,
} from '../../metrics/delivery/delivery-settings';

export interface DeliveryRules {
  /** What counts as a deployment. */
  readonly source: DeploymentSourceKind;
  /** Whether an admin chose the source; else it is found out from what there is. */
  readonly isSourceChosen: boolean;
  /** Of tags only: the words that a name must have; `null`: every tag counts. */
  readonly tagPattern: string | null;
  /** Of tags only: when the first known one was pushed; `null` while none is known. */
  readonly tagsSince: EpochSeconds | null;
  /** Environments that are production: by their type, and how many further ones. */
  readonly environmentTypes: readonly EnvironmentType[];
  readonly furtherEnvironments: number;
  /** Whether direct pushes to the main branch are repairs. */
  readonly isPushRepair: boolean;
  readonly failureWindowSeconds: DeliverySettings['failureWindowSeconds'];
  readonly failureScope: DeliverySettings['failureScope'];
}
