/** Made-up reports for the two settings pages: sound ones, of a workspace with something of everything. */
import {
  SCOPES,
  type ConnectionReport,
  type DeadLettersReport,
  type ErasureReport,
} from '../src/views/reports/connection-report';
import type {
  AuditReport,
  FigureRulesReport,
  FigureRulesState,
  RepositorySettingsReport,
  WorkspaceSettingsReport,
} from '../src/views/reports/settings-report';
import type { TeamsReport } from '../src/views/reports/teams-report';
import { DAY, TO } from '../static/view-model/testing';

export const NOW = TO;
export const HOUR = 3_600;

const DEFAULTS: FigureRulesReport = {
  deploymentSource: 'automatic',
  tagPattern: null,
  productionEnvironmentTypes: ['PRODUCTION'],
  productionEnvironmentIds: [],
  directPushIsRepair: true,
  failureWindowHours: 24,
  failureScope: 'window',
  bandYear: 2024,
  staleDays: 7,
  branchRules: [],
};

export const ALL_DEFAULT: FigureRulesState = {
  values: DEFAULTS,
  inherited: DEFAULTS,
  origins: {
    deploymentSource: 'default',
    tagPattern: 'default',
    productionEnvironmentTypes: 'default',
    productionEnvironmentIds: 'default',
    directPushIsRepair: 'default',
    failureWindowHours: 'default',
    failureScope: 'default',
    bandYear: 'default',
    staleDays: 'default',
    branchRules: 'default',
  },
};

const OF_WORKSPACE: FigureRulesState = {
  ...ALL_DEFAULT,
  values: {
    ...DEFAULTS,
    staleDays: 10,
    branchRules: [
      { pattern: 'prod fix', kind: 'hotfix' },
      { pattern: 'dependabot', kind: 'chore' },
    ],
  },
  origins: { ...ALL_DEFAULT.origins, staleDays: 'workspace', branchRules: 'workspace' },
};

const PEOPLE = ['ann', 'ben', 'cleo', 'build-bot'].map((personId, index) => ({
  personId,
  pullRequest: index + 1,
}));

export const WORKSPACE: WorkspaceSettingsReport = {
  asOf: NOW,
  figures: OF_WORKSPACE,
  showReviewers: true,
  botIds: ['build-bot', '7f5c2f0e-5d0c-4e0b'],
  retentionDays: null,
  leftOut: ['{r2}'],
};

export const REPOSITORY: RepositorySettingsReport = {
  asOf: NOW,
  figures: {
    values: { ...OF_WORKSPACE.values, deploymentSource: 'tag', tagPattern: 'release', staleDays: 3 },
    inherited: OF_WORKSPACE.values,
    origins: {
      ...OF_WORKSPACE.origins,
      deploymentSource: 'repository',
      tagPattern: 'repository',
      staleDays: 'repository',
    },
  },
  environmentIds: ['e1', 'e-gone'],
  takesPart: true,
};

export const CONNECTED: ConnectionReport = {
  asOf: NOW,
  countedAt: NOW,
  state: 'connected',
  reasons: [],
  repositories: 40,
  recentComplete: 40,
  complete: 40,
  remainingSeconds: null,
  requestsThisHour: 34,
  requestsPerHour: 1_000,
  lastEventAt: NOW - 240,
  lastReconciledAt: NOW - 3 * HOUR,
  refusedEvents: 0,
  deadLetters: 0,
  rewritten: null,
  scopes: SCOPES.map((scope) => ({ scope, granted: 'granted', checkedAt: NOW - HOUR })),
};

export const DEGRADED: ConnectionReport = {
  ...CONNECTED,
  state: 'degraded',
  reasons: [
    { kind: 'missing-scope', scope: 'read:pipeline:bitbucket' },
    {
      kind: 'trouble',
      trouble: { cause: 'missing-permission', scope: 'read:pipeline:bitbucket' },
      repositories: 3,
    },
    { kind: 'trouble', trouble: { cause: 'unreadable', scope: null }, repositories: 1 },
    { kind: 'rate-limited', until: NOW + 600 },
    { kind: 'licence-inactive', since: NOW - DAY },
    { kind: 'dead-letters', count: 3 },
  ],
  refusedEvents: 2,
  deadLetters: 3,
  scopes: SCOPES.map((scope) => ({
    scope,
    granted:
      scope === 'read:pipeline:bitbucket'
        ? 'missing'
        : scope === 'report:personal-data'
          ? 'unknown'
          : 'granted',
    checkedAt: scope === 'report:personal-data' ? null : NOW - HOUR,
  })),
};

export const LETTERS: DeadLettersReport = {
  asOf: NOW,
  letters: [
    {
      id: 'a',
      at: NOW - HOUR,
      kind: 'refresh-pull-request',
      repositoryUuid: '{r}',
      pullRequest: 17,
      cause: 'BitbucketForbidden',
      reason: 'Bitbucket answered 403 to /2.0/repositories/{w}/{r}/pullrequests/17/activity',
      attempts: 5,
    },
    {
      id: 'b',
      at: NOW - 2 * DAY,
      kind: 'discover',
      repositoryUuid: null,
      pullRequest: null,
      cause: 'StorageConflict',
      reason: 'Another writer was faster each time.',
      attempts: 15,
    },
    {
      id: 'c',
      at: NOW - 9 * DAY,
      kind: null,
      repositoryUuid: '{9e8d7c6b-0000}',
      pullRequest: null,
      cause: 'MessageUnreadable',
      reason: 'version: Invalid input',
      attempts: 1,
    },
  ],
  total: 3,
};

export const AUDIT: AuditReport = {
  asOf: NOW,
  isCut: false,
  entries: [
    { at: NOW - 60, by: 'ann', what: 'staleDays', before: null, after: 10 },
    { at: NOW - 70, by: 'ann', what: 'branchRules', before: null, after: OF_WORKSPACE.values.branchRules },
    { at: NOW - HOUR, by: 'ben', what: 'showReviewers', before: true, after: false },
    {
      at: NOW - 2 * HOUR,
      by: null,
      what: 'bot',
      before: { personId: 'build-bot', isBot: false },
      after: { personId: 'build-bot', isBot: true },
    },
    { at: NOW - DAY, by: '557058:0123456789', what: 'retentionDays', before: null, after: 365 },
    {
      at: NOW - DAY,
      by: 'ann',
      what: 'teams',
      before: null,
      after: { kind: 'create', teamId: 't', people: 2 },
    },
    { at: NOW - 2 * DAY, by: 'ann', what: 'importAgain', before: null, after: { scope: 'workspace' } },
    { at: NOW - 3 * DAY, by: 'ann', what: 'replay', before: null, after: 3 },
  ],
};

export const TEAMS: TeamsReport = {
  asOf: NOW,
  mayChange: true,
  showReviewers: true,
  teams: [
    {
      teamId: 't',
      name: 'Payments',
      members: [
        { personId: 'ann', from: null, to: null },
        { personId: 'ben', from: NOW - DAY, to: null },
      ],
      membersElsewhere: 0,
      people: 2,
      isShown: true,
    },
  ],
  people: PEOPLE,
};

export const NOT_ERASED: ErasureReport = {
  asOf: NOW,
  state: 'none',
  startedAt: null,
  endedAt: null,
  removed: 0,
  repositoriesLeft: null,
  repositories: null,
  found: null,
};
