/** Tests which of the workspace's and the repository's settings count, and that without any the figures' defaults do. */
import fc from 'fast-check';
import { DEFAULT_FIGURE_SETTINGS } from '../metrics/figure-settings';
import { NO_FIGURE_RULES, type FigureRules } from '../storage/figure-rules';
import { NO_REPOSITORY_SETTINGS } from '../storage/repository-settings';
import { DEFAULT_SETTINGS } from '../storage/workspace-settings';
import { DEFAULT_RULES, effectiveRules, figureSettingsOf, workspaceRules } from './effective-settings';

const HOUR = 3_600;

test('without a decision the defaults of the figures count', () => {
  expect(figureSettingsOf(DEFAULT_SETTINGS, NO_REPOSITORY_SETTINGS)).toEqual(DEFAULT_FIGURE_SETTINGS);
  const { values, origins, inherited } = effectiveRules(NO_FIGURE_RULES, NO_FIGURE_RULES);
  expect(values).toEqual(DEFAULT_RULES);
  expect(inherited).toEqual(DEFAULT_RULES);
  expect(new Set(Object.values(origins))).toEqual(new Set(['default']));
});

test('a repository’s value beats the workspace’s, and that one the default', () => {
  const workspace: FigureRules = { staleDays: 3, failureWindowHours: 48 };
  const { values, origins, inherited } = effectiveRules(workspace, { staleDays: 20 });
  expect(values).toMatchObject({ staleDays: 20, failureWindowHours: 48, bandYear: 2024 });
  expect(origins).toMatchObject({
    staleDays: 'repository',
    failureWindowHours: 'workspace',
    bandYear: 'default',
  });
  expect(inherited.staleDays).toBe(3);
});

test('the workspace inherits the defaults', () => {
  const { values, origins, inherited } = workspaceRules({ staleDays: 3 });
  expect(values.staleDays).toBe(3);
  expect(origins).toMatchObject({ staleDays: 'workspace', bandYear: 'default' });
  expect(inherited).toEqual(DEFAULT_RULES);
});

test('days and hours become seconds, and a direct push that is no repair is no sign of a failure', () => {
  const workspace = { figures: { directPushIsRepair: false }, botIds: ['a-bot'] };
  const settings = figureSettingsOf(workspace, { figures: { staleDays: 2, failureWindowHours: 5 } });
  expect(settings.staleAfterSeconds).toBe(48 * HOUR);
  expect(settings.delivery.failureWindowSeconds).toBe(5 * HOUR);
  expect(settings.delivery.remediationKinds).toEqual(['pull-request', 'failed-deployment', 'rollback']);
  expect(settings.botIds).toEqual(['a-bot']);
});

test('the same rules stand in the settings whichever place decided them', () => {
  const rules: fc.Arbitrary<FigureRules> = fc.record(
    {
      deploymentSource: fc.constantFrom('automatic', 'merge', 'pipeline', 'tag'),
      tagPattern: fc.constantFrom('v', 'release'),
      productionEnvironmentTypes: fc.subarray(['PRODUCTION', 'STAGING', 'TEST'] as const),
      directPushIsRepair: fc.boolean(),
      failureWindowHours: fc.integer({ min: 1, max: 720 }),
      failureScope: fc.constantFrom('window', 'last'),
      bandYear: fc.constantFrom(2021, 2024),
      staleDays: fc.integer({ min: 1, max: 365 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(rules, rules, (outer, inner) => {
      const apart = figureSettingsOf({ figures: outer, botIds: [] }, { figures: inner });
      const together = { ...outer, ...inner };
      expect(apart).toEqual(figureSettingsOf({ figures: together, botIds: [] }, { figures: {} }));
      expect(apart).toEqual(figureSettingsOf({ figures: {}, botIds: [] }, { figures: together }));
    }),
  );
});
