/** The records Throughline keeps of pipelines and deployments: ids, instants, counts and states (METRICS 6 and 7). */
import { BRANCH_KINDS, type BranchKind, type EpochSeconds } from './pull-request-facts';

/** What a pipeline ran for; a branch's name is not kept, only its kind. */
export const PIPELINE_TARGETS = ['default', 'pull-request', 'tag', ...BRANCH_KINDS] as const;
export type PipelineTarget = (typeof PIPELINE_TARGETS)[number];

export interface PipelineFacts {
  /** Bitbucket's build number: with the repository, the pipeline's identity. */
  readonly number: number;
  readonly createdAt: EpochSeconds;
  /** `null` while it runs, waits for a person, or where Bitbucket does not say. */
  readonly completedAt: EpochSeconds | null;
  /** Seconds it ran. */
  readonly durationSeconds: number | null;
  /** Seconds from creation to completion in which it did not run; `null` until it has completed. */
  readonly queueSeconds: number | null;
  /** `SUCCESSFUL`, `FAILED`, `ERROR`, `STOPPED`, `EXPIRED`; `null` until it has completed. */
  readonly result: string | null;
  /** `PUSH`, `MANUAL`, `SCHEDULE`, …; `null` where Bitbucket does not say. */
  readonly trigger: string | null;
  readonly target: PipelineTarget;
  readonly pullRequest: number | null;
}

export interface DeploymentFacts {
  /** Bitbucket's uuid without braces. */
  readonly id: string;
  /** `PRODUCTION`, `STAGING`, `TEST`; `null` where Bitbucket does not say. */
  readonly environmentType: string | null;
  readonly environmentId: string | null;
  readonly startedAt: EpochSeconds;
  readonly completedAt: EpochSeconds | null;
  /** `SUCCESSFUL`, `FAILED`, `STOPPED`, …; `null` while it runs, or where Bitbucket tells only that it ended. */
  readonly status: string | null;
  readonly isCompleted: boolean;
  /** The deployed commit, 12 digits. */
  readonly commit: string | null;
  readonly pipelineId: string | null;
}

/** What Bitbucket says of a pipeline; instants in epoch seconds. */
export interface PipelineSource {
  readonly number: number;
  readonly createdAt: EpochSeconds;
  readonly completedAt: EpochSeconds | null;
  readonly durationSeconds: number | null;
  readonly state: string | null;
  readonly result: string | null;
  readonly trigger: string | null;
  readonly pullRequest: number | null;
  readonly isTag: boolean;
  readonly branch: string | null;
  readonly branchKind: BranchKind;
}

/** What Bitbucket says of a deployment; instants in epoch seconds. */
export interface DeploymentSource {
  readonly id: string;
  readonly environmentId: string | null;
  readonly environmentType: string | null;
  readonly isCompleted: boolean;
  readonly status: string | null;
  readonly startedAt: EpochSeconds | null;
  readonly completedAt: EpochSeconds | null;
  readonly commit: string | null;
  readonly pipelineId: string | null;
}

const HASH_LENGTH = 12;

/** The facts of a pipeline. Queue time is what passed beside the run itself (METRICS 7), never below 0. */
export function derivePipeline(source: PipelineSource, defaultBranch: string | null): PipelineFacts {
  const { number, createdAt, completedAt, trigger, pullRequest, result } = source;
  const isCompleted = completedAt !== null && result !== null;
  const durationSeconds = source.durationSeconds === null ? null : Math.round(source.durationSeconds);
  return {
    number,
    createdAt,
    completedAt,
    durationSeconds,
    queueSeconds:
      isCompleted && durationSeconds !== null ? Math.max(0, completedAt - createdAt - durationSeconds) : null,
    result,
    trigger,
    target: targetOf(source, defaultBranch),
    pullRequest,
  };
}

/** The facts of a deployment; `null` while it has not started, since nothing was deployed then. */
export function deriveDeployment(source: DeploymentSource): DeploymentFacts | null {
  const { startedAt, commit, id, environmentId, environmentType, completedAt, status, isCompleted } = source;
  if (startedAt === null) return null;
  return {
    id,
    environmentType,
    environmentId,
    startedAt,
    completedAt,
    status,
    isCompleted,
    commit: commit?.slice(0, HASH_LENGTH) ?? null,
    pipelineId: source.pipelineId,
  };
}

/** Whether nothing more will change. */
export function isPipelineOver({ completedAt, result }: PipelineFacts): boolean {
  return completedAt !== null && result !== null;
}

function targetOf(
  { pullRequest, isTag, branch, branchKind }: PipelineSource,
  main: string | null,
): PipelineTarget {
  if (pullRequest !== null) return 'pull-request';
  if (isTag) return 'tag';
  return branch !== null && branch === main ? 'default' : branchKind;
}
