/**
 * The definitions of Codacy's Pulse, from the Bitbucket integration's page (`seeds/pulse-bitbucket-integration.txt`),
 * docs.pulse.codacy.com/metrics/accelerate-changes and docs.pulse.codacy.com/metrics/accelerate.
 */
import { SPANS } from '../pull-request-values';
import { ofSpan, ofMerged, ofMergedToDefault, type Definitions } from './definition';

const CHANGES_AND_REVIEWS = 'docs.pulse.codacy.com/metrics/accelerate-changes';

export const PULSE: Definitions = {
  time_to_open: {
    rule: 'First commit to opening; left out without commits, or where the first was authored after the opening.',
    source: CHANGES_AND_REVIEWS,
    headline: 'mean',
    valuesIn: ofMerged((facts) => ofSpan(facts, SPANS.time_to_open(facts))),
  },
  time_to_first_review: {
    rule: 'Opening to the first approval, request for changes or comment on a line by another person; other comments are no review.',
    source: CHANGES_AND_REVIEWS,
    headline: 'mean',
    valuesIn: ofMerged((facts) => ofSpan(facts, SPANS.time_to_first_inline_or_verdict(facts))),
  },
  time_to_approve: {
    rule: 'Opening to the first approval.',
    source: CHANGES_AND_REVIEWS,
    headline: 'mean',
    valuesIn: ofMerged((facts) => ofSpan(facts, SPANS.time_to_approve(facts))),
  },
  time_to_merge: {
    rule: 'Opening to merge; left out without commits, or where the first was authored after the opening.',
    source: CHANGES_AND_REVIEWS,
    headline: 'mean',
    valuesIn: ofMerged((facts) =>
      SPANS.time_to_open(facts) === null ? null : ofSpan(facts, SPANS.time_to_merge(facts)),
    ),
  },
  lead_time_for_changes: {
    rule: 'Every commit, by its author date, to the merge into the default branch, which is the deployment.',
    source: 'docs.pulse.codacy.com/metrics/accelerate; Bitbucket integration',
    headline: 'p50',
    valuesIn: ofMergedToDefault(({ id, mergedAt, mergedAtSource, commitAuthoredAt }) =>
      commitAuthoredAt.map((at) => ({
        id,
        value: mergedAt - at,
        instants: [
          { name: 'authoredAt', at, source: 'commits' },
          { name: 'deployedAt', at: mergedAt, source: mergedAtSource ?? 'activity' },
        ],
      })),
    ),
  },
};
