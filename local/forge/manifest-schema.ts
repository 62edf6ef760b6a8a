/** The parts of `manifest.yml` that the local host acts on. */
import { z } from 'zod';
import { entityDefinition } from './store';

const key = z.string().regex(/^[a-zA-Z0-9_-]+$/, 'a key holds letters, digits, - and _');

/** Forge: 128 to 1,024 MB, in steps of 1. */
const memory = z.object({ memoryMB: z.number().int().min(128).max(1024).optional() });

const functionModule = z.object({
  key,
  handler: z.string().regex(/^[\w/-]+\.\w+$/, 'a handler looks like index.onEvent'),
  timeoutSeconds: z.number().int().min(1).max(900).optional(),
  runtime: memory.optional(),
});

const triggerFilter = z.object({
  ignoreSelf: z.boolean().optional(),
  appIsLicensed: z.boolean().optional(),
  // Dropping every event, or none, would both be lies.
  expression: z
    .undefined('filter.expression is not modelled by the local host; test the condition in the function')
    .optional(),
});

const trigger = z.object({
  key,
  function: key,
  events: z.array(z.string().regex(/^avi:/, 'an event name begins with avi:')).min(1).readonly(),
  filter: triggerFilter.optional(),
});

const consumer = z.object({ key, queue: z.string().regex(/^[a-zA-Z0-9-_]+$/), function: key });

const scheduledTrigger = z.object({
  key,
  function: key,
  interval: z.enum(['fiveMinute', 'hour', 'day', 'week']),
});

const preUninstall = z.object({ key, function: key });

/** One entry under a `bitbucket:*` module. */
export const userInterfaceModule = z.object({
  key,
  title: z.union([z.string(), z.object({ i18n: z.string() })]).optional(),
  resource: z.string().optional(),
  resolver: z.object({ function: key }).optional(),
  icon: z.string().optional(),
});

const externalAddress = z.union([
  z.string(),
  z.object({ address: z.string() }).transform(({ address }) => address),
]);

/** Forge's validator has the list of locales; the host needs the form only. */
const locale = z.string().regex(/^[a-z]{2}-[A-Z]{2}$/, 'a locale looks like en-US');

const translations = z.object({
  resources: z
    .array(z.object({ key: locale, path: z.string() }))
    .min(1)
    .readonly(),
  fallback: z.object({ default: locale }).catchall(z.array(locale).min(1).readonly()),
});

/** A manifest after `${NAME}` was replaced. */
export const manifestSchema = z.object({
  app: z.object({
    id: z.string().regex(/^ari:cloud:ecosystem::app\/[^/]+$/, 'looks like ari:cloud:ecosystem::app/<uuid>'),
    runtime: memory.extend({ name: z.string() }),
    licensing: z.object({ enabled: z.boolean() }).optional(),
    storage: z.object({ entities: z.array(entityDefinition).readonly().optional() }).optional(),
  }),
  permissions: z
    .object({
      scopes: z.array(z.string()).readonly().optional(),
      external: z
        .looseObject({
          fetch: z.looseObject({ backend: z.array(externalAddress).readonly().optional() }).optional(),
        })
        .optional(),
      content: z.looseObject({}).optional(),
    })
    .optional(),
  modules: z
    .object({
      function: z.array(functionModule).readonly().default([]),
      trigger: z.array(trigger).readonly().default([]),
      consumer: z.array(consumer).readonly().default([]),
      // Forge: five scheduled triggers an app.
      scheduledTrigger: z.array(scheduledTrigger).max(5).readonly().default([]),
      preUninstall: z.array(preUninstall).readonly().default([]),
    })
    .catchall(z.unknown()),
  resources: z
    .array(z.object({ key, path: z.string() }))
    .readonly()
    .default([]),
  translations: translations.optional(),
});

/** What the manifest declares to be replaced in it. */
export const environmentSchema = z.object({
  environment: z
    .object({
      variables: z.array(z.object({ key: z.string(), default: z.string().optional() })).default([]),
    })
    .optional(),
});

export type FunctionModule = z.infer<typeof functionModule>;
export type TriggerModule = z.infer<typeof trigger>;
export type ConsumerModule = z.infer<typeof consumer>;
export type PreUninstallModule = z.infer<typeof preUninstall>;
export type ScheduledTriggerModule = z.infer<typeof scheduledTrigger>;

/** A module that shows pages of the app; `type` is its name in the manifest, for example `bitbucket:repoMainMenuPage`. */
export type UserInterfaceModule = z.infer<typeof userInterfaceModule> & { readonly type: string };

/** The app's texts: a JSON file for each locale. */
export interface Translations {
  readonly resources: readonly { readonly key: string; readonly path: string }[];
  /** What is tried for a locale that has no file, and last of all `default`. */
  readonly fallback: { readonly default: string } & Readonly<Record<string, string | readonly string[]>>;
}
