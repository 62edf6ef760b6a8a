/** Reads `manifest.yml` into what the local host acts on, and refuses what the host cannot honour. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import {
  environmentSchema,
  manifestSchema,
  userInterfaceModule,
  type ConsumerModule,
  type FunctionModule,
  type PreUninstallModule,
  type ScheduledTriggerModule,
  type Translations,
  type TriggerModule,
  type UserInterfaceModule,
} from './manifest-schema';
import type { EntityDefinition } from './store';

export type {
  ConsumerModule,
  FunctionModule,
  PreUninstallModule,
  ScheduledTriggerModule,
  Translations,
  TriggerModule,
  UserInterfaceModule,
} from './manifest-schema';

/** What the app asks to be granted. */
export interface ManifestPermissions {
  readonly scopes: readonly string[];
  /** `permissions.external` as it stands. */
  readonly external: Readonly<Record<string, unknown>>;
  /** `permissions.content` as it stands. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Addresses that functions may fetch. */
  readonly backendAddresses: readonly string[];
}

/** The app's contract with Forge, as far as the host acts on it. */
export interface ForgeManifest {
  /** `ari:cloud:ecosystem::app/<uuid>`. */
  readonly appAri: string;
  readonly appId: string;
  readonly memoryMegabytes: number;
  /** Whether the app asks for a licence. */
  readonly licensed: boolean;
  readonly entities: readonly EntityDefinition[];
  readonly permissions: ManifestPermissions;
  readonly functions: readonly FunctionModule[];
  readonly triggers: readonly TriggerModule[];
  readonly consumers: readonly ConsumerModule[];
  readonly scheduledTriggers: readonly ScheduledTriggerModule[];
  /** What runs before an uninstallation. */
  readonly preUninstalls: readonly PreUninstallModule[];
  readonly userInterfaces: readonly UserInterfaceModule[];
  /** `path` is relative to the manifest. */
  readonly resources: readonly { readonly key: string; readonly path: string }[];
  /** The app's texts by locale, paths likewise; `null` where the app has none. */
  readonly translations: Translations | null;
}

/** The manifest cannot be used; the message names every place and what is wrong with it. */
export class ManifestError extends Error {
  constructor(file: string, problems: readonly string[]) {
    super(`${file} cannot be used:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'ManifestError';
  }
}

/** Forge: a function has 512 MB unless the manifest says otherwise. */
const DEFAULT_MEMORY_MEGABYTES = 512;

/**
 * Reads and checks the manifest of an app.
 *
 * @param environment Values for `${NAME}`; a default under `environment.variables` comes second.
 * @throws ManifestError
 */
export function readManifest(
  appDirectory: string,
  environment: Readonly<Record<string, string>> = {},
): ForgeManifest {
  const file = path.join(appDirectory, 'manifest.yml');
  return parseManifest(readFileSync(file, 'utf8'), environment, file);
}

/** Reads the text of a manifest; `file` names it in errors. See `readManifest`. */
export function parseManifest(
  text: string,
  environment: Readonly<Record<string, string>> = {},
  file = 'manifest.yml',
): ForgeManifest {
  const parsed = manifestSchema.safeParse(substituted(parse(text), environment, file));
  if (!parsed.success) throw new ManifestError(file, parsed.error.issues.map(described));
  const { app, permissions, modules, resources, translations } = parsed.data;
  const manifest: ForgeManifest = {
    appAri: app.id,
    appId: app.id.slice(app.id.lastIndexOf('/') + 1),
    memoryMegabytes: app.runtime.memoryMB ?? DEFAULT_MEMORY_MEGABYTES,
    licensed: app.licensing?.enabled ?? false,
    entities: app.storage?.entities ?? [],
    permissions: {
      scopes: permissions?.scopes ?? [],
      external: permissions?.external ?? {},
      content: permissions?.content ?? {},
      backendAddresses: permissions?.external?.fetch?.backend ?? [],
    },
    functions: modules.function,
    triggers: modules.trigger,
    consumers: modules.consumer,
    scheduledTriggers: modules.scheduledTrigger,
    preUninstalls: modules.preUninstall,
    userInterfaces: userInterfacesOf(modules, file),
    resources,
    translations: translations ?? null,
  };
  const problems = [
    ...doubledKeys(manifest),
    ...danglingReferences(manifest),
    ...limitsExceeded(manifest),
    ...wrongTranslations(manifest),
  ];
  if (problems.length > 0) throw new ManifestError(file, problems);
  return manifest;
}

function described(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')}: ${issue.message}`;
}

/** Replaces `${NAME}` in every text of the document. */
function substituted(
  document: unknown,
  environment: Readonly<Record<string, string>>,
  file: string,
): unknown {
  const declared = environmentSchema.safeParse(document);
  const defaults = new Map(
    (declared.data?.environment?.variables ?? []).map((variable) => [variable.key, variable.default]),
  );
  const missing = new Set<string>();
  function visit(node: unknown): unknown {
    if (typeof node === 'string') {
      return node.replace(/\$\{(\w+)\}/g, (whole, name: string) => {
        const value = environment[name] ?? defaults.get(name);
        if (value === undefined) missing.add(name);
        return value ?? whole;
      });
    }
    if (Array.isArray(node)) return node.map(visit);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, visit(value)]));
  }
  const result = visit(document);
  if (missing.size === 0) return result;
  throw new ManifestError(
    file,
    [...missing].map((name) => `\${${name}} has no value and no default under environment.variables`),
  );
}

function userInterfacesOf(
  modules: Readonly<Record<string, unknown>>,
  file: string,
): readonly UserInterfaceModule[] {
  return Object.entries(modules).flatMap(([type, entries]) => {
    if (!type.startsWith('bitbucket:')) return [];
    const parsed = z.array(userInterfaceModule).safeParse(entries);
    if (parsed.success) return parsed.data.map((entry) => ({ ...entry, type }));
    throw new ManifestError(
      file,
      parsed.error.issues.map((issue) => `modules.${type}.${described(issue)}`),
    );
  });
}

/** Forge: a key is unique over all modules, functions included. */
function doubledKeys(manifest: ForgeManifest): readonly string[] {
  const { functions, triggers, consumers, scheduledTriggers, preUninstalls, userInterfaces } = manifest;
  const modules = [
    ...functions,
    ...triggers,
    ...consumers,
    ...scheduledTriggers,
    ...preUninstalls,
    ...userInterfaces,
  ];
  const keys = modules.map((module) => module.key);
  const doubled = new Set(keys.filter((name, index) => keys.indexOf(name) < index));
  return [...doubled].map((name) => `the module key ${name} is used twice`);
}

function danglingReferences(manifest: ForgeManifest): readonly string[] {
  const { triggers, consumers, scheduledTriggers, preUninstalls, userInterfaces } = manifest;
  const functions = new Set(manifest.functions.map((module) => module.key));
  const resources = new Set(manifest.resources.map((resource) => resource.key));
  const uses = [
    ...[...triggers, ...consumers, ...scheduledTriggers, ...preUninstalls].map((module) => [
      module.key,
      module.function,
    ]),
    ...userInterfaces.map((module) => [module.key, module.resolver?.function]),
  ];
  return [
    ...uses.flatMap(([name, used]) =>
      used === undefined || functions.has(used) ? [] : [`${name} names no function: ${used}`],
    ),
    ...userInterfaces.flatMap(({ key, resource }) =>
      resource === undefined || resources.has(resource) ? [] : [`${key} names no resource: ${resource}`],
    ),
  ];
}

function limitsExceeded(manifest: ForgeManifest): readonly string[] {
  const queues = manifest.consumers.map((module) => module.queue);
  const fast = manifest.scheduledTriggers.filter((module) => module.interval === 'fiveMinute');
  return [
    ...(new Set(queues).size < queues.length ? ['two consumers share a queue'] : []),
    // Forge: one scheduled trigger with the interval fiveMinute.
    ...(fast.length > 1 ? ['only one scheduled trigger may have the interval fiveMinute'] : []),
  ];
}

/** Forge's own rules: a locale has one file, what is fallen back to has one, and a translated title needs some. */
function wrongTranslations({ translations, userInterfaces }: ForgeManifest): readonly string[] {
  if (translations === null) {
    return userInterfaces
      .filter(({ title }) => typeof title === 'object')
      .map(({ key }) => `the title of ${key} is to be translated, and there are no translations`);
  }
  const { resources, fallback } = translations;
  const locales = resources.map(({ key }) => key);
  const doubled = new Set(locales.filter((locale, index) => locales.indexOf(locale) < index));
  const missing = new Set(
    Object.values(fallback)
      .flat()
      .filter((locale) => !locales.includes(locale)),
  );
  return [
    ...[...doubled].map((locale) => `the locale ${locale} has two translations`),
    ...[...missing].map((locale) => `translations.fallback names ${locale}, which has no translation`),
  ];
}
