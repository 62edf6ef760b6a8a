/** The resolver behind every screen: each function takes its place from Forge's context, parses its payload, and answers. */
import Resolver from '@forge/resolver';
import type { z } from 'zod';
import { nowInSeconds } from '../runtime/clock';
import { BitbucketError } from '../bitbucket/errors';
import { StorageError } from '../storage/errors';
import { NewerStore } from '../storage/store-version';
import { describeError, log } from '../runtime/log';
import type { AdministrationFunctions } from './administration-contract';
import { checkPermissionsOf, connectionOf } from './connection';
import type {
  Answer,
  FailureCause,
  PullRequestFunctions,
  RepositoryFunctions,
  ResolverFunction,
  ResolverFunctions,
  WorkspaceFunctions,
} from './contract';
import { deadLettersOf, replayDeadLettersOf } from './dead-letters';
import { definitionListOf, definitionsOf } from './definitions';
import { deliveryOf } from './delivery';
import { connectAgainOf, eraseAllOf, erasureOf } from './erasure';
import { explainFigure } from './explain-figure';
import { exportRepository } from './export-repository';
import { exportFigures, exportPullRequests } from './export-view';
import { filterChoices } from './filter-choices';
import { assertMay, type GuardedPlace } from './guard';
import { importAgainOf } from './import-again';
import { changeNotesOf, notesOf } from './notes';
import { openWorkOf } from './open-work';
import { calibrationOf } from './open-work-calibration';
import { openWorkAtOf } from './open-work-flow';
import { explainForecastOf } from './open-work-forecast';
import { overviewOf } from './overview';
import { payloads } from './payloads';
import { pipelinesOf } from './pipelines';
import {
  pullRequestPlace,
  repositoryPlace,
  workspacePlace,
  type PullRequestPlace,
  type RepositoryPlace,
  type WorkspacePlace,
} from './places';
import { progressOf } from './progress';
import { pullRequestOf } from './pull-request';
import { pullRequestsOf } from './pull-requests';
import { explainBranches } from './pull-requests-branches';
import { distributionReportOf } from './pull-requests-distribution';
import { remindersOf } from './reminders';
import { changeRepositorySettingsOf, repositoryAuditOf, repositorySettingsOf } from './repository-settings';
import { RequestRefused } from './request-refused';
import { recountOf, recountProgressOf } from './recount';
import { explainReviewer, reviewsOf } from './reviews';
import { selfReportOf } from './self-report';
import { saveTeams, teamsOf } from './teams';
import { workspaceOf } from './workspace';
import {
  changeWorkspaceSettingsOf,
  saveWorkspaceTeamsOf,
  workspaceAuditOf,
  workspaceSettingsOf,
  workspaceTeamsOf,
} from './workspace-settings';

type HandlersOf<Functions extends Partial<ResolverFunctions>, Place> = {
  readonly [F in keyof Functions & keyof typeof payloads]: (
    place: Place,
    payload: z.output<(typeof payloads)[F]>,
    now: number,
    context: unknown,
  ) => Promise<DataOf<Functions[F]> | null>;
};

type DataOf<Declared> = Declared extends { readonly data: infer Data } ? Data : never;

/** Each gives `null` where nothing is stored of its place. */
const repositoryHandlers: HandlersOf<RepositoryFunctions, RepositoryPlace> = {
  overview: ({ repository }, { query }, now) => overviewOf(repository, query, now),
  explain: ({ repository }, { query, figure }, now) => explainFigure(repository, figure, query, now),
  choices: ({ repository }, { query }, now) => filterChoices(repository, query, now),
  delivery: ({ repository }, { query }, now) => deliveryOf(repository, query, now),
  pullRequests: ({ repository }, { query }, now) => pullRequestsOf(repository, query, now),
  distribution: ({ repository }, { query, metric }, now) =>
    distributionReportOf(repository, query, metric, now),
  explainBranches: ({ repository }, { query, part }, now) => explainBranches(repository, query, part, now),
  definitions: ({ repository }, { query }, now) => definitionsOf(repository, query, now),
  explainDefinition: ({ repository }, { query, ...wanted }, now) =>
    definitionListOf(repository, query, wanted, now),
  recount: ({ repository }, { query }, now) => recountOf(repository, query, now),
  recountProgress: ({ repository }, _payload, now) => recountProgressOf(repository, now),
  reviews: ({ repository }, { query }, now) => reviewsOf(repository, query, now),
  explainReviewer: ({ repository }, { query, personId }, now) =>
    explainReviewer(repository, query, personId, now),
  teams: ({ repository }, _payload, now) => teamsOf(repository, now),
  saveTeams: ({ repository, accountId }, { change }, now) =>
    saveTeams(repository, change, { by: accountId, at: now }),
  openWork: ({ repository }, { query }, now) => openWorkOf(repository, query, now),
  openWorkAt: ({ repository }, { query, day }, now) => openWorkAtOf(repository, query, day, now),
  explainForecast: ({ repository }, { query, pullRequest }, now) =>
    explainForecastOf(repository, query, pullRequest, now),
  calibration: ({ repository }, { query }, now) => calibrationOf(repository, query, now),
  pipelines: ({ repository }, { query }, now) => pipelinesOf(repository, query, now),
  progress: ({ repository }, _payload, now) => progressOf(repository, now),
  importAgain: (place, { scope }, now) => importAgainOf(place, scope, now),
  notes: ({ repository }) => notesOf(repository),
  changeNotes: (place, { change }, now) => changeNotesOf(place, change, now),
  reminders: (place, { timeZone }, now) => remindersOf(place, timeZone, now),
  repositorySettings: (place, _payload, now) => repositorySettingsOf(place, now),
  changeRepositorySettings: (place, { change }, now) => changeRepositorySettingsOf(place, change, now),
  repositoryAudit: (place, _payload, now) => repositoryAuditOf(place, now),
  export: ({ repository }, { asOf, afterId }, now) => exportRepository(repository, asOf ?? now, afterId),
  exportFigures: ({ repository }, { query, asOf }, now) => exportFigures(repository, query, asOf ?? now),
  exportPullRequests: ({ repository }, { query, asOf, afterId }, now) =>
    exportPullRequests(repository, query, asOf ?? now, afterId),
};

const pullRequestHandlers: HandlersOf<PullRequestFunctions, PullRequestPlace> = {
  pullRequest: (place, _payload, now) => pullRequestOf(place, now),
};

const workspaceHandlers: HandlersOf<WorkspaceFunctions, WorkspacePlace> = {
  workspace: (place, payload, now) => workspaceOf(place, payload, now),
};

const administrationHandlers: HandlersOf<AdministrationFunctions, WorkspacePlace> = {
  workspaceSettings: (place, _payload, now) => workspaceSettingsOf(place, now),
  changeWorkspaceSettings: (place, { change }, now) => changeWorkspaceSettingsOf(place, change, now),
  workspaceAudit: (place, _payload, now) => workspaceAuditOf(place, now),
  workspaceTeams: (place, { repositoryUuid }, now) => workspaceTeamsOf(place, repositoryUuid, now),
  saveWorkspaceTeams: (place, wanted, now) => saveWorkspaceTeamsOf(place, wanted, now),
  connection: (place, _payload, now) => connectionOf(place, now),
  checkPermissions: (place, _payload, now) => checkPermissionsOf(place, now),
  selfReport: (place, _payload, now, context) => selfReportOf(place, now, context),
  deadLetters: (place, _payload, now) => deadLettersOf(place, now),
  replayDeadLetters: (place, { ids }, now) => replayDeadLettersOf(place, ids, now),
  eraseAll: (place, { confirmation }, now) => eraseAllOf(place, confirmation, now),
  erasure: (place, _payload, now) => erasureOf(place, now),
  connectAgain: (place, _payload, now) => connectAgainOf(place, now),
};

interface Request {
  readonly payload: unknown;
  readonly context: unknown;
}

type Handle<Place> = (place: Place, payload: never, now: number, context: unknown) => Promise<object | null>;

async function answer<Place extends GuardedPlace>(
  name: ResolverFunction,
  placeOf: (context: unknown) => Place,
  handle: Handle<Place>,
  { payload, context }: Request,
): Promise<Answer<object>> {
  try {
    const now = nowInSeconds();
    const place = placeOf(context);
    const parsed = parsedPayload(name, payload) as never;
    await assertMay(name, context, place, now);
    const data = await handle(place, parsed, now, context);
    if (data !== null) return { ok: true, data };
    return refusal('nothing-yet', 'Nothing is known of this yet. Its import begins within five minutes.');
  } catch (error) {
    return failure(name, error);
  }
}

function parsedPayload(name: ResolverFunction, payload: unknown): unknown {
  const parsed = payloads[name].safeParse(payload);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new RequestRefused(
    'bad-request',
    `The request is wrong at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}.`,
  );
}

/** What the reader is told of an error; one that nobody expected is Forge's to report. */
function failure(name: ResolverFunction, error: unknown): Answer<never> {
  if (error instanceof RequestRefused) return refusal(error.failure, error.message);
  log.error('screen not answered', { function: name, ...describeError(error) });
  if (error instanceof NewerStore) return refusal('newer-store', `Nothing can be shown: ${error.message}.`);
  if (error instanceof StorageError) {
    return refusal('unavailable', 'Forge storage did not answer. Try again in a minute.');
  }
  if (error instanceof BitbucketError) {
    return refusal('unavailable', 'Bitbucket did not answer. Try again in a minute.');
  }
  throw error;
}

function refusal(cause: FailureCause, message: string): { ok: false; cause: FailureCause; message: string } {
  return { ok: false, cause, message };
}

const resolver = new Resolver();

function define<Place extends GuardedPlace>(
  handlers: Readonly<Record<string, Handle<Place>>>,
  placeOf: (context: unknown) => Place,
): void {
  for (const [name, handle] of Object.entries(handlers)) {
    resolver.define(name, (request) => answer(name as ResolverFunction, placeOf, handle, request));
  }
}

define(repositoryHandlers, repositoryPlace);
define(pullRequestHandlers, pullRequestPlace);
define(workspaceHandlers, workspacePlace);
define(administrationHandlers, workspacePlace);

/** The manifest's `resolve` function. */
export const resolve = resolver.getDefinitions();
