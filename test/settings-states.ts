/** Answers for every state that the two settings pages can be in, behind a host that only answers these pages. */
import type { ForgeHost, FrontEndPlace, ProductRequest, ResolverRequest } from '../local/forge/host-api';
import { readManifest } from '../local/forge/manifest';
import type { Answer, FailureCause, ResolverFunction } from '../src/views/contract';
import type { ConnectionReport, ErasureReport } from '../src/views/reports/connection-report';
import type {
  AuditReport,
  RepositorySettingsReport,
  WorkspaceSettingsReport,
} from '../src/views/reports/settings-report';
import type { TeamsReport } from '../src/views/reports/teams-report';
import { aReport } from '../static/view-model/testing';
import { appDirectory } from './forge-host';
import {
  ALL_DEFAULT,
  AUDIT,
  CONNECTED,
  DEGRADED,
  HOUR,
  LETTERS,
  NOT_ERASED,
  NOW,
  REPOSITORY,
  TEAMS,
  WORKSPACE,
} from './settings-reports';

interface State {
  readonly connection?: ConnectionReport;
  readonly erasure?: ErasureReport;
  readonly workspace?: WorkspaceSettingsReport;
  readonly repository?: RepositorySettingsReport;
  readonly audit?: AuditReport;
  readonly teams?: TeamsReport;
  /** What all functions of the pages but those of the erasure answer. */
  readonly failure?: FailureCause;
  /** What changes answer. */
  readonly refusal?: FailureCause;
  /** Whether Bitbucket refuses the viewer's own lists. */
  readonly isBlind?: boolean;
}

export const SETTINGS_STATES = {
  connected: {},
  importing: {
    connection: {
      ...CONNECTED,
      state: 'importing',
      complete: 12,
      recentComplete: 31,
      remainingSeconds: 9 * HOUR,
      requestsThisHour: 640,
      lastReconciledAt: null,
    },
  },
  degraded: { connection: DEGRADED },
  empty: {
    connection: { ...CONNECTED, state: 'importing', repositories: 0, recentComplete: 0, complete: 0 },
    workspace: { ...WORKSPACE, figures: ALL_DEFAULT, botIds: [], leftOut: [] },
    repository: { ...REPOSITORY, figures: ALL_DEFAULT, environmentIds: [] },
    audit: { asOf: NOW, entries: [], isCut: false },
    teams: { ...TEAMS, teams: [], people: [] },
  },
  'left-out': { repository: { ...REPOSITORY, takesPart: false, environmentIds: [] } },
  blind: { isBlind: true },
  refused: { refusal: 'not-allowed' },
  'not-allowed': { failure: 'not-allowed' },
  failing: { failure: 'unavailable' },
  erasing: {
    failure: 'disconnected',
    erasure: {
      ...NOT_ERASED,
      state: 'erasing',
      startedAt: NOW - 60,
      removed: 4_325,
      repositories: 40,
      repositoriesLeft: 28,
    },
  },
  erased: {
    failure: 'disconnected',
    erasure: {
      ...NOT_ERASED,
      state: 'erased',
      startedAt: NOW - 600,
      endedAt: NOW - 60,
      removed: 12_345,
      found: 0,
    },
  },
} satisfies Record<string, State>;

export type SettingsState = keyof typeof SETTINGS_STATES;

/** The whole of what a page asks; a change gives back what is there, as if it had been so already. */
function answerTo(state: State, name: string): unknown {
  const workspace = state.workspace ?? WORKSPACE;
  const repository = state.repository ?? REPOSITORY;
  const connection = state.connection ?? CONNECTED;
  const letters = connection.deadLetters > 0 ? LETTERS : { ...LETTERS, letters: [], total: 0 };
  const answers: Partial<Readonly<Record<ResolverFunction, unknown>>> = {
    workspaceSettings: workspace,
    changeWorkspaceSettings: { outcome: 'saved', report: workspace },
    repositorySettings: repository,
    changeRepositorySettings: { outcome: 'saved', report: repository },
    workspaceAudit: state.audit ?? AUDIT,
    repositoryAudit: state.audit ?? AUDIT,
    workspaceTeams: state.teams ?? TEAMS,
    saveWorkspaceTeams: { outcome: 'saved', report: state.teams ?? TEAMS },
    connection,
    checkPermissions: connection,
    // Only its day is looked at here.
    selfReport: { asOf: connection.asOf },
    deadLetters: letters,
    replayDeadLetters: { replayed: letters.total, report: { ...letters, letters: [], total: 0 } },
    erasure: state.erasure ?? NOT_ERASED,
    eraseAll: NOT_ERASED,
    connectAgain: NOT_ERASED,
    progress: aReport(),
  };
  if (name in answers) return answers[name as ResolverFunction];
  throw new Error(`No settings page asks for "${name}".`);
}

const CHANGES: ReadonlySet<string> = new Set([
  'changeWorkspaceSettings',
  'changeRepositorySettings',
  'replayDeadLetters',
  'checkPermissions',
  'eraseAll',
]);
const ALWAYS: ReadonlySet<string> = new Set(['erasure', 'connectAgain']);

function resolve(state: State, name: string): Answer<unknown> {
  const refused = CHANGES.has(name) ? (state.refusal ?? state.failure) : state.failure;
  const cause = ALWAYS.has(name) && state.failure !== 'unavailable' ? undefined : refused;
  return cause === undefined
    ? { ok: true, data: answerTo(state, name) }
    : { ok: false, cause, message: 'For the log.' };
}

const NAMES = new Map([
  ['ann', 'Ann Archer'],
  ['ben', 'Ben Brook'],
  ['cleo', 'Cleo Clark'],
  ['build-bot', 'Build bot'],
]);

/** What Bitbucket shows the viewer: two repositories, their environments, and the people of a pull request. */
function bitbucketAnswer(path: string): unknown {
  if (path.includes('/pullrequests')) {
    const users = [...NAMES].map(([account_id, display_name]) => ({ account_id, display_name }));
    return { values: [{ reviewers: users }] };
  }
  if (path.includes('/environments'))
    return {
      values: [
        { uuid: '{e1}', name: 'Customers', environment_type: { name: 'Staging' } },
        { uuid: '{e2}', name: 'Try-out', environment_type: { name: 'Test' } },
      ],
    };
  return {
    size: 60,
    next: 'more',
    values: [
      { uuid: '{r}', name: 'shop', full_name: 'states/shop' },
      { uuid: '{r2}', name: 'a-repository-with-a-very-long-name-that-does-not-wrap', full_name: 'states/a' },
    ],
  };
}

export interface SettingsHost {
  readonly host: ForgeHost;
  /** With which payloads a function was asked since what was asked was last forgotten. */
  readonly asked: (name: ResolverFunction) => readonly unknown[];
  readonly forget: () => void;
}

/** Only what the web side asks of a host; anything else throws, so that a test that needs more is noticed. */
export function settingsHost(current: () => SettingsState): SettingsHost {
  let requests: readonly ResolverRequest[] = [];
  const manifest = readManifest(appDirectory);
  const known = {
    manifest,
    workspace: { uuid: '{w}', slug: 'states' },
    frontEndContext: ({ moduleKey, extension, locale }: FrontEndPlace) => ({
      workspaceId: '{w}',
      moduleKey,
      locale: locale ?? 'en-US',
      timezone: 'UTC',
      extension: { type: manifest.userInterfaces.find(({ key }) => key === moduleKey)?.type, ...extension },
    }),
    resolve: (request: ResolverRequest): Promise<Answer<unknown>> => {
      requests = [...requests, request];
      return Promise.resolve(resolve(SETTINGS_STATES[current()], request.functionKey));
    },
    requestBitbucketAs: (_who: 'user', { path }: ProductRequest) => {
      const state: State = SETTINGS_STATES[current()];
      return Promise.resolve(
        state.isBlind === true
          ? { status: 403, headers: {}, body: '{}' }
          : {
              status: 200,
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(bitbucketAnswer(path)),
            },
      );
    },
  };
  const host = new Proxy(known, {
    get: (target, name) => {
      if (name in target) return target[name as keyof typeof target];
      throw new Error(`This test's host has no ${String(name)}.`);
    },
  }) as unknown as ForgeHost;
  return {
    host,
    asked: (name) => requests.filter(({ functionKey }) => functionKey === name).map(({ payload }) => payload),
    forget: () => {
      requests = [];
    },
  };
}
