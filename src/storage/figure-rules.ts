/** The settings of figures as they are stored: of the workspace, and of each repository that differs from it. */
import { z } from 'zod';
import { BRANCH_KINDS } from '../facts/pull-request-facts';

/** Where deployments come from; `automatic`: Bitbucket's deployments where one to production succeeded, else merges. */
export const STORED_DEPLOYMENT_SOURCES = ['automatic', 'merge', 'pipeline', 'tag'] as const;

/** Bitbucket's types of environments. */
export const ENVIRONMENT_TYPES = ['PRODUCTION', 'STAGING', 'TEST'] as const;

/** Each field is absent where nobody decided it: then the workspace's value, or the default, counts. */
export const figureRules = z.object({
  deploymentSource: z.enum(STORED_DEPLOYMENT_SOURCES).exactOptional(),
  /** Tags whose name has these words are deployments, where the source is `tag`; absent: every tag. */
  tagPattern: z.string().exactOptional(),
  productionEnvironmentTypes: z.array(z.enum(ENVIRONMENT_TYPES)).readonly().exactOptional(),
  /** Further environments by Bitbucket's uuid without braces; of a repository only. */
  productionEnvironmentIds: z.array(z.string()).readonly().exactOptional(),
  /** Whether a direct push to the main branch shows that the deployment before it had failed. */
  directPushIsRepair: z.boolean().exactOptional(),
  failureWindowHours: z.number().int().exactOptional(),
  failureScope: z.enum(['window', 'last']).exactOptional(),
  bandYear: z.union([z.literal(2021), z.literal(2024)]).exactOptional(),
  staleDays: z.number().int().exactOptional(),
  branchRules: z
    .array(z.object({ pattern: z.string(), kind: z.enum(BRANCH_KINDS) }))
    .readonly()
    .exactOptional(),
});

export type FigureRules = Readonly<z.output<typeof figureRules>>;
export type FigureRuleName = keyof FigureRules;

export const NO_FIGURE_RULES: FigureRules = {};
