/** The resolver behind every screen: each function takes its place from Forge's context, parses its payload, and answers. */
import Resolver from '@forge/resolver';
import { z } from 'zod';
import { nowInSeconds } from '../runtime/clock';
import { BitbucketError } from '../bitbucket/errors';
import { StorageError } from '../storage/errors';
import { withoutBraces, type RepositoryId } from '../storage/keys';
import { describeError, log } from '../runtime/log';
import type { Answer, FailureCause, ResolverFunction, ResolverFunctions } from './contract';
import { deliveryOf } from './delivery';
import { explainFigure } from './explain-figure';
import { exportRepository } from './export-repository';
import { filterChoices } from './filter-choices';
import { importAgainOf } from './import-again';
import { openWorkOf } from './open-work';
import { overviewOf } from './overview';
import { payloads } from './payloads';
import { pipelinesOf } from './pipelines';
import { progressOf } from './progress';
import { pullRequestsOf } from './pull-requests';
import { RequestRefused } from './request-refused';
import { reviewsOf } from './reviews';

/** Forge guarantees the context; which repository is meant comes from here and never from the payload. */
const repositoryContext = z.object({
  extension: z.object({ repository: z.object({ uuid: z.string().min(1) }) }),
});

type Handlers = {
  readonly [F in ResolverFunction]: (
    repository: RepositoryId,
    payload: z.output<(typeof payloads)[F]>,
    now: number,
  ) => Promise<ResolverFunctions[F]['data'] | null>;
};

/** Each gives `null` where nothing is stored of the repository. */
const handlers: Handlers = {
  overview: (repository, { query }, now) => overviewOf(repository, query, now),
  explain: (repository, { query, metric }, now) => explainFigure(repository, metric, query, now),
  choices: (repository, { query }, now) => filterChoices(repository, query, now),
  delivery: (repository, { query }, now) => deliveryOf(repository, query, now),
  pullRequests: (repository, { query }, now) => pullRequestsOf(repository, query, now),
  reviews: (repository, { query }, now) => reviewsOf(repository, query, now),
  openWork: (repository, { query }, now) => openWorkOf(repository, query, now),
  pipelines: (repository, { query }, now) => pipelinesOf(repository, query, now),
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
      'nothing-yet',
      'Nothing is known of this repository yet. Its import begins within five minutes.',
    );
  } catch (error) {
    return failure(name, error);
  }
}

/** What the reader is told of an error; one that nobody expected is Forge's to report. */
function failure(name: ResolverFunction, error: unknown): Answer<never> {
  if (error instanceof RequestRefused) return refusal(error.failure, error.message);
  log.error('screen not answered', { function: name, ...describeError(error) });
  if (error instanceof StorageError) {
    return refusal('unavailable', 'Forge storage did not answer. Try again in a minute.');
  }
  if (error instanceof BitbucketError) {
    return refusal('unavailable', 'Bitbucket did not answer. Try again in a minute.');
  }
  throw error;
}

function refusal(cause: FailureCause, message: string): { ok: false; cause: FailureCause; message: string } {
  return { ok: false, cause, message };
}

const resolver = new Resolver();
for (const name of Object.keys(handlers) as ResolverFunction[]) {
  resolver.define(name, (request) => answer(name, request));
}

/** The manifest's `resolve` function. */
export const resolve = resolver.getDefinitions();
