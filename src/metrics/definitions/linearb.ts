/**
 * The definitions of LinearB, from its help pages: linearb.helpdocs.io/article/0vif1ihmgc-how-is-cycle-time-calculated
 * and linearb.io/platform/engineering-metrics/features.
 *
 * One thing cannot be followed: for drafts LinearB counts from the instant that they ceased to be drafts, which Bitbucket
 * does not keep. And one it does not say: what becomes of the review time of a pull request without comments, and of a
 * first commit after the opening; both are left out here.
 */
import type { MergedFacts } from '../population';
import { merged, opened } from '../pull-request-instants';
import { SPANS } from '../pull-request-values';
import {
  between,
  firstComment,
  ofMerged,
  ofMergedToDefault,
  ofSpan,
  type DefinedInstant,
  type DefinedValue,
  type Definitions,
} from './definition';

const CYCLE_TIME_PAGE = 'linearb.helpdocs.io: How is Cycle Time Calculated?';

export const LINEARB: Definitions = {
  time_to_open: {
    rule: 'First commit to opening; left out where the first commit came after the opening.',
    source: CYCLE_TIME_PAGE,
    headline: 'mean',
    valuesIn: ofMerged((facts) => ofSpan(facts, SPANS.time_to_open(facts))),
  },
  time_to_first_review: {
    rule: 'Opening to the first comment by another person; without comments to the first approval, without that to the merge.',
    source: CYCLE_TIME_PAGE,
    headline: 'mean',
    valuesIn: ofMerged((facts) => between(facts, opened(facts), pickedUp(facts))),
  },
  review_time: {
    rule: 'First comment by another person to merge.',
    source: CYCLE_TIME_PAGE,
    headline: 'mean',
    valuesIn: ofMerged((facts) => between(facts, firstComment(facts), merged(facts))),
  },
  cycle_time: {
    rule: 'First commit, or the opening where none came before it, to release; the merge is the release here.',
    source: CYCLE_TIME_PAGE,
    headline: 'mean',
    valuesIn: ofMerged(cycleTime),
  },
  lead_time_for_changes: {
    rule: 'LinearB shows cycle time in its place; here of the pull requests merged into the default branch.',
    source: 'linearb.io/platform/engineering-metrics/features',
    headline: 'mean',
    valuesIn: ofMergedToDefault(cycleTime),
  },
};

/** `null` while the activity is not read: participants alone tell of no comments. */
function pickedUp(facts: MergedFacts): DefinedInstant | null {
  if (!facts.coverage.activity) return null;
  return firstComment(facts) ?? SPANS.time_to_approve(facts)?.to ?? merged(facts);
}

function cycleTime(facts: MergedFacts): DefinedValue | null {
  return ofSpan(facts, SPANS.cycle_time(facts));
}
