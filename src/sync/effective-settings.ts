/** Which settings of figures count for a repository: its own value, else the workspace's, else the default. */
import { DEFAULT_FIGURE_SETTINGS, type FigureSettings } from '../metrics/figure-settings';
import { SECONDS_A_DAY } from '../metrics/windows';
import { NO_FIGURE_RULES, type FigureRuleName, type FigureRules } from '../storage/figure-rules';
import type { RepositorySettings } from '../storage/repository-settings';
import type { WorkspaceSettings } from '../storage/workspace-settings';

const SECONDS_AN_HOUR = 3_600;

/** Every rule with its value; no pattern of tags means every tag. */
export type FigureRuleValues = Required<Omit<FigureRules, 'tagPattern'>> & {
  readonly tagPattern: string | null;
};

/** Where a value comes from. */
export type RuleOrigin = 'default' | 'workspace' | 'repository';

export interface EffectiveRules {
  readonly values: FigureRuleValues;
  readonly origins: Readonly<Record<FigureRuleName, RuleOrigin>>;
  /** What would count if the innermost of the places that can decide had decided nothing. */
  readonly inherited: FigureRuleValues;
}

/** The defaults of the figures themselves, in the units of the settings. */
export const DEFAULT_RULES: FigureRuleValues = {
  deploymentSource: DEFAULT_FIGURE_SETTINGS.delivery.deploymentSource,
  tagPattern: DEFAULT_FIGURE_SETTINGS.delivery.tagPattern,
  productionEnvironmentTypes: DEFAULT_FIGURE_SETTINGS.delivery.productionEnvironmentTypes,
  productionEnvironmentIds: DEFAULT_FIGURE_SETTINGS.delivery.productionEnvironmentIds,
  directPushIsRepair: DEFAULT_FIGURE_SETTINGS.delivery.remediationKinds.includes('direct-push'),
  failureWindowHours: DEFAULT_FIGURE_SETTINGS.delivery.failureWindowSeconds / SECONDS_AN_HOUR,
  failureScope: DEFAULT_FIGURE_SETTINGS.delivery.failureScope,
  bandYear: DEFAULT_FIGURE_SETTINGS.delivery.bandYear,
  staleDays: DEFAULT_FIGURE_SETTINGS.staleAfterSeconds / SECONDS_A_DAY,
  branchRules: DEFAULT_FIGURE_SETTINGS.branchRules,
};

/** What counts for a repository; `inherited` is the workspace's. */
export function effectiveRules(workspace: FigureRules, repository: FigureRules): EffectiveRules {
  return {
    values: { ...DEFAULT_RULES, ...workspace, ...repository },
    origins: originsOf((name) => originIn(name, workspace, repository)),
    inherited: { ...DEFAULT_RULES, ...workspace },
  };
}

/** What counts for the workspace's repositories that decide nothing; `inherited` are the defaults. */
export function workspaceRules(workspace: FigureRules): EffectiveRules {
  return { ...effectiveRules(workspace, NO_FIGURE_RULES), inherited: DEFAULT_RULES };
}

/** The settings as figures take them: in seconds, with the workspace's bots. */
export function figureSettingsOf(
  { figures, botIds }: Pick<WorkspaceSettings, 'figures' | 'botIds'>,
  repository: Pick<RepositorySettings, 'figures'>,
): FigureSettings {
  const { values } = effectiveRules(figures, repository.figures);
  const { delivery } = DEFAULT_FIGURE_SETTINGS;
  return {
    delivery: {
      ...delivery,
      deploymentSource: values.deploymentSource,
      tagPattern: values.tagPattern,
      productionEnvironmentTypes: values.productionEnvironmentTypes,
      productionEnvironmentIds: values.productionEnvironmentIds,
      remediationKinds: delivery.remediationKinds.filter(
        (kind) => kind !== 'direct-push' || values.directPushIsRepair,
      ),
      failureWindowSeconds: values.failureWindowHours * SECONDS_AN_HOUR,
      failureScope: values.failureScope,
      bandYear: values.bandYear,
    },
    staleAfterSeconds: values.staleDays * SECONDS_A_DAY,
    branchRules: values.branchRules,
    botIds,
  };
}

function originIn(name: FigureRuleName, workspace: FigureRules, repository: FigureRules): RuleOrigin {
  if (repository[name] !== undefined) return 'repository';
  return workspace[name] === undefined ? 'default' : 'workspace';
}

function originsOf(
  originOf: (name: FigureRuleName) => RuleOrigin,
): Readonly<Record<FigureRuleName, RuleOrigin>> {
  const names = Object.keys(DEFAULT_RULES) as FigureRuleName[];
  return Object.fromEntries(names.map((name) => [name, originOf(name)])) as Record<
    FigureRuleName,
    RuleOrigin
  >;
}
