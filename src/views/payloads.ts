/** What each resolver function takes: a payload comes from a browser, so nothing in it is believed before it is parsed. */
import { z } from 'zod';
import { MOST_WORDS, patternWords, SHORTEST_TAG_WORD, SHORTEST_WORD } from '../facts/branch-words';
import { ID_FORM, UUID_FORM } from '../facts/forms';
import { BRANCH_KINDS } from '../facts/pull-request-facts';
import { DEFINED_METRICS } from '../metrics/definitions/definition';
import { TOOLS } from '../metrics/definitions/other-definitions';
import { FIGURE_IDS } from '../metrics/explained/figure-explanation';
import { LONGEST_PATTERN, SHORTEST_PATTERN } from '../metrics/figure-settings';
import { DURATION_METRICS } from '../metrics/figures';
import { SECONDS_A_DAY } from '../metrics/windows';
import { withoutBraces } from '../storage/keys';
import { IMPORT_SCOPES, type ResolverFunction } from './contract';
import { FIRST_NOTE_DAY, LAST_NOTE_DAY, LONGEST_NOTE } from './reports/notes-report';
import {
  DEPLOYMENT_SOURCE_CHOICES,
  ENVIRONMENT_TYPE_CHOICES,
  MOST_BRANCH_RULES,
  MOST_FAILURE_WINDOW_HOURS,
  MOST_STALE_DAYS,
  RETENTION_CHOICES,
} from './reports/settings-report';
import { LONGEST_TEAM_NAME } from './reports/teams-report';
import { MOST_CUSTOM_DAYS, WINDOW_DAYS } from './view-query';
import { startOfDay } from './windows-of-query';

const MINUTES_A_DAY = 1_440;

/** A workspace of 20,000 repositories: four times as many as are expected. */
const MOST_WORKSPACE_PAGES = 100;

/** A filter names what a screen offered; longer lists than this no screen makes. */
const MOST_NAMES = 100;
const LONGEST_NAME = 300;

const epochSeconds = z.number().int().positive();
const name = z.string().min(1).max(LONGEST_NAME);
const names = z.array(name).min(1).max(MOST_NAMES);

/** Bitbucket's, with or without braces. */
const uuid = z.string().regex(UUID_FORM, 'it is no uuid');

/** The form of Atlassian's account ids and Bitbucket's uuids: no name, no e-mail address. */
const accountId = z.string().regex(ID_FORM, 'it is no account id');
const inclusion = z.enum(['with', 'without', 'only']);

const day = z.iso.date();

const customWindow = z
  .object({ firstDay: day, lastDay: day })
  .refine(({ firstDay, lastDay }) => firstDay <= lastDay, 'a window must not end before it begins')
  .refine(
    ({ firstDay, lastDay }) => startOfDay(lastDay) - startOfDay(firstDay) < MOST_CUSTOM_DAYS * SECONDS_A_DAY,
    `a window has at most ${MOST_CUSTOM_DAYS} days`,
  );

const timeZone = z.string().max(100).refine(isTimeZone, 'no time zone of this name is known');

const minute = z.number().int().min(0).max(MINUTES_A_DAY);

const clock = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weekdays'), timeZone }),
  z
    .object({ kind: z.literal('working-hours'), timeZone, startMinute: minute, endMinute: minute })
    .refine(
      ({ startMinute, endMinute }) => startMinute < endMinute,
      'working hours must begin before they end',
    ),
]);

const query = z.object({
  window: z.union([z.literal(WINDOW_DAYS), customWindow]),
  targetBranches: names.exactOptional(),
  authorIds: names.exactOptional(),
  reviewerIds: names.exactOptional(),
  teamId: name.exactOptional(),
  branchKinds: z.array(z.enum(BRANCH_KINDS)).min(1).exactOptional(),
  drafts: inclusion.exactOptional(),
  bots: inclusion.exactOptional(),
  clock: clock.exactOptional(),
});

/** What an admin writes: one line, without characters that nobody sees or that turn the text around them. */
function line(longest: number): z.ZodType<string> {
  return z
    .string()
    .trim()
    .min(1, 'it is empty')
    .max(longest, `it is longer than ${longest} characters`)
    .refine((text) => !UNSEEN.test(text), 'it holds a control character: write it on one line');
}

const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

const teamName = line(LONGEST_TEAM_NAME);

const teamChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    name: teamName,
    personIds: z.array(name).max(MOST_NAMES),
    since: z.enum(['now', 'always']),
  }),
  z.object({ kind: z.literal('rename'), teamId: name, name: teamName }),
  z.object({ kind: z.literal('remove'), teamId: name }),
  z.object({ kind: z.literal('add-members'), teamId: name, personIds: names }),
  z.object({ kind: z.literal('remove-member'), teamId: name, personId: name }),
  z.object({ kind: z.literal('show-reviewers'), showReviewers: z.boolean() }),
]);

const branchPart = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('target-branch'), name: name.nullable() }),
  z.object({ kind: z.literal('branch-kind'), name: z.enum(BRANCH_KINDS) }),
  z.object({ kind: z.literal('lifetime') }),
]);

const noteChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('add'),
    day: day.refine(
      (text) => FIRST_NOTE_DAY <= text && text <= LAST_NOTE_DAY,
      `a note's day is between ${FIRST_NOTE_DAY} and ${LAST_NOTE_DAY}`,
    ),
    text: line(LONGEST_NOTE),
  }),
  z.object({ kind: z.literal('remove'), noteId: name }),
]);

/** Words of a branch's or tag's name: what holds none, or more than are kept of a name, would never fit. */
function pattern(shortest: number): z.ZodType<string> {
  return line(LONGEST_PATTERN).refine((text) => {
    const words = patternWords(text, { shortest }).length;
    return text.trim().length >= SHORTEST_PATTERN && words >= 1 && words <= MOST_WORDS;
  }, `a pattern has ${SHORTEST_PATTERN} to ${LONGEST_PATTERN} characters, and one to ${MOST_WORDS} words of letters among them`);
}

/** Only what is to change; `null` gives a value back to what is inherited. */
const figureRules = z.object({
  deploymentSource: z.enum(DEPLOYMENT_SOURCE_CHOICES).nullable().exactOptional(),
  tagPattern: pattern(SHORTEST_TAG_WORD).nullable().exactOptional(),
  productionEnvironmentTypes: z.array(z.enum(ENVIRONMENT_TYPE_CHOICES)).nullable().exactOptional(),
  productionEnvironmentIds: z.array(uuid.transform(withoutBraces)).max(MOST_NAMES).nullable().exactOptional(),
  directPushIsRepair: z.boolean().nullable().exactOptional(),
  failureWindowHours: z.number().int().min(1).max(MOST_FAILURE_WINDOW_HOURS).nullable().exactOptional(),
  failureScope: z.enum(['window', 'last']).nullable().exactOptional(),
  bandYear: z
    .union([z.literal(2021), z.literal(2024)])
    .nullable()
    .exactOptional(),
  staleDays: z.number().int().min(1).max(MOST_STALE_DAYS).nullable().exactOptional(),
  branchRules: z
    .array(z.object({ pattern: pattern(SHORTEST_WORD), kind: z.enum(BRANCH_KINDS) }))
    .max(MOST_BRANCH_RULES)
    .nullable()
    .exactOptional(),
});

const figuresChange = z.object({ kind: z.literal('figures'), values: figureRules });

const repositorySettingsChange = z.discriminatedUnion('kind', [
  figuresChange,
  z.object({ kind: z.literal('takes-part'), takesPart: z.boolean() }),
]);

const workspaceSettingsChange = z.discriminatedUnion('kind', [
  figuresChange,
  z.object({ kind: z.literal('show-reviewers'), showReviewers: z.boolean() }),
  z.object({ kind: z.literal('bot'), personId: accountId, isBot: z.boolean() }),
  z.object({ kind: z.literal('retention'), days: z.literal(RETENTION_CHOICES).nullable() }),
  z.object({ kind: z.literal('takes-part'), repositoryUuid: uuid, takesPart: z.boolean() }),
]);

const asOf = epochSeconds.optional();
const afterId = z.number().int().nonnegative();

const ofQuery = z.object({ query });
const nothing = z.object({});

/** Complete by the compiler. */
export const payloads = {
  overview: ofQuery,
  explain: z.object({ query, figure: z.enum(FIGURE_IDS) }),
  choices: ofQuery,
  delivery: ofQuery,
  pullRequests: ofQuery,
  distribution: z.object({ query, metric: z.enum(DURATION_METRICS) }),
  explainBranches: z.object({ query, part: branchPart }),
  definitions: ofQuery,
  recount: ofQuery,
  recountProgress: nothing,
  explainDefinition: z.object({ query, tool: z.enum(TOOLS), metric: z.enum(DEFINED_METRICS) }),
  reviews: ofQuery,
  explainReviewer: z.object({ query, personId: name }),
  teams: nothing,
  saveTeams: z.object({ change: teamChange }),
  openWork: ofQuery,
  openWorkAt: z.object({ query, day: epochSeconds }),
  explainForecast: z.object({ query, pullRequest: z.number().int().positive() }),
  calibration: ofQuery,
  pipelines: ofQuery,
  progress: nothing,
  importAgain: z.object({ scope: z.enum(IMPORT_SCOPES) }),
  pullRequest: nothing,
  workspace: z.object({ page: z.number().int().min(1).max(MOST_WORKSPACE_PAGES) }),
  notes: nothing,
  changeNotes: z.object({ change: noteChange }),
  reminders: z.object({ timeZone: timeZone.exactOptional() }),
  repositorySettings: nothing,
  changeRepositorySettings: z.object({ change: repositorySettingsChange }),
  repositoryAudit: nothing,
  workspaceSettings: nothing,
  changeWorkspaceSettings: z.object({ change: workspaceSettingsChange }),
  workspaceAudit: nothing,
  workspaceTeams: z.object({ repositoryUuid: uuid }),
  saveWorkspaceTeams: z.object({ repositoryUuid: uuid, change: teamChange }),
  connection: nothing,
  checkPermissions: nothing,
  selfReport: nothing,
  deadLetters: nothing,
  replayDeadLetters: z.object({ ids: z.union([names, z.literal('all')]) }),
  eraseAll: z.object({ confirmation: name }),
  erasure: nothing,
  connectAgain: nothing,
  export: z.object({ asOf, afterId }),
  exportFigures: z.object({ query, asOf }),
  exportPullRequests: z.object({ query, asOf, afterId }),
} satisfies Record<ResolverFunction, z.ZodType>;

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
