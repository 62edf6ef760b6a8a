/** Pipelines and deployments of the demo: each merge to main is built, and where the repository deploys, delivered. */
import type { JsonObject } from '../bitbucket/workspace-source';
import { bitbucketInstant, MAIN_BRANCH } from './model';
import type { Chance } from './random';

export interface Delivered {
  readonly pipeline: JsonObject;
  readonly deployments: readonly JsonObject[];
}

const ENVIRONMENTS = ['Test', 'Staging', 'Production'] as const;

/** One environment for each stage. */
export function makeEnvironments(chance: Chance): readonly JsonObject[] {
  return ENVIRONMENTS.map((name, rank) => ({
    type: 'deployment_environment',
    uuid: `{${chance.uuid()}}`,
    name,
    rank,
    environment_type: { type: 'deployment_environment_type', name, rank },
  }));
}

/** The pipeline of one merge, and the deployments that follow a successful build. */
export function deliver(
  chance: Chance,
  merge: { readonly hash: string; readonly at: number },
  buildNumber: number,
  environments: readonly JsonObject[],
): Delivered {
  const duration = Math.round(chance.spread(240, 900));
  const result = chance.happens(0.9) ? 'SUCCESSFUL' : chance.happens(0.8) ? 'FAILED' : 'STOPPED';
  const startedAt = merge.at + 20_000;
  const uuid = `{${chance.uuid()}}`;
  const pipeline = {
    type: 'pipeline',
    uuid,
    build_number: buildNumber,
    state: {
      type: 'pipeline_state_completed',
      name: 'COMPLETED',
      result: { type: `pipeline_state_completed_${result.toLowerCase()}`, name: result },
    },
    created_on: bitbucketInstant(merge.at + 5_000),
    completed_on: bitbucketInstant(startedAt + duration * 1_000),
    duration_in_seconds: duration,
    target: {
      type: 'pipeline_ref_target',
      ref_type: 'branch',
      ref_name: MAIN_BRANCH,
      commit: { type: 'commit', hash: merge.hash },
    },
    trigger: { type: 'pipeline_trigger_push', name: 'PUSH' },
  };
  if (result !== 'SUCCESSFUL') return { pipeline, deployments: [] };
  let at = startedAt + duration * 1_000;
  const deployments: JsonObject[] = [];
  for (const environment of environments) {
    const success = !chance.happens(0.05);
    const began = at + chance.integer(30, 300) * 1_000;
    at = began + Math.round(chance.spread(90, 400)) * 1_000;
    deployments.push({
      type: 'deployment',
      uuid: `{${chance.uuid()}}`,
      environment,
      release: {
        type: 'deployment_release',
        name: `#${buildNumber}`,
        created_on: bitbucketInstant(merge.at),
        commit: { type: 'commit', hash: merge.hash },
        pipeline: { type: 'pipeline', uuid },
      },
      state: {
        type: 'deployment_state_completed',
        name: 'COMPLETED',
        status: { type: 'deployment_state_completed_status', name: success ? 'SUCCESSFUL' : 'FAILED' },
        started_on: bitbucketInstant(began),
        completed_on: bitbucketInstant(at),
      },
      last_update_time: bitbucketInstant(at),
    });
    if (!success) break;
  }
  return { pipeline, deployments };
}
