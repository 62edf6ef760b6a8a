/** Throughline's own definitions (METRICS 3 and 6), beside which the others stand. */
import { DEFAULT_DELIVERY_SETTINGS } from '../delivery/delivery-settings';
import { deploymentsOf } from '../delivery/deployments';
import { leadTimeForChanges } from '../delivery/lead-time-for-changes';
import type { DurationMetric } from '../figures';
import { SPANS } from '../pull-request-values';
import { calendarTime } from '../working-time';
import { ofSpan, ofMerged, type Definition, type Definitions } from './definition';

const SOURCE = 'Throughline';

function own(metric: DurationMetric, rule: string): Definition {
  return {
    rule,
    source: SOURCE,
    headline: 'p50',
    valuesIn: ofMerged((facts) => ofSpan(facts, SPANS[metric](facts))),
  };
}

/** Deployments are merges here, whatever the setting, so that the tools differ in their rules alone. */
const DEPLOYMENTS_ARE_MERGES = { ...DEFAULT_DELIVERY_SETTINGS, deploymentSource: 'merge' } as const;

export const THROUGHLINE: Definitions = {
  time_to_open: own(
    'time_to_open',
    'First own commit to opening; left out where the first commit came after the opening.',
  ),
  time_to_first_review: own(
    'time_to_first_review',
    'Opening to the first approval, request for changes or comment by another person, before the merge.',
  ),
  time_to_approve: own('time_to_approve', 'Opening to the first approval by another person.'),
  review_time: own('review_time', 'First review to merge.'),
  time_to_merge: own('time_to_merge', 'Opening to merge.'),
  cycle_time: own('cycle_time', 'First own commit, or the opening if that was earlier, to merge.'),
  lead_time_for_changes: {
    rule: 'Every own commit to the merge into the default branch, never below 0; a change counts once.',
    source: SOURCE,
    headline: 'p50',
    valuesIn: (facts, window, options) => {
      const history = { pullRequests: facts, deployments: [], pushes: [], tags: [] };
      const deployments = deploymentsOf(history, DEPLOYMENTS_ARE_MERGES, options);
      return leadTimeForChanges(deployments, window, calendarTime).evidence.map(
        ({ id, value, instants }) => ({
          id: Number(id),
          value,
          instants,
        }),
      );
    },
  },
};
