/** Writes the demo's pipelines, deployments and environments as Bitbucket's REST API would answer them. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { endOf } from './delivery';
import {
  isDraft,
  tipAt,
  type DemoDeployment,
  type DemoEnvironment,
  type DemoPipeline,
  type DemoRepository,
} from './model';
import {
  accountOf,
  apiOf,
  commitReference,
  link,
  pullRequestReference,
  repositoryReference,
  siteOf,
  utcInstant,
} from './references';

/** One pipeline: of a push to main, or of a pull request. */
export function pipelineAnswer(repository: DemoRepository, pipeline: DemoPipeline): JsonObject {
  const { uuid, buildNumber, creator, createdAt, buildSeconds, result } = pipeline;
  const self = `${apiOf(repository)}/pipelines/${encodeURIComponent(uuid)}`;
  const account = accountOf(creator);
  return {
    type: 'pipeline',
    uuid,
    build_number: buildNumber,
    run_number: 1,
    ...(account === null ? {} : { creator: account }),
    repository: repositoryReference(repository),
    target: targetOf(repository, pipeline),
    trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
    state: {
      type: 'pipeline_state_completed',
      name: 'COMPLETED',
      result: { type: `pipeline_state_completed_${result.toLowerCase()}`, name: result },
    },
    created_on: utcInstant(createdAt),
    completed_on: utcInstant(endOf(pipeline)),
    duration_in_seconds: buildSeconds,
    build_seconds_used: buildSeconds,
    links: { self: link(self), steps: link(`${self}/steps/`) },
  };
}

function targetOf(
  repository: DemoRepository,
  { commit, branch, pullRequestId, createdAt }: DemoPipeline,
): JsonObject {
  const pullRequest = pullRequestId === null ? undefined : repository.pullRequests.get(pullRequestId);
  if (!pullRequest) {
    return {
      type: 'pipeline_ref_target',
      ref_type: 'branch',
      ref_name: branch,
      selector: { type: 'branches', pattern: branch },
      commit: commitReference(repository, commit),
    };
  }
  const destination = tipAt(repository.branches.get(pullRequest.targetBranch) ?? [], createdAt)?.hash ?? '';
  return {
    type: 'pipeline_pullrequest_target',
    source: branch,
    destination: pullRequest.targetBranch,
    destination_commit: commitReference(repository, destination),
    commit: commitReference(repository, commit),
    selector: { type: 'pull-requests', pattern: '**' },
    pullrequest: pullRequestReference(repository, pullRequest, isDraft(pullRequest)),
  };
}

/** `GET …/pipelines`, oldest first as Bitbucket lists them. */
export function pipelinesAnswer(repository: DemoRepository): readonly JsonObject[] {
  return repository.pipelines.map((pipeline) => pipelineAnswer(repository, pipeline));
}

export function environmentAnswer({ uuid, name, rank }: DemoEnvironment): JsonObject {
  return {
    type: 'deployment_environment',
    uuid,
    name,
    slug: name.toLowerCase(),
    rank,
    hidden: false,
    category: { name },
    environment_type: { type: 'deployment_environment_type', name, rank },
    environment_lock_enabled: true,
    deployment_gate_enabled: false,
    lock: { type: 'deployment_environment_lock_open', name: 'OPEN' },
    restrictions: { type: 'deployment_restrictions_configuration', admin_only: name === 'Production' },
  };
}

/** One deployment, running or completed. */
export function deploymentAnswer(repository: DemoRepository, deployment: DemoDeployment): JsonObject {
  const { uuid, environment, pipeline, startedAt, completedAt, status } = deployment;
  const url = `${siteOf(repository)}/pipelines/results/${pipeline.buildNumber}`;
  const release = {
    type: 'deployment_release',
    // Of the pipeline, yet not its own.
    uuid: `{${pipeline.uuid.slice(25, 33)}${pipeline.uuid.slice(9)}`,
    key: `pipelines-${pipeline.uuid}`,
    name: `#${pipeline.buildNumber}`,
    url,
    created_on: utcInstant(pipeline.createdAt),
    commit: commitReference(repository, pipeline.commit),
    pipeline: { type: 'pipeline', uuid: pipeline.uuid },
  };
  const state =
    completedAt === null || status === null
      ? { type: 'deployment_state_in_progress', name: 'IN_PROGRESS', url, started_on: utcInstant(startedAt) }
      : {
          type: 'deployment_state_completed',
          name: 'COMPLETED',
          url,
          status: { type: `deployment_state_completed_${status.toLowerCase()}`, name: status },
          started_on: utcInstant(startedAt),
          completed_on: utcInstant(completedAt),
        };
  return {
    type: 'deployment',
    uuid,
    key: `steps-${uuid}`,
    version: completedAt === null ? 2 : 5,
    environment: environmentAnswer(environment),
    release,
    deployable: release,
    commit: release.commit,
    state,
    last_update_time: utcInstant(completedAt ?? startedAt),
  };
}

/** `GET …/deployments`, oldest first. */
export function deploymentsAnswer(repository: DemoRepository): readonly JsonObject[] {
  return repository.deployments.map((deployment) => deploymentAnswer(repository, deployment));
}
