/** Every delivery metric of METRICS 6 over one window, with what stands behind each. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import type { Count, Distribution, Ratio, Window } from '../figures';
import { clockOf, type FigureOptions } from '../population';
import { calendarTime, type ElapsedTime } from '../working-time';
import { bandsOf, type Band, type BandedFigures } from './bands';
import { changeFailureRate } from './change-failure-rate';
import { firstActivityAt, type DeliveryFacts } from './delivery-facts';
import type { BandYear, DeliverySettings, DeploymentSourceKind } from './delivery-settings';
import { deploymentCalendar, type DeploymentDay } from './deployment-calendar';
import { deploymentFrequency, type DeploymentFrequency } from './deployment-frequency';
import { deploymentsOf } from './deployments';
import { directPushes, hotfixPushes } from './direct-pushes';
import type { Explained } from './explained';
import { failureCauses, type FailureCauses } from './failure-causes';
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
  readonly failureCauses: FailureCauses;
}

/** The delivery figures that lie between instants. */
type Durations = Pick<DeliveryFigures, 'lead_time_for_changes' | 'time_to_restore'>;

/** The figures of several windows, in their order; what they are made of is said at `deliveryFiguresBy`. */
export function deliveryFigures(
  facts: DeliveryFacts,
  windows: readonly Window[],
  now: EpochSeconds,
  settings: DeliverySettings,
  options: FigureOptions,
): readonly DeliveryFigures[] {
  return windows.map(deliveryFiguresBy(facts, now, settings, options));
}

/**
 * Gives the figures of any window. `facts` are all that is known of the repository up to `now`: what came before a window
 * decides which deployment was the first, and what came after it which failed.
 *
 * Lead time and time to restore count by the options' clock, the bands always by the calendar: that is what the reports'
 * thresholds, such as less than a day, were asked for.
 */
export function deliveryFiguresBy(
  facts: DeliveryFacts,
  now: EpochSeconds,
  settings: DeliverySettings,
  options: FigureOptions,
): (window: Window) => DeliveryFigures {
  const deployments = deploymentsOf(facts, settings, options);
  const remediations = remediationsOf(facts, deployments, settings, options);
  const failures = failedDeployments(deployments, remediations, settings);
  const firstActivity = deployments.knownSince ?? firstActivityAt(facts);
  const elapsed = clockOf(options);
  return (window) => {
    const durationsBy = (clock: ElapsedTime): Durations => ({
      lead_time_for_changes: leadTimeForChanges(deployments, window, clock),
      time_to_restore: timeToRestore(failures, window, now, clock),
    });
    const durations = durationsBy(elapsed);
    const onCalendar = elapsed === calendarTime ? durations : durationsBy(calendarTime);
    const frequency = deploymentFrequency(deployments, window, firstActivity);
    const failureRate = changeFailureRate(deployments, failures, window);
    const banded = {
      deployment_frequency: frequency.figure,
      lead_time_for_changes: onCalendar.lead_time_for_changes.figure,
      change_failure_rate: failureRate.figure,
      time_to_restore: onCalendar.time_to_restore.figure,
    };
    return {
      source: deployments.source,
      ...durations,
      deployment_frequency: frequency,
      change_failure_rate: failureRate,
      rework_rate: reworkRate(deployments, remediations, window),
      direct_pushes: directPushes(facts.pushes, window),
      hotfix_pushes: hotfixPushes(facts.pushes, deployments, settings, window),
      bandYear: settings.bandYear,
      bands: bandsOf(banded, settings.bandYear),
      calendar: deploymentCalendar(deployments, failures, window),
      failureCauses: failureCauses(failures, window),
    };
  };
}
