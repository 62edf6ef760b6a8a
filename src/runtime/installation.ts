/** Which workspace an invocation belongs to and whether the app is licensed there, as Forge says it. */
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

const licensedContext = z.object({
  license: z.object({ isActive: z.boolean().optional(), active: z.boolean().optional() }),
});

/**
 * Whether Forge does not say that the licence is inactive: only a paid app in production has one at all, so nothing
 * said means free, or not in production (F/versions/).
 */
export function isLicensed(context: unknown): boolean {
  const { success, data } = licensedContext.safeParse(context);
  return !success || (data.license.isActive !== false && data.license.active !== false);
}
