/** What front ends ask the platform for: their resolver, and Bitbucket as the viewer. */
import type { BitbucketDoor } from './bitbucket-gateway';
import {
  DEFAULT_LOCALE,
  type FrontEndPlace,
  type HostClock,
  type Installation,
  type Licence,
  type ProductRequest,
  type ProductResponse,
  type ResolverRequest,
  type Workspace,
} from './host-api';
import { ANSWER_BYTES } from './http-answers';
import type { Invocations } from './invocations';
import type { ForgeManifest, UserInterfaceModule } from './manifest';
import { RatePerMinute } from './rate-per-minute';

/** Forge: the request of one `invoke`. */
const INVOKE_BYTES = 500 * 1024;
/** Forge: invocations of one user in a minute. */
const INVOCATIONS_A_MINUTE = 1_200;

/** The platform refuses what a front end asked. */
export class FrontEndRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'FrontEndRefusal';
  }
}

export interface FrontEndOptions {
  readonly manifest: ForgeManifest;
  readonly workspace: Workspace;
  readonly installation: Installation;
  /** `null` where the platform says nothing of one. */
  readonly licence: Licence | null;
  readonly clock: HostClock;
  readonly invocations: Invocations;
  readonly bitbucket: BitbucketDoor;
  readonly enforceRates: boolean;
}

/** The front ends' side of one host. */
export class FrontEnd {
  private readonly rates = new Map<string, RatePerMinute>();

  constructor(private readonly options: FrontEndOptions) {}

  /** See `ForgeHost.resolve`. */
  async resolve(request: ResolverRequest): Promise<unknown> {
    const { invocations } = this.options;
    const module = this.module(request.moduleKey);
    if (module.resolver === undefined) {
      throw new FrontEndRefusal(404, `The module ${module.key} of the manifest has no resolver.`);
    }
    const bytes = Buffer.byteLength(JSON.stringify(request.payload ?? null));
    if (bytes > INVOKE_BYTES) {
      throw new FrontEndRefusal(
        413,
        `The payload of invoke has ${bytes} bytes; Forge allows ${INVOKE_BYTES}.`,
      );
    }
    this.count(request.accountId ?? '');
    const result = await invocations.invoke({
      functionKey: module.resolver.function,
      moduleKey: module.key,
      moduleType: module.type,
      body: {
        call: { functionKey: request.functionKey, payload: request.payload },
        context: this.context(request),
      },
      ...(request.accountId !== undefined && { accountId: request.accountId }),
    });
    const answered = Buffer.byteLength(JSON.stringify(result ?? null));
    if (answered <= ANSWER_BYTES) return result;
    throw new FrontEndRefusal(
      413,
      `${request.functionKey} answered ${answered} bytes; Forge allows ${ANSWER_BYTES}.`,
    );
  }

  /** See `ForgeHost.requestBitbucketAs`. */
  async requestBitbucket(request: ProductRequest, accountId: string): Promise<ProductResponse> {
    const answer = await this.options.bitbucket.request(
      { as: 'user', accountId },
      {
        method: request.method,
        target: request.path,
        headers: request.headers,
        body: request.body === undefined ? undefined : Buffer.from(request.body),
      },
    );
    return {
      status: answer.status,
      headers: answer.headers ?? {},
      body: answer.body?.toString('utf8') ?? '',
    };
  }

  /** See `ForgeHost.frontEndContext`; a front end cannot change any of it. */
  context({ moduleKey, extension, accountId, locale }: FrontEndPlace): Readonly<Record<string, unknown>> {
    const { manifest, workspace, installation, licence } = this.options;
    const { environmentId } = installation;
    return {
      ...(accountId !== undefined && { accountId }),
      workspaceId: workspace.uuid,
      environmentId,
      environmentType: 'DEVELOPMENT',
      localId: `ari:cloud:ecosystem::extension/${manifest.appId}/${environmentId}/static/${moduleKey}`,
      moduleKey,
      siteUrl: 'https://bitbucket.org',
      locale: locale ?? DEFAULT_LOCALE,
      timezone: 'UTC',
      ...(licence !== null && { license: { active: licence === 'active' } }),
      extension: { type: this.module(moduleKey).type, ...extension },
    };
  }

  private module(key: string): UserInterfaceModule {
    const found = this.options.manifest.userInterfaces.find((candidate) => candidate.key === key);
    if (found === undefined) throw new FrontEndRefusal(404, `The manifest has no module ${key} with a page.`);
    return found;
  }

  private count(user: string): void {
    if (!this.options.enforceRates) return;
    const rate = this.rates.get(user) ?? new RatePerMinute(INVOCATIONS_A_MINUTE, this.options.clock);
    this.rates.set(user, rate);
    if (rate.take()) return;
    throw new FrontEndRefusal(429, `A user may invoke ${INVOCATIONS_A_MINUTE} times a minute.`);
  }
}
