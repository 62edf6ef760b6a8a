/** The rules of figures on the settings pages: their order, what may be saved, and each value in words. */
import { LONGEST_PATTERN, SHORTEST_PATTERN } from '../../src/metrics/figure-settings';
import {
  type DEPLOYMENT_SOURCE_CHOICES,
  type ENVIRONMENT_TYPE_CHOICES,
  MOST_BRANCH_RULES,
  MOST_FAILURE_WINDOW_HOURS,
  MOST_STALE_DAYS,
  type FigureRuleId,
  type FigureRulesReport,
} from '../../src/views/reports/settings-report';
import type { Language, MessageKey } from '../shared/language';
import { NO_VALUE } from './format';

/** Whose settings a page changes. */
export type SettingsPlace = 'workspace' | 'repository';

/** The rules by what they are about, in the order of the page. Environments have ids in a repository only. */
export const RULE_GROUPS = [
  [
    'deployments',
    ['deploymentSource', 'tagPattern', 'productionEnvironmentTypes', 'productionEnvironmentIds'],
  ],
  ['failures', ['failureWindowHours', 'failureScope', 'directPushIsRepair', 'bandYear']],
  ['pullRequests', ['staleDays', 'branchRules']],
] as const satisfies readonly (readonly [string, readonly FigureRuleId[]])[];

export function isRuleOf(place: SettingsPlace, id: FigureRuleId): boolean {
  return id !== 'productionEnvironmentIds' || place === 'repository';
}

/** Whether two values of a rule are the same one; lists are so in the same order. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Why a value cannot be saved, or `null` where it can. A number that was not written is `NaN`. */
export function ruleProblem<Id extends FigureRuleId>(
  id: Id,
  value: FigureRulesReport[Id],
  { t }: Language,
): string | null {
  const rules: Partial<FigureRulesReport> = { [id]: value };
  const { failureWindowHours, staleDays, tagPattern, branchRules } = rules;
  if (failureWindowHours !== undefined && !isWhole(failureWindowHours, MOST_FAILURE_WINDOW_HOURS))
    return t('figureRules.wrongNumber', { most: MOST_FAILURE_WINDOW_HOURS });
  if (staleDays !== undefined && !isWhole(staleDays, MOST_STALE_DAYS))
    return t('figureRules.wrongNumber', { most: MOST_STALE_DAYS });
  if (typeof tagPattern === 'string' && !isPattern(tagPattern)) return wrongPattern(t);
  if (branchRules !== undefined && branchRules.length > MOST_BRANCH_RULES)
    return t('figureRules.tooManyBranchRules', { most: MOST_BRANCH_RULES });
  if (branchRules?.some(({ pattern }) => !isPattern(pattern)) === true) return wrongPattern(t);
  return null;
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most;
}

function isPattern(text: string): boolean {
  const { length } = text.trim();
  return length >= SHORTEST_PATTERN && length <= LONGEST_PATTERN;
}

function wrongPattern(t: Language['t']): string {
  return t('figureRules.wrongPattern', { fewest: SHORTEST_PATTERN, most: LONGEST_PATTERN });
}

/** The choice of a list that a control's text names; the one before where it names none. */
export function chosen<Choice extends string | number>(
  choices: readonly Choice[],
  text: string,
  before: Choice,
): Choice {
  return choices.find((each) => String(each) === text) ?? before;
}

export const SOURCE_TEXTS: Readonly<Record<(typeof DEPLOYMENT_SOURCE_CHOICES)[number], MessageKey>> = {
  automatic: 'figureRules.sourceAutomatic',
  merge: 'figureRules.sourceMerge',
  pipeline: 'figureRules.sourcePipeline',
  tag: 'figureRules.sourceTag',
};

export const ENVIRONMENT_TYPE_TEXTS: Readonly<Record<(typeof ENVIRONMENT_TYPE_CHOICES)[number], MessageKey>> =
  {
    PRODUCTION: 'figureRules.typeProduction',
    STAGING: 'figureRules.typeStaging',
    TEST: 'figureRules.typeTest',
  };

export const FAILURE_SCOPES = ['window', 'last'] as const;
export const FAILURE_SCOPE_TEXTS = {
  window: 'figureRules.scopeWindow',
  last: 'figureRules.scopeLast',
} as const;

export const BAND_YEAR_CHOICES = [2021, 2024] as const;

/** A rule's value in words. */
export function ruleText<Id extends FigureRuleId>(
  id: Id,
  value: FigureRulesReport[Id],
  { t }: Language,
): string {
  const rules: Partial<FigureRulesReport> = { [id]: value };
  if (rules.deploymentSource !== undefined) return t(SOURCE_TEXTS[rules.deploymentSource]);
  if (rules.tagPattern !== undefined) return rules.tagPattern ?? t('figureRules.everyTag');
  if (rules.productionEnvironmentTypes !== undefined)
    return listed(rules.productionEnvironmentTypes.map((type) => t(ENVIRONMENT_TYPE_TEXTS[type])));
  if (rules.productionEnvironmentIds !== undefined)
    return t('figureRules.environments', { count: rules.productionEnvironmentIds.length });
  if (rules.directPushIsRepair !== undefined)
    return t(rules.directPushIsRepair ? 'settings.yes' : 'settings.no');
  if (rules.failureWindowHours !== undefined) return t('unit.hours', { hours: rules.failureWindowHours });
  if (rules.failureScope !== undefined) return t(FAILURE_SCOPE_TEXTS[rules.failureScope]);
  if (rules.bandYear !== undefined) return String(rules.bandYear);
  if (rules.staleDays !== undefined) return t('unit.days', { days: rules.staleDays });
  if (rules.branchRules !== undefined)
    return rules.branchRules.length === 0
      ? t('figureRules.noBranchRules')
      : listed(rules.branchRules.map(({ pattern, kind }) => `${pattern}: ${t(`branchKind.${kind}`)}`));
  return NO_VALUE;
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? NO_VALUE : texts.join(', ');
}

/** A list with one of its entries moved up by one place. */
export function movedUp<Entry>(entries: readonly Entry[], place: number): readonly Entry[] {
  const [above, moved] = entries.slice(place - 1, place + 1);
  if (place < 1 || above === undefined || moved === undefined) return entries;
  return [...entries.slice(0, place - 1), moved, above, ...entries.slice(place + 1)];
}
