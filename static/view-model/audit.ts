/** The list of changes in words: who, when, what, and from which value to which. */
import { BRANCH_KINDS } from '../../src/facts/pull-request-facts';
import {
  DEPLOYMENT_SOURCE_CHOICES,
  ENVIRONMENT_TYPE_CHOICES,
  type AuditLine,
  type FigureRuleId,
  type FigureRulesReport,
} from '../../src/views/reports/settings-report';
import type { Language } from '../shared/language';
import { BAND_YEAR_CHOICES, FAILURE_SCOPES, ruleText } from './figure-rules';
import { personName } from './filter-texts';
import { decimal, instant } from './format';
import { retentionText } from './retention';

export interface AuditRow {
  readonly at: string;
  readonly by: string;
  readonly what: string;
  /** `null` where nothing but the deed is kept. */
  readonly change: string | null;
}

/** What is changed beside the rules of figures. */
const OTHER_CHANGES = [
  'showReviewers',
  'bot',
  'retentionDays',
  'takesPart',
  'teams',
  'notes',
  'importAgain',
  'replay',
  'erase',
  'connect',
] as const;

const TEAM_CHANGES = ['create', 'rename', 'remove', 'add-members', 'remove-member'] as const;

/** Names that the viewer may read: of people by id, of repositories by uuid with braces. */
export interface AuditNames {
  readonly people: ReadonlyMap<string, string>;
  readonly repositories: ReadonlyMap<string, string>;
}

/** An id without a name is cut short, as everywhere. */
export function auditRow(
  { at, by, what, before, after }: AuditLine,
  names: AuditNames,
  language: Language,
): AuditRow {
  const { t } = language;
  return {
    at: instant(at, language),
    by: by === null ? t('audit.closedAccount') : personName(by, names.people),
    what: whatText(what, [after, before], names, t),
    change: changeText(what, before, after, language),
  };
}

function whatText(what: string, values: readonly unknown[], names: AuditNames, t: Language['t']): string {
  if (isRule(what)) return t(`figureRules.${what}`);
  const other = OTHER_CHANGES.find((each) => each === what);
  if (other === undefined) return what;
  const idOf = (field: string): string | undefined =>
    values.map((value) => textIn(value, field)).find((id) => id !== null) ?? undefined;
  const deed = t(`audit.${other}`);
  const person = idOf('personId');
  if (person !== undefined) return t('audit.of', { what: deed, name: personName(person, names.people) });
  const repository = idOf('repositoryId');
  if (repository === undefined) return deed;
  const name = names.repositories.get(`{${repository}}`) ?? `${repository.slice(0, 8)}…`;
  return t('audit.of', { what: deed, name });
}

function changeText(what: string, before: unknown, after: unknown, language: Language): string | null {
  const { t } = language;
  const [from, to] = [valueText(what, before, language), valueText(what, after, language)];
  if (from === null && to === null) return null;
  if (before === null && !isRule(what) && what !== 'retentionDays') return to;
  return t('audit.fromTo', { from: from ?? t('audit.noValue'), to: to ?? t('audit.noValue') });
}

/** `null` where it is no value that this version can put into words. */
function valueText(what: string, value: unknown, language: Language): string | null {
  const { t } = language;
  if (isRule(what)) return ruleValueText(what, value, language);
  if (what === 'retentionDays')
    return isNumber(value) || value === null ? retentionText(value, language) : null;
  const kind = textIn(value, 'kind');
  if (what === 'teams') {
    const known = TEAM_CHANGES.find((each) => each === kind);
    return known === undefined ? null : t(`auditTeam.${known}`);
  }
  if (what === 'notes' && kind !== null) return t('audit.noteChange', { kind });
  const plain = flagIn(value, 'isBot') ?? flagIn(value, 'takesPart') ?? value;
  if (typeof plain === 'boolean') return t(plain ? 'settings.yes' : 'settings.no');
  if (isNumber(plain)) return decimal(plain, 0, language);
  return null;
}

function ruleValueText(id: FigureRuleId, value: unknown, language: Language): string | null {
  // The narrowing is by the table, which is complete; the cast only says so.
  return VALUE_CHECKS[id](value) ? ruleText(id, value as FigureRulesReport[FigureRuleId], language) : null;
}

/** Whether a stored value is one of the rule's. Of a tag pattern `null` is no value of its own, as of the others. */
const VALUE_CHECKS: Readonly<Record<FigureRuleId, (value: unknown) => boolean>> = {
  deploymentSource: (value) => isOneOf(DEPLOYMENT_SOURCE_CHOICES, value),
  tagPattern: (value) => typeof value === 'string',
  productionEnvironmentTypes: (value) => isListOf(value, (each) => isOneOf(ENVIRONMENT_TYPE_CHOICES, each)),
  productionEnvironmentIds: (value) => isListOf(value, (each) => typeof each === 'string'),
  directPushIsRepair: (value) => typeof value === 'boolean',
  failureWindowHours: isNumber,
  failureScope: (value) => isOneOf(FAILURE_SCOPES, value),
  bandYear: (value) => isOneOf(BAND_YEAR_CHOICES, value),
  staleDays: isNumber,
  branchRules: (value) =>
    isListOf(
      value,
      (each) => textIn(each, 'pattern') !== null && isOneOf(BRANCH_KINDS, textIn(each, 'kind')),
    ),
};

function isRule(what: string): what is FigureRuleId {
  return Object.hasOwn(VALUE_CHECKS, what);
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isOneOf(choices: readonly unknown[], value: unknown): boolean {
  return choices.includes(value);
}

function isListOf(value: unknown, isEntry: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every(isEntry);
}

function textIn(value: unknown, name: string): string | null {
  const found = fieldIn(value, name);
  return typeof found === 'string' ? found : null;
}

function flagIn(value: unknown, name: string): boolean | null {
  const found = fieldIn(value, name);
  return typeof found === 'boolean' ? found : null;
}

function fieldIn(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}
