/** Finds what in the manifest has changed so that Forge asks every admin for consent again: a major version. */
import YAML from 'yaml';
import { z } from 'zod';

const leaves = z.unknown().optional().transform(textsIn);

/** Only what consent depends on. */
const contract = z.object({
  app: z.object({ licensing: z.object({ enabled: z.boolean() }).optional() }),
  permissions: z.object({ scopes: leaves, external: leaves, content: leaves }),
  providers: leaves,
  modules: z.record(z.string(), z.unknown()),
});

/** Modules whose addition asks for consent. */
const MODULES = ['sql', 'objectStore', 'webtrigger'];

/**
 * A sentence for each reason, none where the manifests (as text) need no consent between them. The rule is Forge's, of
 * its page on versions: scopes added, removed or swapped; addresses or content policies added; licensing switched on;
 * providers, SQL, the object store and web triggers added.
 */
export function consentReasons(before: string, after: string): readonly string[] {
  const old = contract.parse(YAML.parse(before));
  const now = contract.parse(YAML.parse(after));
  const enabled = (each: z.output<typeof contract>): boolean => each.app.licensing?.enabled === true;
  return [
    ...added(old.permissions.scopes, now.permissions.scopes).map((each) => `the scope ${each} is new`),
    ...added(now.permissions.scopes, old.permissions.scopes).map((each) => `the scope ${each} is gone`),
    ...added(old.permissions.external, now.permissions.external).map((each) => `${each} may be reached`),
    ...added(old.permissions.content, now.permissions.content).map((each) => `the page may hold ${each}`),
    ...added(old.providers, now.providers).map((each) => `the provider has ${each}`),
    ...MODULES.filter((each) => each in now.modules && !(each in old.modules)).map(
      (each) => `the module ${each} is new`,
    ),
    ...(enabled(now) && !enabled(old) ? ['licensing is switched on'] : []),
  ];
}

function added(before: readonly string[], after: readonly string[]): readonly string[] {
  return after.filter((each) => !before.includes(each));
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
