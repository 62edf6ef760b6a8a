/** The local Forge host: runs an unchanged Forge app with the published SDKs and without Atlassian. */
import { AccountReports } from './account-reports';
import { BitbucketGateway, scopedHeaders } from './bitbucket-gateway';
import { openDatabase, type HostDatabase } from './database';
import { Deliveries } from './deliveries';
import { Dispatcher } from './dispatcher';
import { FrontEnd } from './front-end';
import { FunctionPool } from './function-pool';
import type { ForgeHost, ForgeHostOptions } from './host-api';
import { HostLog } from './host-log';
import { HostSettings } from './host-settings';
import { deployedMajor, install, installationOf, INSTALLED_MAJOR } from './installation';
import { Invocations } from './invocations';
import { readManifest, type ForgeManifest } from './manifest';
import { MessageTable } from './message-table';
import { PlatformProxy } from './platform-proxy';
import { ProductEvents } from './product-events';
import { QueueService } from './queue-service';
import { Schedules } from './schedules';
import { ForgeStore } from './store';
import { uninstall } from './uninstallation';
import { Waiters } from './waiters';

export type * from './host-api';
export { FrontEndRefusal } from './front-end';
export { InvocationFailure } from './invocation-failure';

/**
 * Starts a host with what its database holds: messages of an earlier run are delivered from now on.
 *
 * @throws ManifestError, DatabaseInUseError
 */
export async function createForgeHost(options: ForgeHostOptions): Promise<ForgeHost> {
  const manifest = lacking(
    readManifest(options.appDirectory, options.environment),
    options.withoutScopes ?? [],
  );
  const database = openDatabase(options.databaseFile);
  try {
    return await assemble(options, manifest, database);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** As the installation has it: one that lacks a permission is of a version that did not ask for it. */
function lacking(manifest: ForgeManifest, scopes: readonly string[]): ForgeManifest {
  const granted = manifest.permissions.scopes.filter((scope) => !scopes.includes(scope));
  return { ...manifest, permissions: { ...manifest.permissions, scopes: granted } };
}

async function assemble(
  options: ForgeHostOptions,
  manifest: ForgeManifest,
  database: HostDatabase,
): Promise<ForgeHost> {
  const { clock, workspace, enforceRates = false } = options;
  const licence = options.licence ?? (manifest.licensed ? 'active' : null);
  const installation = installationOf(manifest, workspace);
  const log = new HostLog(clock, options.onLog);
  const settings = new HostSettings(database);
  const major = deployedMajor(manifest, settings);
  const appVersion = `${major}.0.0`;
  const store = new ForgeStore({ database, entities: manifest.entities, clock, enforceRates });
  const waiters = new Waiters((): boolean => invocations.running === 0 && dispatcher.depth === 0);
  const pool = new FunctionPool(options.bundleDirectory, (line) =>
    log.function(line.level, line.values, invocations.withId(line.invocationId ?? '')),
  );
  const invocations: Invocations = new Invocations({
    manifest,
    installation,
    appVersion,
    clock,
    licence,
    pool,
    proxyUrl: (): string => proxy.url,
    onEnd: () => waiters.changed(),
  });
  const table = new MessageTable(database, clock.now());
  const deliveries: Deliveries = new Deliveries(manifest, clock, invocations);
  const dispatcher: Dispatcher = new Dispatcher({
    table,
    clock,
    log,
    deliver: (message) => deliveries.deliver(message),
    onChange: () => waiters.changed(),
  });
  const { scopes } = manifest.permissions;
  const bitbucket =
    options.bitbucketDoor ?? new BitbucketGateway(options.bitbucketUrl, scopedHeaders(scopes));
  const accounts = new AccountReports();
  const queues = new QueueService({ manifest, table, dispatcher, clock, log, enforceRates });
  const { contextAri } = installation;
  const proxy: PlatformProxy = new PlatformProxy({
    manifest,
    contextAri,
    store,
    bitbucket,
    queues,
    accounts,
    invocations,
    log,
  });
  const events = new ProductEvents({ manifest, workspace, licence, table, dispatcher, clock });
  const schedules = new Schedules({ manifest, workspace, clock, settings, deliveries, log });
  const frontEnd = new FrontEnd({
    manifest,
    workspace,
    installation,
    licence,
    clock,
    invocations,
    bitbucket,
    enforceRates,
  });

  await proxy.listen();
  dispatcher.start();
  if (options.runSchedules === true) schedules.start();

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    schedules.close();
    dispatcher.close();
    await pool.close();
    await proxy.close();
    waiters.release();
    database.close();
  }

  return {
    manifest,
    store,
    workspace,
    installation,
    appVersion,
    proxyUrl: proxy.url,
    accounts,
    install: () => install({ manifest, installation, settings, events, major }),
    uninstall: () =>
      uninstall({
        manifest,
        invocations,
        store,
        log,
        forget: () => settings.forget(INSTALLED_MAJOR),
      }),
    emit: (eventType, payload) => events.emit(eventType, payload),
    runSchedule: (key) => schedules.run(key),
    resolve: (request) => frontEnd.resolve(request),
    frontEndContext: (place) => frontEnd.context(place),
    requestBitbucketAs: (_who, request, accountId) => frontEnd.requestBitbucket(request, accountId),
    idle: () => waiters.wait(),
    queueDepth: () => dispatcher.depth,
    logs: log.lines,
    deliveries: deliveries.records,
    renewFunctions: () => pool.renew(),
    killFunctionProcess: () => pool.killAll(),
    close: () => (closing ??= close()),
  };
}
