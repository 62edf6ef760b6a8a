/** What the two settings pages show and change. */
import type { BranchKind, EpochSeconds } from '../../facts/pull-request-facts';

export const DEPLOYMENT_SOURCE_CHOICES = ['automatic', 'merge', 'pipeline', 'tag'] as const;
export const ENVIRONMENT_TYPE_CHOICES = ['PRODUCTION', 'STAGING', 'TEST'] as const;

/** Hours after a deployment within which a repair shows that it had failed. */
export const MOST_FAILURE_WINDOW_HOURS = 720;
export const MOST_STALE_DAYS = 365;
export const MOST_BRANCH_RULES = 30;

/** What can be kept; `null` beside them keeps everything. */
export const RETENTION_CHOICES = [180, 365, 730, 1_095] as const;

/** How figures are computed, each value as it counts. Instants and names of people are no part of it. */
export interface FigureRulesReport {
  readonly deploymentSource: (typeof DEPLOYMENT_SOURCE_CHOICES)[number];
  /** `null`: every tag is a deployment, where the source is `tag`. */
  readonly tagPattern: string | null;
  readonly productionEnvironmentTypes: readonly (typeof ENVIRONMENT_TYPE_CHOICES)[number][];
  /** By Bitbucket's uuid without braces; of a repository only. */
  readonly productionEnvironmentIds: readonly string[];
  readonly directPushIsRepair: boolean;
  readonly failureWindowHours: number;
  readonly failureScope: 'window' | 'last';
  readonly bandYear: 2021 | 2024;
  readonly staleDays: number;
  readonly branchRules: readonly { readonly pattern: string; readonly kind: BranchKind }[];
}

export type FigureRuleId = keyof FigureRulesReport;

/** Where a value comes from. */
export type RuleOrigin = 'default' | 'workspace' | 'repository';

export interface FigureRulesState {
  readonly values: FigureRulesReport;
  readonly origins: Readonly<Record<FigureRuleId, RuleOrigin>>;
  /** What would count without a value of this page's own. */
  readonly inherited: FigureRulesReport;
}

/** Only what is to change; `null` gives the value back to what is inherited. */
export type FigureRulesChange = { readonly [Id in FigureRuleId]?: FigureRulesReport[Id] | null };

export interface RepositorySettingsReport {
  readonly asOf: EpochSeconds;
  readonly figures: FigureRulesState;
  /** Environments that a deployment of this repository went to lately, by id; names are read in the browser. */
  readonly environmentIds: readonly string[];
  /** `false`: an admin left the repository out; nothing of it is stored or read. */
  readonly takesPart: boolean;
}

export interface WorkspaceSettingsReport {
  readonly asOf: EpochSeconds;
  readonly figures: FigureRulesState;
  /** Whether figures per reviewer are shown. */
  readonly showReviewers: boolean;
  readonly botIds: readonly string[];
  readonly retentionDays: number | null;
  /** Repositories that are left out, by uuid with braces, in any order. */
  readonly leftOut: readonly string[];
}

export type RepositorySettingsChange =
  | { readonly kind: 'figures'; readonly values: FigureRulesChange }
  | { readonly kind: 'takes-part'; readonly takesPart: boolean };

export type WorkspaceSettingsChange =
  | { readonly kind: 'figures'; readonly values: FigureRulesChange }
  | { readonly kind: 'show-reviewers'; readonly showReviewers: boolean }
  | { readonly kind: 'bot'; readonly personId: string; readonly isBot: boolean }
  | { readonly kind: 'retention'; readonly days: number | null }
  /** With braces. */
  | { readonly kind: 'takes-part'; readonly repositoryUuid: string; readonly takesPart: boolean };

/** `saved` (also where nothing had to change), or why nothing was. */
export type SettingsOutcome = 'saved' | 'unknown-repository' | 'too-many-bots' | 'no-environment';

export interface SettingsAnswer<Report> {
  readonly outcome: SettingsOutcome;
  /** As it is now. */
  readonly report: Report;
}

/** One change of a setting. */
export interface AuditLine {
  readonly at: EpochSeconds;
  /** Account id; the name is read in the browser. `null` where the account was closed since. */
  readonly by: string | null;
  /**
   * A figure rule's id, `showReviewers`, `bot`, `retentionDays`, `takesPart`, `teams`, `importAgain`, `replay`, `erase`,
   * or `connect`.
   */
  readonly what: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface AuditReport {
  readonly asOf: EpochSeconds;
  /** The latest first. */
  readonly entries: readonly AuditLine[];
  /** Whether there are older ones, which no answer has room for. */
  readonly isCut: boolean;
}
