/** Every delivery metric of METRICS 6 over one window, with what stands behind each. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Count, Distribution, Ratio, Window } from '../figures';
import type { FigureOptions } from '../population';
import { bandsOf, type Band, type BandedFigures } from './bands';
import { changeFailureRate } from './change-failure-rate';
import { firstActivityAt, type DeliveryFacts } from './delivery-facts';
import type { BandYear, DeliverySettings, DeploymentSourceKind } from './delivery-settings';
import { deploymentCalendar, type DeploymentDay } from './deployment-calendar';
import { deploymentFrequency, type DeploymentFrequency } from './deployment-frequency';
import { deploymentsOf } from './deployments';
import { directPushes, hotfixPushes } from './direct-pushes';
import type { Explained } from './explained';
import { failedDeployments } from './failures';
import { leadTimeForChanges } from './lead-time-for-changes';
import { remediationsOf } from './remediations';
import { reworkRate } from './rework-rate';
import { timeToRestore, type TimeToRestore } from './time-to-restore';

export interface DeliveryFigures {
  /** What counted as a deployment. */
  readonly source: DeploymentSourceKind;
  readonly deployment_frequency: Explained<DeploymentFrequency>;
  readonly lead_time_for_changes: Explained<Distribution>;
  readonly change_failure_rate: Explained<Ratio>;
  readonly time_to_restore: TimeToRestore;
  readonly rework_rate: Explained<Ratio>;
  readonly direct_pushes: Explained<Count>;
  readonly hotfix_pushes: Explained<Count>;
  readonly bandYear: BandYear;
  readonly bands: Readonly<Record<keyof BandedFigures, Band | null>>;
  readonly calendar: readonly DeploymentDay[];
}

/**
 * The figures of several windows, in their order. `facts` are all that is known of the repository up to `now`: what came
 * before a window decides which deployment was the first, and what came after it which failed.
 */
export function deliveryFigures(
  facts: DeliveryFacts,
  windows: readonly Window[],
  now: EpochSeconds,
  settings: DeliverySettings,
  options: FigureOptions,
): readonly DeliveryFigures[] {
  const deployments = deploymentsOf(facts, settings, options);
  const remediations = remediationsOf(facts, deployments, settings, options);
  const failures = failedDeployments(deployments, remediations, settings);
  const firstActivity = firstActivityAt(facts);
  return windows.map((window) => {
    const explained = {
      deployment_frequency: deploymentFrequency(deployments, window, firstActivity),
      lead_time_for_changes: leadTimeForChanges(deployments, window),
      change_failure_rate: changeFailureRate(deployments, failures, window),
      time_to_restore: timeToRestore(failures, window, now),
    };
    const figures = {
      deployment_frequency: explained.deployment_frequency.figure,
      lead_time_for_changes: explained.lead_time_for_changes.figure,
      change_failure_rate: explained.change_failure_rate.figure,
      time_to_restore: explained.time_to_restore.figure,
    };
    return {
      source: deployments.source,
      ...explained,
      rework_rate: reworkRate(deployments, remediations, window),
      direct_pushes: directPushes(facts.pushes, window),
      hotfix_pushes: hotfixPushes(facts.pushes, deployments, settings, window),
      bandYear: settings.bandYear,
      bands: bandsOf(figures, settings.bandYear),
      calendar: deploymentCalendar(deployments, failures, window),
    };
  });
}
