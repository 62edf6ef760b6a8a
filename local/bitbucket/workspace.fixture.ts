/** For tests: a small workspace in memory, and a client for its stand-in. */
import { startBitbucket, type Bitbucket, type BitbucketOptions } from './server';
import type { Json, JsonObject, RepositorySource, WorkspaceSource } from './workspace-source';

export const ALL_SCOPES = [
  'read:repository:bitbucket',
  'read:pullrequest:bitbucket',
  'read:pipeline:bitbucket',
  'read:workspace:bitbucket',
  'read:user:bitbucket',
];

export const WORKSPACE = { uuid: '{00000000-0000-5000-8000-000000000001}', slug: 'acme', name: 'Acme' };

const STATES = ['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED'] as const;

export function account(name: string): JsonObject {
  return {
    type: 'user',
    uuid: `{${name}}`,
    account_id: `557058:${name}`,
    display_name: name,
    nickname: name,
  };
}

/** Minute `n` of the workspace's time. */
export function minute(n: number): string {
  return new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString().replace('Z', '000+00:00');
}

export function pullRequest(id: number, more: JsonObject = {}): JsonObject {
  const state = STATES[id % 4] ?? 'OPEN';
  return {
    type: 'pullrequest',
    id,
    title: `Change ${id}`,
    state,
    draft: false,
    created_on: minute(id * 10),
    updated_on: minute(id * 10 + 5),
    author: account(id % 2 === 0 ? 'ann' : 'ben'),
    closed_by: state === 'OPEN' ? null : account('cleo'),
    merge_commit:
      state === 'MERGED'
        ? { type: 'commit', hash: `${id}`.padStart(12, 'a'), date: minute(id * 10 + 4) }
        : null,
    source: { branch: { name: `feature/${id}` }, commit: { hash: `${id}`.padStart(12, 'b') } },
    destination: { branch: { name: 'main' }, commit: { hash: 'c'.repeat(12) } },
    participants: [{ type: 'participant', user: account('dora'), approved: true }],
    reviewers: [account('dora')],
    rendered: { title: { raw: `Change ${id}` } },
    ...more,
  };
}

/** A repository whose parts can be replaced one by one. */
export function repository(
  slug: string,
  parts: Partial<RepositorySource> & { count?: number } = {},
): RepositorySource {
  const { count = 12, ...given } = parts;
  const pullRequests = new Map(
    Array.from({ length: count }, (_, index) => [index + 1, pullRequest(index + 1)] as const),
  );
  return {
    repository: () => ({
      type: 'repository',
      uuid: `{${slug}}`,
      slug,
      name: slug,
      full_name: `acme/${slug}`,
      mainbranch: { type: 'branch', name: 'main' },
    }),
    pullRequestIds: () => [...pullRequests.keys()],
    pullRequest: (id) => pullRequests.get(id) ?? null,
    activity: () => [],
    commits: () => [],
    statuses: () => [],
    comments: () => [],
    diffstat: () => null,
    commitHistory: () => [],
    pipelines: () => [],
    deployments: () => [],
    environments: () => [],
    ...given,
  };
}

export function workspace(...repositories: readonly RepositorySource[]): WorkspaceSource {
  return { workspace: WORKSPACE, repositories: () => repositories };
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

export interface Client {
  readonly bitbucket: Bitbucket;
  /** Asks for a path below `/2.0`, or an absolute link; by default as the app with every scope. */
  ask(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** All elements of a list, by following `next`. */
  walk(path: string): Promise<readonly JsonObject[]>;
}

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/** Starts a stand-in for the tests of one `describe`; the client works from `beforeAll` on. */
export function withBitbucket(
  options: () => Partial<BitbucketOptions> & Pick<BitbucketOptions, 'source'>,
): Client {
  let started: Bitbucket | null = null;
  const bitbucket = (): Bitbucket => {
    if (started === null) throw new Error('The stand-in has not been started.');
    return started;
  };
  beforeAll(async () => {
    started = await startBitbucket({ clock: Date, ...options() });
  });
  afterAll(() => bitbucket().close());
  async function ask(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply> {
    const url = path.startsWith('http') ? path : `${bitbucket().url}/2.0${path}`;
    const response = await fetch(url, {
      headers: headers ?? { 'x-forge-as': 'app', 'x-forge-scopes': ALL_SCOPES.join(' ') },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }
  async function walk(path: string): Promise<readonly JsonObject[]> {
    const values: JsonObject[] = [];
    let next: Json | undefined = path;
    while (typeof next === 'string') {
      const reply: Reply = await ask(next);
      if (reply.status !== 200) throw new Error(`${next} answered ${reply.status}: ${reply.text}`);
      values.push(...(reply.json.values as readonly JsonObject[]));
      next = reply.json.next;
    }
    return values;
  }
  return {
    get bitbucket() {
      return bitbucket();
    },
    ask,
    walk,
  };
}
