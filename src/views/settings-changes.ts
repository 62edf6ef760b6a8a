/** What a change of settings makes of those that are stored, and what of it the list of changes keeps. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { AuditEntry } from '../storage/audit';
import { canonicalJson } from '../storage/canonical-json';
import {
  ENVIRONMENT_TYPES,
  figureRules,
  type FigureRuleName,
  type FigureRules,
} from '../storage/figure-rules';
import { MOST_BOTS, type WorkspaceSettings } from '../storage/workspace-settings';
import { effectiveRules, type FigureRuleValues } from '../sync/effective-settings';
import type {
  FigureRulesChange,
  RepositorySettingsChange,
  SettingsOutcome,
  WorkspaceSettingsChange,
} from './reports/settings-report';

/** One value that is another one now. */
export type ChangedValue = Pick<AuditEntry, 'what' | 'before' | 'after'>;

/** What came of a change; without a changed value the settings are the very same. */
export interface ChangedSettings<Settings> {
  readonly settings: Settings;
  readonly outcome: SettingsOutcome;
  readonly changed: readonly ChangedValue[];
}

/** What is changed in the row of the settings itself. */
export type RowSettingsChange = Exclude<WorkspaceSettingsChange, { readonly kind: 'takes-part' }>;

/** A repository's rules among the workspace's. */
export function changedRepositoryRules(
  workspace: FigureRules,
  before: FigureRules,
  { values }: Extract<RepositorySettingsChange, { readonly kind: 'figures' }>,
): ChangedSettings<FigureRules> {
  const { rules, changed } = changedRules(before, values);
  return hasEnvironment(effectiveRules(workspace, rules).values)
    ? { settings: rules, outcome: 'saved', changed }
    : { settings: before, outcome: 'no-environment', changed: [] };
}

/** `at` is the instant of the change in epoch seconds. */
export function changedWorkspaceSettings(
  before: WorkspaceSettings,
  change: RowSettingsChange,
  at: EpochSeconds,
): ChangedSettings<WorkspaceSettings> {
  switch (change.kind) {
    case 'figures': {
      const { rules, changed } = changedRules(before.figures, change.values);
      if (!hasEnvironment(effectiveRules(rules, {}).values)) return unchanged(before, 'no-environment');
      return whereChanged(before, { ...before, figures: rules, changedAt: at }, changed);
    }
    case 'show-reviewers': {
      const { showReviewers } = change;
      return whereChanged(
        before,
        { ...before, showReviewers },
        differing('showReviewers', before.showReviewers, showReviewers),
      );
    }
    case 'retention': {
      const { days } = change;
      return whereChanged(
        before,
        { ...before, retentionDays: days },
        differing('retentionDays', before.retentionDays, days),
      );
    }
    case 'bot':
      return changedBots(before, change, at);
  }
}

function changedBots(
  before: WorkspaceSettings,
  { personId, isBot }: Extract<RowSettingsChange, { readonly kind: 'bot' }>,
  at: EpochSeconds,
): ChangedSettings<WorkspaceSettings> {
  const { botIds } = before;
  const wasBot = botIds.includes(personId);
  if (isBot && !wasBot && botIds.length >= MOST_BOTS) return unchanged(before, 'too-many-bots');
  const others = botIds.filter((id) => id !== personId);
  return whereChanged(
    before,
    { ...before, botIds: isBot ? [...others, personId] : others, changedAt: at },
    differing('bot', { personId, isBot: wasBot }, { personId, isBot }),
  );
}

/** `null` takes a value out: then what is inherited counts. */
function changedRules(
  before: FigureRules,
  change: FigureRulesChange,
): { readonly rules: FigureRules; readonly changed: readonly ChangedValue[] } {
  const merged = Object.entries({ ...before, ...inOrder(change) }).filter(([, value]) => value !== null);
  const rules = figureRules.parse(Object.fromEntries(merged));
  const names = Object.keys(change) as FigureRuleName[];
  const changed = names.flatMap((name) => differing(name, before[name] ?? null, rules[name] ?? null));
  return changed.length === 0 ? { rules: before, changed } : { rules, changed };
}

/** Of lists whose order means nothing, always the same one. */
function inOrder(change: FigureRulesChange): FigureRulesChange {
  const { productionEnvironmentTypes: types, productionEnvironmentIds: ids } = change;
  return {
    ...change,
    ...(types
      ? { productionEnvironmentTypes: ENVIRONMENT_TYPES.filter((type) => types.includes(type)) }
      : {}),
    ...(ids ? { productionEnvironmentIds: [...new Set(ids)].sort() } : {}),
  };
}

/** Without one, no deployment could ever be to production. */
function hasEnvironment({ productionEnvironmentTypes, productionEnvironmentIds }: FigureRuleValues): boolean {
  return productionEnvironmentTypes.length > 0 || productionEnvironmentIds.length > 0;
}

function differing(what: string, before: unknown, after: unknown): readonly ChangedValue[] {
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ what, before, after }];
}

function whereChanged<Settings>(
  before: Settings,
  after: Settings,
  changed: readonly ChangedValue[],
): ChangedSettings<Settings> {
  return { settings: changed.length === 0 ? before : after, outcome: 'saved', changed };
}

function unchanged<Settings>(settings: Settings, outcome: SettingsOutcome): ChangedSettings<Settings> {
  return { settings, outcome, changed: [] };
}
