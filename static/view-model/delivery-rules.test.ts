/** Tests the sentences on what counts as a deployment and when one has failed. */
import type { DeliveryRules } from '../../src/views/reports/delivery-rules';
import { failureOf, sourceOf } from './delivery-rules';
import { MERGE_RULES } from './delivery-testing';
import { english, german, TO } from './testing';

const PIPELINE: DeliveryRules = { ...MERGE_RULES, source: 'pipeline' };
const TAG: DeliveryRules = { ...MERGE_RULES, source: 'tag', isSourceChosen: true };

it.each([
  [
    MERGE_RULES,
    /^Nothing is deployed to production by Bitbucket here, so each merge .* counts as a deployment\.$/,
  ],
  [{ ...MERGE_RULES, isSourceChosen: true }, /^By the settings, each merge into the main branch counts/],
  [PIPELINE, /a successful Bitbucket deployment to production\.$/],
  [
    { ...PIPELINE, environmentTypes: ['PRODUCTION', 'STAGING'] },
    /to an environment of type Production or Staging\.$/,
  ],
  [
    { ...PIPELINE, furtherEnvironments: 1 },
    /of type Production or to one more that an administrator chose\.$/,
  ],
  [
    { ...PIPELINE, furtherEnvironments: 3 },
    /of type Production or to one of 3 more that an administrator chose\.$/,
  ],
  [
    { ...PIPELINE, environmentTypes: [], furtherEnvironments: 2 },
    /to one of 2 environments that an administrator chose\.$/,
  ],
  [{ ...PIPELINE, environmentTypes: [] }, /no environment is production here/],
  [TAG, /each pushed tag counts as a deployment here\. .* none was pushed yet\.$/],
  [
    { ...TAG, tagPattern: 'v', tagsSince: TO },
    /each pushed tag with “v” in its name .* Figures begin with it\.$/,
  ],
] as const satisfies readonly (readonly [DeliveryRules, RegExp])[])(
  'says of %j what counts as a deployment',
  (rules, sentence) => {
    expect(sourceOf(rules, english)).toMatch(sentence);
    expect(sourceOf(rules, german)).not.toBe('');
  },
);

it.each([
  [{}, 'A deployment has failed where a repair came before the next one or within 24 hours.'],
  [
    { failureWindowSeconds: 3_600 },
    'A deployment has failed where a repair came before the next one or within 1 hour.',
  ],
  [{ failureScope: 'last' }, 'A deployment has failed where a repair came before the next one.'],
  [
    { isPushRepair: false },
    'A deployment has failed where a repair came before the next one or within 24 hours; a direct push is no repair here.',
  ],
] as const satisfies readonly (readonly [Partial<DeliveryRules>, string])[])(
  'says by %j when a deployment has failed',
  (rules, sentence) => {
    expect(failureOf({ ...MERGE_RULES, ...rules }, english)).toBe(sentence);
  },
);
