/** Puts into words what counts as a deployment, and when one has failed. */
import type { DeliveryRules } from '../../src/views/reports/delivery-rules';
import type { Language } from '../shared/language';
import { ENVIRONMENT_TYPE_TEXTS } from './figure-rules';
import { instant } from './format';

const SECONDS_AN_HOUR = 3_600;

/** What counts as a deployment. */
export function sourceOf(rules: DeliveryRules, language: Language): string {
  const { t } = language;
  switch (rules.source) {
    case 'merge':
      return t(rules.isSourceChosen ? 'delivery.byMergeChosen' : 'delivery.byMerge');
    case 'pipeline':
      return byPipeline(rules, language);
    case 'tag':
      return `${byTag(rules, language)} ${tagsKnown(rules, language)}`;
  }
}

/** When a deployment has failed. */
export function failureOf(rules: DeliveryRules, { t }: Language): string {
  return t('delivery.failsBy', {
    ...failureWindow(rules),
    pushes: rules.isPushRepair ? 'repair' : 'none',
  });
}

/** How long after a deployment a repair still shows that it had failed, as messages take it. */
export function failureWindow({ failureScope, failureWindowSeconds }: DeliveryRules): {
  readonly scope: DeliveryRules['failureScope'];
  readonly hours: number;
} {
  return { scope: failureScope, hours: failureWindowSeconds / SECONDS_AN_HOUR };
}

function byPipeline({ environmentTypes, furtherEnvironments }: DeliveryRules, language: Language): string {
  const { t, locale } = language;
  const isDefault = environmentTypes.length === 1 && environmentTypes[0] === 'PRODUCTION';
  if (isDefault && furtherEnvironments === 0) return t('delivery.byPipeline');
  if (environmentTypes.length === 0 && furtherEnvironments === 0) return t('delivery.byNoEnvironment');
  const names = environmentTypes.map((type) => t(ENVIRONMENT_TYPE_TEXTS[type]));
  return t('delivery.byPipelineTo', {
    kind: furtherEnvironments === 0 ? 'types' : environmentTypes.length === 0 ? 'chosen' : 'both',
    types: new Intl.ListFormat(locale, { type: 'disjunction' }).format(names),
    further: furtherEnvironments,
  });
}

function byTag({ tagPattern }: DeliveryRules, { t }: Language): string {
  return tagPattern === null ? t('delivery.byTag') : t('delivery.byTagOf', { pattern: tagPattern });
}

function tagsKnown({ tagsSince }: DeliveryRules, language: Language): string {
  return tagsSince === null
    ? language.t('delivery.tagsUnknown')
    : language.t('delivery.tagsSince', { instant: instant(tagsSince, language) });
}
