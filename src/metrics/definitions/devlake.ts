/**
 * The definitions of Apache DevLake, from its code and documentation: in `backend/plugins` of its repository
 * `dora/tasks/change_lead_time_calculator.go` and `bitbucket/tasks/pr_extractor.go`, in `docs/Metrics` of its site
 * `PRTimeToMerge.md`, `PRCycleTime.md` and `LeadTimeForChanges.md`.
 *
 * Two things cannot be followed: DevLake takes comments of bots and comments after the merge for reviews too, which no
 * fact holds; and its instants have fractions of seconds, so that a value may differ by a minute.
 */
import type { MergedFacts } from '../population';
import { firstCommit, merged, opened } from '../pull-request-instants';
import {
  between,
  firstComment,
  ofMerged,
  ofMergedToDefault,
  type DefinedValue,
  type Definitions,
} from './definition';

const CALCULATOR = 'Apache DevLake, change_lead_time_calculator.go';
const MERGES_KNOWN = 'Merges without a merge commit are left out.';
const MINUTE = 60;

export const DEVLAKE: Definitions = {
  time_to_open: {
    rule: `First commit to opening, in whole minutes; left out where the first commit came after the opening. ${MERGES_KNOWN}`,
    source: CALCULATOR,
    headline: 'mean',
    valuesIn: ofMerged(known(codingTime)),
  },
  time_to_first_review: {
    rule: `Opening to the first comment by another person, in whole minutes; an approval is no review. ${MERGES_KNOWN}`,
    source: CALCULATOR,
    headline: 'mean',
    valuesIn: ofMerged(known((facts) => inMinutes(between(facts, opened(facts), firstComment(facts))))),
  },
  review_time: {
    rule: `First comment by another person to merge, in whole minutes. ${MERGES_KNOWN}`,
    source: CALCULATOR,
    headline: 'mean',
    valuesIn: ofMerged(known((facts) => inMinutes(between(facts, firstComment(facts), merged(facts))))),
  },
  time_to_merge: {
    rule: `Opening to merge, in whole minutes. ${MERGES_KNOWN}`,
    source: 'devlake.apache.org/docs/Metrics/PRTimeToMerge',
    headline: 'mean',
    valuesIn: ofMerged(known(timeToMerge)),
  },
  cycle_time: {
    rule: `First commit to opening (0 where there is none before it) and opening to merge; a merge is the deployment here. ${MERGES_KNOWN}`,
    source: `${CALCULATOR}; devlake.apache.org/docs/Metrics/PRCycleTime`,
    headline: 'mean',
    valuesIn: ofMerged(known(cycleTime)),
  },
  lead_time_for_changes: {
    rule: `Cycle time of the pull requests merged into the default branch; a merge is the deployment here. ${MERGES_KNOWN}`,
    source: `${CALCULATOR}; devlake.apache.org/docs/Metrics/LeadTimeForChanges`,
    headline: 'p50',
    valuesIn: ofMergedToDefault(known(cycleTime)),
  },
};

/** DevLake takes the merge commit's date for the instant of the merge: without a merge commit it knows of no merge. */
function known(
  valueOf: (facts: MergedFacts) => DefinedValue | null,
): (facts: MergedFacts) => DefinedValue | null {
  return (facts) => (facts.mergeCommit === null ? null : valueOf(facts));
}

/** Whole minutes, rounded up; none where that is below 0 (`computeTimeSpan`). */
function inMinutes(time: DefinedValue | null): DefinedValue | null {
  if (time === null) return null;
  // Adding 0 makes a rounded -0.5 a plain 0.
  const minutes = Math.ceil(time.value / MINUTE) + 0;
  return minutes < 0 ? null : { ...time, value: minutes * MINUTE };
}

function codingTime(facts: MergedFacts): DefinedValue | null {
  return inMinutes(between(facts, firstCommit(facts), opened(facts)));
}

function timeToMerge(facts: MergedFacts): DefinedValue | null {
  return inMinutes(between(facts, opened(facts), merged(facts)));
}

/** The sum of its parts, each rounded up; a part below 0 counts nothing, but commits that were not read are unknown. */
function cycleTime(facts: MergedFacts): DefinedValue | null {
  if (!facts.coverage.commits) return null;
  const parts = [codingTime(facts), timeToMerge(facts)].filter((part) => part !== null);
  return {
    id: facts.id,
    value: parts.reduce((sum, { value }) => sum + value, 0),
    instants: parts.flatMap(({ instants: [from] }) => from ?? []).concat(merged(facts)),
  };
}
