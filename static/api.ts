/** Calls the app's resolver, and Bitbucket as the viewer for what the app does not store. */
import { invoke, requestBitbucket } from '@forge/bridge';
import type { Answer, FailureCause, ResolverFunction, ResolverFunctions } from '../src/views/contract';

/** Why there is no answer: the resolver's cause, or that it could not be reached. Each has a message (`failure`). */
export type Failure = FailureCause | 'unreachable';

/** The resolver refused or failed. */
export class CallError extends Error {
  constructor(
    readonly failure: Failure,
    message: string,
  ) {
    super(message);
    this.name = 'CallError';
  }
}

/** What a screen says of an error of `call`. */
export function failureOf(error: unknown): Failure {
  return error instanceof CallError ? error.failure : 'unreachable';
}

/** Throws CallError. */
export async function call<F extends ResolverFunction>(
  name: F,
  payload: ResolverFunctions[F]['payload'],
): Promise<ResolverFunctions[F]['data']> {
  let answer: Answer<ResolverFunctions[F]['data']>;
  try {
    // Without rate-limit properties `invoke` gives the resolver's own answer.
    answer = (await invoke(name, payload)) as Answer<ResolverFunctions[F]['data']>;
  } catch {
    throw new CallError('unreachable', 'The resolver did not answer.');
  }
  if (answer.ok) return answer.data;
  throw new CallError(answer.cause, answer.message);
}

export interface PullRequestLink {
  readonly title: string;
  readonly href: string;
}

/** Titles are read here, as the viewer, and never reach the app's store: who may not see one gets none. */
export async function readTitles(
  workspaceUuid: string,
  repositoryUuid: string,
  ids: readonly number[],
): Promise<ReadonlyMap<number, PullRequestLink>> {
  if (ids.length === 0) return new Map();
  const query = new URLSearchParams({
    q: ids.map((id) => `id=${id}`).join(' OR '),
    fields: 'values.id,values.title,values.links.html.href',
    pagelen: String(Math.min(50, ids.length)),
  });
  const path = `/2.0/repositories/${encodeURIComponent(workspaceUuid)}/${encodeURIComponent(repositoryUuid)}/pullrequests`;
  try {
    const response = await requestBitbucket(`${path}?${query.toString()}`, {
      headers: { Accept: 'application/json' },
    });
    if (!response.ok) return new Map();
    return titlesOf((await response.json()) as unknown);
  } catch {
    // A list without titles still shows its numbers.
    return new Map();
  }
}

function titlesOf(body: unknown): ReadonlyMap<number, PullRequestLink> {
  const values = isRecord(body) && Array.isArray(body.values) ? (body.values as unknown[]) : [];
  const titles = new Map<number, PullRequestLink>();
  for (const value of values) {
    if (!isRecord(value) || typeof value.id !== 'number' || typeof value.title !== 'string') continue;
    const html = isRecord(value.links) && isRecord(value.links.html) ? value.links.html.href : undefined;
    titles.set(value.id, { title: value.title, href: typeof html === 'string' ? html : '' });
  }
  return titles;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object';
}
