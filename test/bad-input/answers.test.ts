/** Wrong answers of Bitbucket: a reader gives what it promises or a classified error, and none asks for ever. */
import { z } from 'zod';
import { createDemoWorkspace } from '../../local/demo/demo-workspace';
import { chance, type Chance } from '../../local/demo/random';
import { BitbucketError } from '../../src/bitbucket/errors';
import * as pullRequests from '../../src/bitbucket/pull-requests';
import * as repositories from '../../src/bitbucket/repositories';
import { VIEWER, type Caller, type RepositoryAddress } from '../../src/bitbucket/requests';
import { startInProcessApp, type InProcessApp } from '../in-process-app';
import { casesOf, SEED } from './cases';
import { MARKER, mutated } from './mutations';

/** `readAll` follows 50 pages of one list; the diffstat's redirect is not seen here. */
const MOST_REQUESTS = 50;

const SLOWEST_MILLISECONDS = 2_000;

type ForgeFetch = (meta: object, target: string, init?: RequestInit) => Promise<Response>;
const globals = globalThis as { __forge_fetch__?: ForgeFetch };

const demo = createDemoWorkspace({ endsAt: Date.UTC(2026, 10, 1) });
const workspace = demo.workspace.uuid;
const APP: Caller = { ...VIEWER, as: 'app' };
const withUuid = z.object({ uuid: z.string() });
const LATEST = { filter: 'updated_on >= 2008-01-01T00:00:00Z', sort: '-updated_on' } as const;

let forge: InProcessApp;
let toBitbucket: ForgeFetch | undefined;
let address: RepositoryAddress;
let deployment: string;
/** What Bitbucket answers each reader. */
const examples = new Map<string, unknown>();

beforeAll(async () => {
  forge = await startInProcessApp(demo);
  toBitbucket = globals.__forge_fetch__;
  for (const source of demo.repositories()) {
    const { uuid } = withUuid.parse(source.repository());
    address = { workspaceUuid: workspace, repositoryUuid: uuid };
    const [first] = (await repositories.readDeploymentPage(APP, address, null)).values;
    deployment = `{${first?.id ?? ''}}`;
    if (first !== undefined) break;
  }
  // All at once, since the stand-in closes a connection that is idle for long.
  for (const [name, read] of Object.entries(readers)) examples.set(name, await answerTo(read));
});
afterEach(() => {
  if (toBitbucket) globals.__forge_fetch__ = toBitbucket;
});
afterAll(() => forge.close());

/** Every reader with something that it can read. */
const readers: Readonly<Record<string, () => Promise<unknown>>> = {
  readPullRequestPage: () => pullRequests.readPullRequestPage(APP, address, LATEST, null),
  readPullRequest: () => pullRequests.readPullRequest(APP, address, 1),
  readActivityLogPage: () => pullRequests.readActivityLogPage(APP, address, null),
  readActivityPage: () => pullRequests.readActivityPage(APP, address, 1, null),
  readOwnCommitPage: () => pullRequests.readOwnCommitPage(APP, address, 1, null),
  readActivity: () => pullRequests.readActivity(APP, address, 1),
  readOwnCommits: () => pullRequests.readOwnCommits(APP, address, 1),
  readDiffstat: () => pullRequests.readDiffstat(APP, address, 1, null),
  readDiffstatLinks: () => pullRequests.readDiffstatLinks(APP, address, [1, 2]),
  readWorkspaceSlug: async () => ({ slug: await repositories.readWorkspaceSlug(VIEWER, workspace) }),
  readRepository: () => repositories.readRepository(APP, address),
  readRepositoryPage: () => repositories.readRepositoryPage(APP, workspace, null),
  readVisibleRepositories: () => repositories.readVisibleRepositories(VIEWER, workspace, 1),
  countRepositories: () => repositories.countRepositories(APP, workspace),
  countAdministered: () => repositories.countAdministered(VIEWER, workspace, null),
  readCommitPage: () => repositories.readCommitPage(APP, address, null),
  readBranchPage: () => repositories.readBranchPage(APP, address, 'main', null, null),
  readPipelinePage: () => repositories.readPipelinePage(APP, address, null),
  readDeploymentPage: () => repositories.readDeploymentPage(APP, address, null),
  readDeployment: () => repositories.readDeployment(APP, address, deployment),
};

it('has an example for every reader', () => {
  const all = [...Object.keys(pullRequests), ...Object.keys(repositories)];
  expect(Object.keys(readers).toSorted()).toEqual(all.toSorted());
});

it.each(Object.keys(readers))('%s reads or refuses', async (name) => {
  const read = readers[name] ?? (() => Promise.reject(new Error(name)));
  const example = examples.get(name);
  const luck = chance(SEED + name.length);
  let refused = 0;
  let slowest = 0;
  const cases = Math.ceil(casesOf(40) / Object.keys(readers).length);
  for (let each = 0; each < cases; each += 1) {
    let requests = 0;
    const response = wrongAnswer(example, luck);
    globals.__forge_fetch__ = () => {
      requests += 1;
      return Promise.resolve(new Response(response.body, response.init));
    };
    const began = performance.now();
    try {
      const result = await read();
      expect(result).toBeDefined();
      for (const field of markedFields(result)) expect(FIELDS_OF_TEXT).toContain(field);
    } catch (error) {
      // The classes of `bitbucket/errors`, without a word of the answer.
      if (!(error instanceof BitbucketError)) throw error;
      refused += 1;
      expect(error.message).not.toContain(MARKER);
      expect(error.message.length).toBeLessThan(400);
    }
    slowest = Math.max(slowest, performance.now() - began);
    expect(requests).toBeLessThanOrEqual(MOST_REQUESTS);
  }
  expect(slowest).toBeLessThan(SLOWEST_MILLISECONDS);
  expect(refused).toBeGreaterThan(cases / 50);
  expect(refused).toBeLessThan(cases);
});

/** Names of branches, to be compared or stored where they are targets; a repository's address; Bitbucket's own links. */
const FIELDS_OF_TEXT = ['targetBranch', 'branch', 'defaultBranch', 'slug', 'next', 'diffstatLink', 'link'];

/** The fields of a result in which a word of the wrong input stands. */
function markedFields(result: unknown): readonly string[] {
  const fields: string[] = [];
  JSON.stringify(result, (field: string, value: unknown) => {
    if (field.includes(MARKER) || (typeof value === 'string' && value.includes(MARKER))) fields.push(field);
    return value;
  });
  return fields;
}

/** Elements of a list in an example: with fewer, more of the changes meet each. */
const ELEMENTS = 4;

/** The body of the reader's first request, as the stand-in answers it, with a few elements of a list. */
async function answerTo(read: () => Promise<unknown>): Promise<unknown> {
  const bodies: string[] = [];
  globals.__forge_fetch__ = async (...call) => {
    const response = await toBitbucket?.(...call);
    if (response === undefined) throw new Error('The app has not been started.');
    bodies.push(await response.clone().text());
    return response;
  };
  await read();
  const body = JSON.parse(bodies[0] ?? '') as { values?: readonly unknown[] };
  return body.values === undefined ? body : { ...body, values: body.values.slice(0, ELEMENTS) };
}

interface WrongAnswer {
  readonly body: string;
  readonly init: ResponseInit;
}

const HTML = `<!doctype html><title>${MARKER}</title><p>${MARKER}`;
const STATUSES = [400, 401, 403, 404, 408, 410, 418, 429, 500, 502, 503, 504] as const;

/** Mostly right JSON with something wrong in it; else no JSON, a part of it, or an error's status. */
function wrongAnswer(example: unknown, luck: Chance): WrongAnswer {
  const kind = luck.integer(1, 20);
  if (kind === 1) return { body: HTML, init: { status: 200 } };
  if (kind === 2) {
    const whole = JSON.stringify(example);
    return { body: whole.slice(0, luck.integer(0, whole.length - 1)), init: { status: 200 } };
  }
  if (kind === 3) {
    const headers = { 'retry-after': luck.pick(['-1', 'soon', '1e99', '3']), 'x-ratelimit-limit': MARKER };
    return { body: HTML, init: { status: luck.pick(STATUSES), headers } };
  }
  return { body: JSON.stringify(mutated(example, luck)), init: { status: 200 } };
}
