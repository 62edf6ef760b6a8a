/** Forge's Bitbucket events as they arrive, parsed into slim events: ids, instants, counts and states, no text. */
import { z } from 'zod';
import { COMMIT_FORM, ID_FORM, UUID_FORM, WORD_FORM } from '../facts/forms';
import { parseInstant, toEpochSeconds } from '../facts/instant';
import { withoutBraces } from '../storage/keys';

/** Epoch seconds; the 2023 payloads carry no timestamp at all. */
const eventTimestamp = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined) return null;
    const milliseconds = parseInstant(text);
    if (milliseconds !== null) return toEpochSeconds(milliseconds);
    context.addIssue({ code: 'custom', message: 'is not an ISO 8601 instant' });
    return z.NEVER;
  });

const milliseconds = z.string().transform((text, context) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  context.addIssue({ code: 'custom', message: 'is not an ISO 8601 instant' });
  return z.NEVER;
});

const id = z.string().regex(ID_FORM, 'is no id');
const commit = z.string().regex(COMMIT_FORM, 'is no commit');
const word = z.string().regex(WORD_FORM, 'is no word');

const resource = z
  .object({ uuid: z.string().regex(UUID_FORM, 'is no uuid') })
  .transform(({ uuid }) => withoutBraces(uuid));

const actor = z
  .object({ accountId: id.optional(), uuid: id.optional() })
  .optional()
  .transform((raw) => raw?.accountId ?? (raw?.uuid === undefined ? null : withoutBraces(raw.uuid)));

const base = {
  timestamp: eventTimestamp,
  actor,
  repository: resource,
  workspace: resource,
};

const repositoryEvent = z.object(base);

const commitPush = z.object({
  ref: z.string(),
  /** Absent in the 2023 payloads. */
  mainbranch: z.boolean().optional(),
  before: commit.nullish(),
  after: commit.nullish(),
  created: z.boolean(),
  closed: z.boolean(),
  forced: z.boolean(),
  truncated: z.boolean(),
  commits: z.array(
    z.object({
      hash: commit,
      date: z
        .string()
        .optional()
        .transform((text) => (text === undefined ? null : parseInstant(text))),
    }),
  ),
});

/** A tag's push lists no commits; that is the only sign of one. */
const tagPush = z.object({
  ref: z.string().optional(),
  before: commit.nullish(),
  after: commit.nullish(),
  created: z.boolean().optional(),
  closed: z.boolean().optional(),
  forced: z.boolean().optional(),
  commits: z.undefined().optional(),
});

const pushEvent = z.object({
  ...base,
  push: z.union([
    commitPush.transform((push) => ({ ...push, kind: 'commits' as const })),
    tagPush.transform((push) => ({ ...push, kind: 'tag' as const })),
  ]),
});

const pullRequest = z.object({ id: z.number().int().positive(), state: word });

const pullRequestEvent = z.object({ ...base, pullrequest: pullRequest });

const commentEvent = z.object({
  ...base,
  pullrequest: pullRequest,
  comment: z.object({ id: z.number().int() }),
});

const reviewerStatusEvent = z.object({
  ...base,
  pullrequest: pullRequest,
  reviewers: z.object({
    value: z.array(
      z.object({
        user: z.object({ accountId: id.optional(), uuid: id.optional() }),
        /** `approved`, `changes_requested`, or another word that shows neither. */
        status: word.nullish(),
        timestamp: milliseconds.nullish(),
      }),
    ),
    truncated: z.boolean().optional(),
  }),
});

const buildStatusEvent = z.object({
  ...base,
  buildStatus: z.object({
    state: word,
    commit: z.object({ hash: commit }),
  }),
});

/** Deployment events name no actor and no project. */
const deploymentEvent = z.object({
  ...base,
  deployment: z.object({
    uuid: id,
    state: word,
    status: word.optional(),
    updatedTimestamp: z.string().optional(),
  }),
  environment: z.object({ uuid: id, type: word }),
  pipeline: z.object({ uuid: id }).optional(),
});

export const eventSchemas = {
  repositoryEvent,
  pushEvent,
  pullRequestEvent,
  commentEvent,
  reviewerStatusEvent,
  buildStatusEvent,
  deploymentEvent,
};

export type RepositoryEvent = z.output<typeof repositoryEvent>;
export type PushEvent = z.output<typeof pushEvent>;
export type PullRequestEvent = z.output<typeof pullRequestEvent>;
export type CommentEvent = z.output<typeof commentEvent>;
export type ReviewerStatusEvent = z.output<typeof reviewerStatusEvent>;
export type BuildStatusEvent = z.output<typeof buildStatusEvent>;
export type DeploymentEvent = z.output<typeof deploymentEvent>;
