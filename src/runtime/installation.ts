/** Which workspace an invocation belongs to, as Forge says it. */
import { z } from 'zod';
import { withBraces } from '../storage/keys';

const invocationContext = z.object({ installContext: z.string().min(1) });

/**
 * The workspace's uuid with braces, from the second argument of every Forge function: `installContext` is
 * `ari:cloud:bitbucket::workspace/<uuid>`. Throws a ZodError where it is missing.
 */
export function workspaceOf(context: unknown): string {
  const { installContext } = invocationContext.parse(context);
  return withBraces(decodeURIComponent(installContext.slice(installContext.lastIndexOf('/') + 1)));
}
