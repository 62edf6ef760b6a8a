/** The resolver behind every screen: each function parses its payload, takes the repository from Forge's context, and answers. */
import Resolver from '@forge/resolver';
import { z } from 'zod';
import { nowInSeconds } from '../runtime/clock';
import { BitbucketError } from '../bitbucket/errors';
import { METRIC_IDS } from '../metrics/figures';
import { StorageError } from '../storage/errors';
import { withoutBraces, type RepositoryId } from '../storage/keys';
import { describeError, log } from '../runtime/log';
import {
  IMPORT_SCOPES,
  WINDOW_DAYS,
  type Answer,
  type FailureCause,
  type ResolverFunction,
  type ResolverFunctions,
} from './contract';
import { deliveryOf } from './delivery';
import { explainFigure } from './explain-figure';
import { exportRepository } from './export-repository';
import { importAgainOf } from './import-again';
import { overviewOf } from './overview';
import { progressOf } from './progress';

/** Forge guarantees the context; which repository is meant comes from here and never from the payload. */
const repositoryContext = z.object({
  extension: z.object({ repository: z.object({ uuid: z.string().min(1) }) }),
});

const windowDays = z.literal(WINDOW_DAYS);
const epochSeconds = z.number().int().positive();

/** Payload schemas, complete by the compiler. */
const payloads = {
  overview: z.object({ days: windowDays }),
  explain: z.object({ days: windowDays, metric: z.enum(METRIC_IDS) }),
  delivery: z.object({ days: windowDays }),
  progress: z.object({}),
  importAgain: z.object({ scope: z.enum(IMPORT_SCOPES) }),
  export: z.object({ asOf: epochSeconds.optional(), afterId: z.number().int().nonnegative() }),
} satisfies Record<ResolverFunction, z.ZodType>;

type Handlers = {
  readonly [F in ResolverFunction]: (
    repository: RepositoryId,
    payload: z.output<(typeof payloads)[F]>,
    now: number,
  ) => Promise<ResolverFunctions[F]['data'] | null>;
};

/** Each gives `null` where nothing is stored of the repository. */
const handlers: Handlers = {
  overview: (repository, { days }, now) => overviewOf(repository, days, now),
  explain: (repository, { days, metric }, now) => explainFigure(repository, metric, days, now),
  delivery: (repository, { days }, now) => deliveryOf(repository, days, now),
  progress: (repository, _payload, now) => progressOf(repository, now),
  importAgain: (repository, { scope }, now) => importAgainOf(repository, scope, now),
  export: (repository, { asOf, afterId }, now) => exportRepository(repository, asOf ?? now, afterId),
};

async function answer<F extends ResolverFunction>(
  name: F,
  request: { readonly payload: unknown; readonly context: unknown },
): Promise<Answer<ResolverFunctions[F]['data']>> {
  const context = repositoryContext.safeParse(request.context);
  if (!context.success) {
    return refusal('no-repository', 'Open this from a repository: Bitbucket did not say which one is meant.');
  }
  const payload = payloads[name].safeParse(request.payload);
  if (!payload.success) {
    const issue = payload.error.issues[0];
    return refusal(
      'bad-request',
      `The request is wrong at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}.`,
    );
  }
  const repository = withoutBraces(context.data.extension.repository.uuid);
  try {
    const handle: (
      repository: RepositoryId,
      payload: never,
      now: number,
    ) => Promise<ResolverFunctions[F]['data'] | null> = handlers[name];
    const data = await handle(repository, payload.data as never, nowInSeconds());
    if (data !== null) return { ok: true, data };
    return refusal(
      'unavailable',
      'Nothing is known of this repository yet. Its import begins within five minutes.',
    );
  } catch (error) {
    log.error('screen not answered', { function: name, ...describeError(error) });
    if (error instanceof StorageError) {
      return refusal('unavailable', 'Forge storage did not answer. Try again in a minute.');
    }
    if (error instanceof BitbucketError) {
      return refusal('unavailable', 'Bitbucket did not answer. Try again in a minute.');
    }
    throw error;
  }
}

function refusal(cause: FailureCause, message: string): { ok: false; cause: FailureCause; message: string } {
  return { ok: false, cause, message };
}

const resolver = new Resolver();
for (const name of ['overview', 'explain', 'delivery', 'progress', 'importAgain', 'export'] as const) {
  resolver.define(name, (request) => answer(name, request));
}

/** The manifest's `resolve` function. */
export const resolve = resolver.getDefinitions();
