/** Answers the bridge's commands that need the platform: the app's context, its resolver, Bitbucket as the viewer. */
import { z } from 'zod';
import type { ForgeHost } from '../host-api';
import type { Account, WebOptions } from './web-options';

const call = z.object({
  module: z.string(),
  extension: z.record(z.string(), z.unknown()),
  locale: z.string(),
  command: z.string(),
  payload: z.unknown(),
});

const invocation = z.object({
  functionKey: z.string(),
  payload: z.unknown().optional(),
  metadata: z.unknown().optional(),
});

const productRequest = z.object({
  restPath: z.string(),
  fetchRequestInit: z
    .object({
      method: z.string().optional(),
      headers: z.array(z.tuple([z.string(), z.string()])).optional(),
      body: z.string().nullish(),
    })
    .optional(),
});

/** `{ok}` with the command's answer, or `{error}` with a sentence; what is not modelled is an error. */
export async function answerBridge(
  { host }: WebOptions,
  { accountId }: Account,
  body: unknown,
): Promise<{ readonly ok: unknown } | { readonly error: string }> {
  const { module, extension, locale, command, payload } = call.parse(body);
  const place = { moduleKey: module, extension, accountId, locale };
  try {
    switch (command) {
      case 'getContext':
        return { ok: host.frontEndContext(place) };
      case 'invoke': {
        const { functionKey, payload: argument, metadata } = invocation.parse(payload);
        const answer = await host.resolve({ ...place, functionKey, payload: argument });
        return { ok: metadata ? { body: answer, metadata: {} } : answer };
      }
      case 'fetchProduct':
        return { ok: await fetchProduct(host, accountId, payload) };
      default:
        return { error: `The local host does not model the bridge command "${command}".` };
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The words of the platform's own error.
    return { error: command === 'invoke' ? `There was an error invoking the function - ${reason}` : reason };
  }
}

async function fetchProduct(host: ForgeHost, accountId: string, payload: unknown): Promise<object> {
  const { restPath, fetchRequestInit } = productRequest.parse(payload);
  const { method, headers, body } = fetchRequestInit ?? {};
  const answer = await host.requestBitbucketAs(
    'user',
    {
      method: method ?? 'GET',
      path: restPath,
      headers: Object.fromEntries(headers ?? []),
      ...(body ? { body } : {}),
    },
    accountId,
  );
  return { ...answer, statusText: '', isAttachment: false };
}
