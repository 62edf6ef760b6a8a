/** Stores a deployment's steps as events tell them; each event sets its own instant, so order makes no difference. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { StorageConflict } from './errors';
import { createEntity, getEntity, transact } from './forge-storage';
import { ENTITY, key, type RepositoryId } from './keys';

export const DEPLOYMENT_STEPS = ['pending', 'started', 'completed'] as const;
export type DeploymentStep = (typeof DEPLOYMENT_STEPS)[number];

/** One step of a deployment as its event tells it. */
export interface DeploymentSighting {
  readonly deployment: string;
  readonly step: DeploymentStep;
  readonly at: EpochSeconds;
  readonly environmentType: string;
  readonly environmentId: string;
  readonly pipelineId: string | null;
  /** `SUCCESSFUL`, `FAILED`, …; only a completed deployment has one. */
  readonly status: string | null;
}

const steps = z.object({
  environmentId: z.string(),
  pipelineId: z.string().nullable(),
  pendingAt: z.number().int().nullable(),
  startedAt: z.number().int().nullable(),
  completedAt: z.number().int().nullable(),
  status: z.string().nullable(),
});

const storedDeployment = z.object({ version: z.number().int(), environmentType: z.string(), detail: steps });

const MOST_ATTEMPTS = 8;

/** Adds one step to a deployment; the earliest instant of each step stands. */
export async function saveDeploymentStep(repository: RepositoryId, seen: DeploymentSighting): Promise<void> {
  const rowKey = key.deployment(repository, seen.deployment);
  for (let attempt = 1; ; attempt += 1) {
    const stored = await getEntity(ENTITY.deployment, rowKey);
    if (stored === undefined) {
      if (
        await createEntity(ENTITY.deployment, rowKey, deploymentRow(repository, 0, merge(null, seen), seen))
      )
        return;
      continue;
    }
    const { version, detail } = storedDeployment.parse(stored);
    const merged = merge(detail, seen);
    if (JSON.stringify(merged) === JSON.stringify(steps.parse(detail))) return;
    try {
      await transact([
        {
          key: rowKey,
          entityName: ENTITY.deployment,
          value: deploymentRow(repository, version + 1, merged, seen),
          ifVersion: version,
        },
      ]);
      return;
    } catch (error) {
      if (!(error instanceof StorageConflict) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

function merge(before: z.output<typeof steps> | null, seen: DeploymentSighting): z.output<typeof steps> {
  const instant = (step: DeploymentStep, known: number | null): number | null => {
    if (seen.step !== step) return known;
    return known === null ? seen.at : Math.min(known, seen.at);
  };
  return {
    environmentId: seen.environmentId,
    pipelineId: seen.pipelineId ?? before?.pipelineId ?? null,
    pendingAt: instant('pending', before?.pendingAt ?? null),
    startedAt: instant('started', before?.startedAt ?? null),
    completedAt: instant('completed', before?.completedAt ?? null),
    status: seen.status ?? before?.status ?? null,
  };
}

function deploymentRow(
  repository: RepositoryId,
  version: number,
  detail: z.output<typeof steps>,
  seen: DeploymentSighting,
): object {
  const instants = [detail.pendingAt, detail.startedAt, detail.completedAt].filter((at) => at !== null);
  return {
    repository,
    version,
    environmentType: seen.environmentType,
    at: Math.max(...instants),
    detail: { ...detail, schema: 1 },
  };
}
