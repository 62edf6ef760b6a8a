/** Bitbucket's answers about pipelines and deployments, parsed once. */
import { z } from 'zod';
import { branchKindOf } from '../facts/branch-kind';
import { COMMIT_FORM, ID_FORM, WORD_FORM } from '../facts/forms';
import { parseInstant, toEpochSeconds } from '../facts/instant';

/** Epoch seconds; `null` where absent or unreadable. */
const seconds = z
  .string()
  .nullish()
  .transform((text) => {
    const milliseconds = text ? parseInstant(text) : null;
    return milliseconds === null ? null : toEpochSeconds(milliseconds);
  });

const id = z.string().regex(ID_FORM, 'is no id');
const word = z.string().regex(WORD_FORM, 'is no word');
const named = z.object({ name: word }).nullish();
const hash = z
  .object({ hash: z.string().regex(COMMIT_FORM, 'is no commit') })
  .nullish()
  .transform((raw) => raw?.hash ?? null);

/** `pipeline_trigger_push` and `PUSH` are both in use. */
const trigger = z
  .object({ name: word.nullish(), type: word.nullish() })
  .nullish()
  .transform((raw) => {
    const word = raw?.name ?? raw?.type?.replace(/^pipeline_trigger_/, '') ?? null;
    return word === null || word === '' ? null : word.toUpperCase();
  });

export const pipeline = z
  .object({
    build_number: z.number().int().positive(),
    created_on: z.string().transform((text, context) => {
      const milliseconds = parseInstant(text);
      if (milliseconds !== null) return toEpochSeconds(milliseconds);
      context.addIssue({ code: 'custom', message: 'is not an ISO 8601 instant' });
      return z.NEVER;
    }),
    completed_on: seconds,
    duration_in_seconds: z.number().nullish(),
    state: z.object({ name: word, result: named }).nullish(),
    trigger,
    target: z
      .object({
        type: z.string().nullish(),
        ref_type: z.string().nullish(),
        ref_name: z.string().nullish(),
        source: z.string().nullish(),
        pullrequest: z.object({ id: z.number().int().positive() }).nullish(),
        commit: hash,
      })
      .nullish(),
  })
  .transform((raw) => ({
    number: raw.build_number,
    createdAt: raw.created_on,
    completedAt: raw.completed_on,
    durationSeconds: raw.duration_in_seconds ?? null,
    state: raw.state?.name ?? null,
    result: raw.state?.result?.name ?? null,
    trigger: raw.trigger,
    pullRequest: raw.target?.pullrequest?.id ?? null,
    isTag: raw.target?.ref_type === 'tag',
    /** The branch's name, to be compared with the main branch's and then dropped. */
    branch: raw.target?.ref_name ?? raw.target?.source ?? null,
    branchKind: branchKindOf(raw.target?.ref_name ?? raw.target?.source ?? null),
    commit: raw.target?.commit ?? null,
  }));

/** One pipeline; instants in epoch seconds. */
export type PipelineAnswer = z.output<typeof pipeline>;

export const deployment = z
  .object({
    uuid: id,
    environment: z.object({ uuid: id.nullish(), environment_type: named }).nullish(),
    state: z.object({ name: word, status: named, started_on: seconds, completed_on: seconds }).nullish(),
    last_update_time: seconds,
    release: z
      .object({
        created_on: seconds,
        commit: hash,
        pipeline: z.object({ uuid: id }).nullish(),
      })
      .nullish(),
  })
  .transform((raw) => ({
    id: raw.uuid.replace(/[{}]/g, ''),
    environmentId: raw.environment?.uuid?.replace(/[{}]/g, '') ?? null,
    /** `TEST`, `STAGING`, `PRODUCTION`, as events write it. */
    environmentType: raw.environment?.environment_type?.name.toUpperCase() ?? null,
    isCompleted: raw.state?.name === 'COMPLETED',
    status: raw.state?.status?.name ?? null,
    startedAt: raw.state?.started_on ?? null,
    completedAt: raw.state?.completed_on ?? null,
    updatedAt: raw.last_update_time,
    releasedAt: raw.release?.created_on ?? null,
    commit: raw.release?.commit ?? null,
    pipelineId: raw.release?.pipeline?.uuid.replace(/[{}]/g, '') ?? null,
  }));

/** One deployment; instants in epoch seconds. */
export type DeploymentAnswer = z.output<typeof deployment>;
