/** Performance levels of the State of DevOps reports: the thresholds as data, and where figures stand in them (METRICS 6). */
import type { CalendarUnit } from '../calendar-periods';
import type { Distribution, Ratio } from '../figures';
import { SECONDS_A_DAY } from '../windows';
import type { BandYear } from './delivery-settings';
import type { DeploymentFrequency } from './deployment-frequency';

export type Band = 'elite' | 'high' | 'medium' | 'low';

/** The figures that the reports give levels for. */
export interface BandedFigures {
  readonly deployment_frequency: DeploymentFrequency;
  readonly lead_time_for_changes: Distribution;
  readonly change_failure_rate: Ratio;
  readonly time_to_restore: Distribution;
}

/** A threshold: seconds or a share to stay below or at, deployments a day, or a share of periods with a deployment. */
export type Threshold =
  | { readonly below: number }
  | { readonly atMost: number }
  | { readonly perDayAbove: number }
  | { readonly perDayAtLeast: number }
  | { readonly shareOf: CalendarUnit; readonly above: number };

/** What each level asks for, best first; `null` where the report has no range of its own for it. Low is the rest. */
export interface Thresholds {
  readonly elite: Threshold;
  readonly high: Threshold;
  readonly medium: Threshold | null;
}

export interface BandReport {
  readonly year: BandYear;
  readonly title: string;
  readonly source: string;
  readonly thresholds: Readonly<Record<keyof BandedFigures, Thresholds>>;
}

const HOUR = 3_600;
const DAY = SECONDS_A_DAY;
const WEEK = 7 * DAY;
const MONTH = (365 / 12) * DAY;

/**
 * 2021 is read as Pulse reads it (docs.pulse.codacy.com/metrics/accelerate); there "on demand" is a deployment on most
 * days, and Medium has no failure rate of its own because the report gives it the same range as Low.
 *
 * 2024 is the latest with levels: the report of 2025 has team archetypes and a distribution for each metric instead. Its
 * levels are clusters of answers (printed in octopus.com/blog/2024-devops-performance-clusters), and two are no use as
 * thresholds: Medium fails less often (10 %) than High (20 %), and restores as fast as High, in less than a day. So
 * whoever is beyond High is Low in these two.
 *
 * Neither gives levels for the rework rate.
 */
export const BAND_REPORTS: Readonly<Record<BandYear, BandReport>> = {
  2021: {
    year: 2021,
    title: 'Accelerate State of DevOps 2021, as Pulse uses it',
    source: 'https://services.google.com/fh/files/misc/state-of-devops-2021.pdf',
    thresholds: {
      deployment_frequency: {
        elite: { shareOf: 'day', above: 0.5 },
        high: { shareOf: 'month', above: 0.5 },
        medium: { shareOf: 'half-year', above: 0.5 },
      },
      lead_time_for_changes: {
        elite: { below: HOUR },
        high: { below: WEEK },
        medium: { below: 6 * MONTH },
      },
      change_failure_rate: { elite: { atMost: 0.15 }, high: { atMost: 0.3 }, medium: null },
      time_to_restore: { elite: { below: HOUR }, high: { below: DAY }, medium: { below: WEEK } },
    },
  },
  2024: {
    year: 2024,
    title: 'Accelerate State of DevOps 2024',
    source: 'https://dora.dev/research/2024/dora-report/',
    thresholds: {
      deployment_frequency: {
        elite: { perDayAbove: 1 },
        high: { perDayAtLeast: DAY / WEEK },
        medium: { perDayAtLeast: DAY / MONTH },
      },
      lead_time_for_changes: { elite: { below: DAY }, high: { below: WEEK }, medium: { below: MONTH } },
      change_failure_rate: { elite: { atMost: 0.05 }, high: { atMost: 0.2 }, medium: null },
      time_to_restore: { elite: { below: HOUR }, high: { below: DAY }, medium: null },
    },
  },
};

/** Below this number of deployments, or of values, a level would say more than is known (METRICS 2 and 6). */
const FEWEST = 5;

/** The best level whose threshold each figure meets, durations by their median; `null` where too little is known. */
export function bandsOf(
  figures: BandedFigures,
  year: BandYear,
): Readonly<Record<keyof BandedFigures, Band | null>> {
  const { thresholds } = BAND_REPORTS[year];
  const frequency = figures.deployment_frequency;
  const level = (metric: keyof BandedFigures, value: number | null): Band | null => {
    if (value === null || frequency.n < FEWEST || figures[metric].n < FEWEST) return null;
    return bestMet(thresholds[metric], (threshold) => isMet(threshold, value, frequency));
  };
  return {
    deployment_frequency: level('deployment_frequency', frequency.value),
    lead_time_for_changes: level('lead_time_for_changes', figures.lead_time_for_changes.p50),
    change_failure_rate: level('change_failure_rate', figures.change_failure_rate.value),
    time_to_restore: level('time_to_restore', figures.time_to_restore.p50),
  };
}

function bestMet({ elite, high, medium }: Thresholds, meets: (threshold: Threshold) => boolean): Band {
  if (meets(elite)) return 'elite';
  if (meets(high)) return 'high';
  return medium !== null && meets(medium) ? 'medium' : 'low';
}

function isMet(threshold: Threshold, value: number, { shares }: DeploymentFrequency): boolean {
  if ('below' in threshold) return value < threshold.below;
  if ('atMost' in threshold) return value <= threshold.atMost;
  if ('perDayAbove' in threshold) return value > threshold.perDayAbove;
  if ('perDayAtLeast' in threshold) return value >= threshold.perDayAtLeast;
  return (shares[threshold.shareOf].value ?? 0) > threshold.above;
}
