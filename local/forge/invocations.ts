/** Invokes the app's functions, each with its own token for the platform, and knows which of them run. */
import { randomBytes, randomUUID } from 'node:crypto';
import { memoryMegabytes, timeoutSeconds } from './function-limits';
import type { FunctionPool } from './function-pool';
import type { HostClock, Installation, Licence } from './host-api';
import type { ForgeManifest, FunctionModule } from './manifest';

/** What one invocation is about. */
export interface InvocationRequest {
  readonly functionKey: string;
  readonly moduleKey: string;
  /** Name of the module in the manifest, for example `consumer`. */
  readonly moduleType: string;
  readonly body: unknown;
  /** The user on whose behalf it runs. */
  readonly accountId?: string;
  /** The chain of pushes that it continues; absent: it starts one of its own. */
  readonly chain?: string;
}

/** One running invocation. */
export interface Invocation {
  readonly invocationId: string;
  readonly functionKey: string;
  readonly moduleKey: string;
  readonly accountId: string | undefined;
  readonly chain: string;
}

/** Forge: the payload of an invocation. */
const PAYLOAD_BYTES = 5 * 1024 * 1024;

export interface InvocationsOptions {
  readonly manifest: ForgeManifest;
  readonly installation: Installation;
  readonly appVersion: string;
  readonly clock: HostClock;
  /** `null` where the platform says nothing of one. */
  readonly licence: Licence | null;
  readonly pool: FunctionPool;
  /** Where the functions reach the platform. */
  readonly proxyUrl: () => string;
  /** Called whenever one ended. */
  readonly onEnd: () => void;
}

/** The invocations of one host. */
export class Invocations {
  private readonly byTokens = new Map<string, Invocation>();
  private readonly byIds = new Map<string, Invocation>();

  constructor(private readonly options: InvocationsOptions) {}

  get running(): number {
    return this.byTokens.size;
  }

  /** The running invocation that was given this token. */
  withToken(token: string): Invocation | undefined {
    return this.byTokens.get(token);
  }

  withId(invocationId: string): Invocation | undefined {
    return this.byIds.get(invocationId);
  }

  /**
   * Runs a function and answers what it returned.
   *
   * @param onStart Told of the invocation before it runs.
   * @throws InvocationFailure when it fails, in the platform's sense.
   */
  async invoke(request: InvocationRequest, onStart?: (invocation: Invocation) => void): Promise<unknown> {
    const { clock, pool, manifest } = this.options;
    const definition = this.definition(request.functionKey);
    const bytes = Buffer.byteLength(JSON.stringify(request.body ?? null));
    if (bytes > PAYLOAD_BYTES) {
      throw new Error(
        `The payload for ${request.functionKey} has ${bytes} bytes; Forge allows ${PAYLOAD_BYTES}.`,
      );
    }
    const invocationId = randomUUID();
    const token = randomBytes(24).toString('base64url');
    const invocation: Invocation = {
      invocationId,
      functionKey: request.functionKey,
      moduleKey: request.moduleKey,
      accountId: request.accountId,
      chain: request.chain ?? invocationId,
    };
    const release = clock.hold?.();
    this.byTokens.set(token, invocation);
    this.byIds.set(invocationId, invocation);
    try {
      onStart?.(invocation);
      return await pool.run(memoryMegabytes(manifest, definition), {
        requestId: invocationId,
        functionKey: request.functionKey,
        lambdaEvent: this.lambdaEvent(request, definition, invocation, token),
        timeoutSeconds: timeoutSeconds(manifest, definition),
      });
    } finally {
      this.byTokens.delete(token);
      this.byIds.delete(invocationId);
      release?.();
      this.options.onEnd();
    }
  }

  private definition(functionKey: string): FunctionModule {
    const found = this.options.manifest.functions.find((module) => module.key === functionKey);
    if (found === undefined) throw new Error(`The manifest has no function ${functionKey}.`);
    return found;
  }

  /** The event of the loader, in the shape that the Forge CLI's tunnel sends. */
  private lambdaEvent(
    request: InvocationRequest,
    definition: FunctionModule,
    invocation: Invocation,
    token: string,
  ): unknown {
    const { manifest, installation, clock, licence, appVersion, proxyUrl } = this.options;
    // Both names occur in Atlassian's documentation.
    const isActive = licence === 'active';
    const license = licence !== null && { license: { isActive, active: isActive } };
    return {
      body: request.body,
      handler: definition.handler,
      variables: [],
      _meta: {
        proxy: { token, url: proxyUrl(), host: '127.0.0.1' },
        contextAri: installation.contextAri,
        ...(request.accountId !== undefined && { aaid: request.accountId }),
        ...license,
        clock: { now: clock.now(), standsStill: clock.hold !== undefined },
        tracing: { traceId: randomBytes(8).toString('hex'), spanId: randomBytes(8).toString('hex') },
        timeout: timeoutSeconds(manifest, definition),
        appContext: {
          appId: manifest.appId,
          appVersion,
          environmentId: installation.environmentId,
          environmentType: 'DEVELOPMENT',
          invocationId: invocation.invocationId,
          installationId: installation.id,
          functionKey: request.functionKey,
          moduleType: request.moduleType,
          moduleKey: request.moduleKey,
          ...license,
          installation: { ari: installation.ari, contexts: [installation.contextAri] },
          permissions: { scopes: manifest.permissions.scopes, external: manifest.permissions.external },
        },
      },
    };
  }
}
