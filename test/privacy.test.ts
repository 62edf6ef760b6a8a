/** No name, title, branch, comment or address goes from Bitbucket's answers and events into the store, the queue or the logs. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openRecording } from '../local/bitbucket/recorded-workspace';
import { isJsonObject, textOf } from '../local/bitbucket/values';
import type { JsonObject, WorkspaceSource } from '../local/bitbucket/workspace-source';
import { ActionError } from '../local/demo/actions';
import { createDemoWorkspace, type DemoWorkspace } from '../local/demo/demo-workspace';
import type { ResolverFunction } from '../src/views/contract';
import { resolve } from '../src/views/resolver';
import { VIEWER_ACCOUNT } from './in-process-app';
import { addressedTo, startPlantedApp, type PlantedApp } from './planted-app';
import { KEPT_IN_EVENTS, type Planting } from './planted-texts';
import { REQUESTS } from './resolver-requests';
import { describeWithSharedData, sharedData } from './shared-data';
import { forgeTwins } from './webhook-twins';

const DAY = 86_400_000;

/** A quarter of a minute where nothing else runs. */
const TIMEOUT = 240_000;

/** Who reviewed and what is open, as the screens learn it. */
const choices = z.object({ data: z.object({ reviewers: z.array(z.object({ personId: z.string() })) }) });
const openPullRequest = z.object({ id: z.number(), forecast: z.object({ kind: z.string() }) });
const openWork = z.object({ data: z.object({ pullRequests: z.array(openPullRequest) }) });

/** What each screen asks for; nothing that would end the reading. */
async function requestsFor(
  repositoryUuid: string,
  ask: (functionKey: ResolverFunction, payload: object) => Promise<unknown>,
): Promise<Readonly<Record<ResolverFunction, object>>> {
  // No answer where Bitbucket fails just then.
  const reviewers = choices.safeParse(await ask('choices', REQUESTS.choices)).data?.data.reviewers;
  const open = openWork.safeParse(await ask('openWork', REQUESTS.openWork)).data?.data.pullRequests;
  const forecast = open?.find((each) => each.forecast.kind === 'chances');
  return {
    ...REQUESTS,
    explainReviewer: { ...REQUESTS.explainReviewer, personId: reviewers?.[0]?.personId ?? 'nobody' },
    explainForecast: { ...REQUESTS.explainForecast, pullRequest: forecast?.id ?? 1 },
    changeRepositorySettings: { change: { kind: 'figures', values: { staleDays: 8 } } },
    workspaceTeams: { repositoryUuid },
    saveWorkspaceTeams: { ...REQUESTS.saveWorkspaceTeams, repositoryUuid },
    eraseAll: { confirmation: 'not the slug' },
  };
}

/** Asked with something that this workspace does not have. */
const REFUSED = ['eraseAll'];

/** Asks everything that the screens ask, and searches each answer; the names of the functions that had data. */
async function readScreens(
  app: PlantedApp,
  repositoryUuid: string,
  workspaceUuid: string,
): Promise<readonly string[]> {
  const answered: string[] = [];
  const extension = {
    repository: { uuid: repositoryUuid },
    pullRequest: { id: 1 },
    workspace: { uuid: workspaceUuid },
  };
  const ask = (functionKey: string, payload: object): Promise<unknown> =>
    resolve(
      { call: { functionKey, payload }, context: { extension, workspaceId: workspaceUuid } },
      {
        principal: { accountId: VIEWER_ACCOUNT },
        installContext: `ari:cloud:bitbucket::workspace/${workspaceUuid}`,
      },
    );
  for (const [functionKey, payload] of Object.entries(await requestsFor(repositoryUuid, ask))) {
    const answer = await ask(functionKey, payload);
    app.search(`the answer of ${functionKey}`, answer);
    if (isJsonObject(answer) && answer.ok === true) answered.push(functionKey);
  }
  return answered;
}

let clock: jest.SpyInstance<number, []>;
let now = 0;
const passes = (milliseconds: number): void => {
  now += milliseconds;
  clock.mockReturnValue(now);
};

beforeEach(() => {
  clock = jest.spyOn(Date, 'now');
});
afterEach(() => clock.mockRestore());

/** Everything that the app does: import, events, comparison, recount, screens, and what it does when Bitbucket fails. */
async function liveThrough(
  app: PlantedApp,
  { workspace, repositories }: WorkspaceSource,
  events: (repositoryUuid: string) => readonly JsonObject[],
): Promise<readonly string[]> {
  const { forge } = app;
  const uuids = repositories().flatMap((each) => textOf(each.repository(), 'uuid') ?? []);
  await forge.install();
  await forge.drain();
  for (const uuid of uuids) {
    for (const event of events(uuid)) await app.emit(event);
  }
  await forge.drain();
  const answered = new Set<string>();
  for (const uuid of uuids) {
    for (const name of await readScreens(app, uuid, workspace.uuid)) answered.add(name);
  }
  await forge.drain();
  for (const fault of ['malformed', 'page', 'error', 'forbidden', null] as const) {
    app.fault = fault;
    passes(DAY);
    for (const uuid of uuids) {
      for (const event of events(uuid)) await app.emit(event);
    }
    await forge.tick();
    await forge.drain();
    if (fault === 'error' || fault === null) await readScreens(app, uuids[0] ?? '', workspace.uuid);
  }
  app.planting = 'malformed';
  for (const uuid of uuids) {
    for (const event of events(uuid)) {
      await app.emit(event);
      await forge.emit(misplaced(app, event, uuid, workspace.uuid));
    }
  }
  await forge.drain();
  return [...answered];
}

/** An event of a known kind and place, in which nothing else has the form that is expected. */
function misplaced(
  { planter }: PlantedApp,
  event: JsonObject,
  repositoryUuid: string,
  workspaceUuid: string,
): JsonObject {
  const planted = planter.plant(event, KEPT_IN_EVENTS, 'malformed', 'misplaced');
  return addressedTo(isJsonObject(planted) ? planted : {}, repositoryUuid, workspaceUuid);
}

/** Every event that Atlassian documents, and the twins of the recorded webhooks. */
function recordedEvents(data: string): readonly JsonObject[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8').replace(/,(\s*})/g, '$1'));
  const documented = ['docs-2023-seed', 'docs-2026-08'].flatMap((folder) =>
    readdirSync(path.join(data, 'forge-events', folder)).map((file) =>
      read(path.join(data, 'forge-events', folder, file)),
    ),
  );
  const webhooks = readdirSync(path.join(data, 'webhooks'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => forgeTwins(read(path.join(data, 'webhooks', file)), file));
  return [...documented, ...webhooks].filter(isJsonObject);
}

const isDeletion = ({ eventType }: JsonObject): boolean => eventType === 'avi:bitbucket:deleted:repository';

/** One event of everything that can be done to a repository of the demo, where it fits some pull request. */
function demoEvents(demo: DemoWorkspace, repositoryUuid: string, at: number): readonly JsonObject[] {
  const repository = demo.repositories().find((each) => textOf(each.repository(), 'uuid') === repositoryUuid);
  const open = (repository?.pullRequestIds() ?? []).filter(
    (id) => repository?.pullRequest(id)?.state === 'OPEN',
  );
  return demo.actionsFor(repositoryUuid).flatMap(({ key, needsPullRequest }) => {
    for (const id of needsPullRequest ? open : [null]) {
      try {
        return [demo.runAction(key, repositoryUuid, id, at).payload];
      } catch (error) {
        if (!(error instanceof ActionError)) throw error;
      }
    }
    return [];
  });
}

/** Small, with pipelines and deployments. */
const DEMO_REPOSITORY = 'data-pipeline';

/** With comments, approvals, declines and forks. */
const RECORDED_REPOSITORY = 'osrf__haptix-comm';

/** Of the hundreds of texts that are marked: those that say most about people and their work. */
const OF_ANSWERS = [
  'title',
  'source.branch.name',
  'display_name',
  'comment.content.raw',
  'message',
  'description',
];
const OF_EVENTS = ['title.value', 'displayName', 'source.branch', 'push.ref', 'push.commits.message.value'];

/** What of these was never marked: then the search would say nothing of it. */
function unmarked({ planter }: PlantedApp, names: readonly string[]): readonly string[] {
  return names.filter((name) => !planter.paths.some((each) => each.endsWith(name)));
}

const PLANTINGS: readonly Planting[] = ['added', 'alone'];

describe.each(PLANTINGS)('with every text marked (%s)', (planting) => {
  it(
    'nothing of the generated workspace goes where it must not',
    async () => {
      now = Date.UTC(2026, 10, 21, 6);
      clock.mockReturnValue(now);
      const demo = createDemoWorkspace({ endsAt: now });
      const repository = demo.repositories().filter((each) => each.repository().slug === DEMO_REPOSITORY);
      const source: WorkspaceSource = { ...demo, repositories: () => repository };
      const app = await startPlantedApp(source, 'main');
      app.planting = planting;
      try {
        const answered = await liveThrough(app, source, (uuid) => demoEvents(demo, uuid, now));
        expect(app.leaks()).toEqual([]);
        expect(unmarked(app, [...OF_ANSWERS, ...OF_EVENTS])).toEqual([]);
        expect(app.packedRead).toBeGreaterThan(10);
        // Every screen function told something, so that what it tells was searched.
        expect(Object.keys(REQUESTS).filter((name) => !answered.includes(name))).toEqual(REFUSED);
      } finally {
        await app.close();
      }
    },
    TIMEOUT,
  );

  describeWithSharedData('and in what was recorded', (data) => {
    it(
      'nothing of answers and events goes where it must not',
      async () => {
        now = Date.UTC(2019, 0, 1);
        clock.mockReturnValue(now);
        const source = openRecording(path.join(data, 'bitbucket-archive', RECORDED_REPOSITORY));
        const events = recordedEvents(sharedData() ?? '');
        const app = await startPlantedApp(source, 'default');
        app.planting = planting;
        try {
          await liveThrough(app, source, (uuid) => [
            ...events,
            ...events
              .filter((event) => !isDeletion(event))
              .map((event) => addressedTo(event, uuid, source.workspace.uuid)),
          ]);
          expect(app.leaks()).toEqual([]);
          expect(unmarked(app, [...OF_ANSWERS, ...OF_EVENTS, 'author.raw'])).toEqual([]);
          expect(app.packedRead).toBeGreaterThan(10);
        } finally {
          await app.close();
        }
      },
      TIMEOUT,
    );
  });
});
