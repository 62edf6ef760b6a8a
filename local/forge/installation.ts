/** Identifies the installation of the app in its workspace, numbers its versions, and sends its life cycle events. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Installation, Workspace } from './host-api';
import type { HostSettings } from './host-settings';
import type { ForgeManifest } from './manifest';
import type { ProductEvents } from './product-events';

/** The same identifiers at every start, so that logs and exports of two runs compare. */
export function installationOf(manifest: ForgeManifest, workspace: Workspace): Installation {
  const id = uuidFrom(`installation ${manifest.appId} ${workspace.uuid}`);
  return {
    id,
    ari: `ari:cloud:ecosystem::installation/${id}`,
    contextAri: `ari:cloud:bitbucket::workspace/${workspace.uuid}`,
    environmentId: uuidFrom(`environment ${manifest.appId}`),
  };
}

/** A uuid (version 8: its bits are the owner's) that is always the same for one text. */
function uuidFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const deployedSchema = z.object({ major: z.number(), permissions: z.string() });

/**
 * Major version of the app. Forge: a deployment whose manifest asks for other permissions than the one before is a new
 * major version, which each installation has to take up.
 */
export function deployedMajor(manifest: ForgeManifest, settings: HostSettings): number {
  const { scopes, external, content } = manifest.permissions;
  const permissions = JSON.stringify([[...scopes].sort(), external, content]);
  const before = settings.get('deployed', deployedSchema);
  if (before?.permissions === permissions) return before.major;
  const major = (before?.major ?? 0) + 1;
  settings.set('deployed', { major, permissions });
  return major;
}

/** The setting that names the major version that the app was told of. */
export const INSTALLED_MAJOR = 'installed-major';

export interface InstallOptions {
  readonly manifest: ForgeManifest;
  readonly installation: Installation;
  readonly settings: HostSettings;
  readonly events: ProductEvents;
  readonly major: number;
}

/**
 * Installs the app, or takes up its new major version, where that has not happened yet: sends
 * `avi:forge:installed:app` or `avi:forge:upgraded:app` and waits until it is handled or given up. The event and the
 * note that it was sent are stored together.
 */
export async function install(options: InstallOptions): Promise<void> {
  const { manifest, installation, settings, events, major } = options;
  const installed = settings.get(INSTALLED_MAJOR, z.number());
  if (installed === major) return;
  await events.emit(
    installed === undefined ? 'avi:forge:installed:app' : 'avi:forge:upgraded:app',
    {
      id: installation.ari,
      app: { id: manifest.appId, version: `${major}.0.0` },
      environment: { id: installation.environmentId },
    },
    () => settings.set(INSTALLED_MAJOR, major),
  );
}
