/** Which figures each permission feeds, for the settings page: what an admin would lose without it. */
import {
  DELIVERY_FIGURES,
  FIGURE_IDS,
  PIPELINE_FIGURES,
  REVIEW_FIGURES,
  type FigureId,
} from '../../src/metrics/explained/figure-explanation';
import { METRIC_IDS } from '../../src/metrics/figures';
import { SCOPES, type Scope, type ScopeState } from '../../src/views/reports/connection-report';

/**
 * A figure stands with every permission whose answers it is computed from. Storage holds all of them; the report of
 * closed accounts feeds none. The repository's own answers tell which branch is the main one, so that a merge to it and
 * a direct push can be told; sizes come with the pull requests.
 */
export const SCOPE_FIGURES: Readonly<Record<Scope, readonly FigureId[]>> = {
  'storage:app': FIGURE_IDS,
  'read:repository:bitbucket': DELIVERY_FIGURES,
  'read:pullrequest:bitbucket': [
    ...METRIC_IDS,
    ...REVIEW_FIGURES,
    'deployment_frequency',
    'lead_time_for_changes',
    'change_failure_rate',
    'time_to_restore',
    'rework_rate',
  ],
  'read:pipeline:bitbucket': [
    'deployment_frequency',
    'lead_time_for_changes',
    'change_failure_rate',
    'time_to_restore',
    'rework_rate',
    ...PIPELINE_FIGURES,
  ],
  'report:personal-data': [],
};

/** What a permission's figures are to a reader: all there are, none, or these. */
export type FedFigures =
  { readonly kind: 'all' | 'none' } | { readonly kind: 'some'; readonly figures: readonly FigureId[] };

export function fedFigures(scope: Scope): FedFigures {
  const figures = SCOPE_FIGURES[scope];
  if (figures.length === 0) return { kind: 'none' };
  return figures.length === FIGURE_IDS.length ? { kind: 'all' } : { kind: 'some', figures };
}

/** A permission with what a check found; one that no check speaks of is not known. */
export function scopeStates(found: readonly ScopeState[]): readonly ScopeState[] {
  return SCOPES.map(
    (scope) => found.find((state) => state.scope === scope) ?? { scope, granted: 'unknown', checkedAt: null },
  );
}
