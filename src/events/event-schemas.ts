/** Forge's Bitbucket events as they arrive, parsed into slim events: ids, instants, counts and states, no text. */
import { z } from 'zod';
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

const resource = z.object({ uuid: z.string().min(1) }).transform(({ uuid }) => withoutBraces(uuid));

const actor = z
  .object({ accountId: z.string().min(1).optional(), uuid: z.string().min(1).optional() })
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
  before: z.string().nullish(),
  after: z.string().nullish(),
  created: z.boolean(),
  closed: z.boolean(),
  forced: z.boolean(),
  truncated: z.boolean(),
  commits: z.array(
    z.object({
      hash: z.string().min(1),
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
  before: z.string().nullish(),
  after: z.string().nullish(),
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

const pullRequest = z.object({ id: z.number().int().positive(), state: z.string().min(1) });

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
        user: z.object({ accountId: z.string().optional(), uuid: z.string().optional() }),
        /** `approved`, `changes_requested`, or another word that shows neither. */
        status: z.string().nullish(),
        timestamp: milliseconds.nullish(),
      }),
    ),
    truncated: z.boolean().optional(),
  }),
});

const buildStatusEvent = z.object({
  ...base,
  buildStatus: z.object({
    state: z.string(),
    commit: z.object({ hash: z.string().min(1) }),
  }),
});

/** Deployment events name no actor and no project. */
const deploymentEvent = z.object({
  ...base,
  deployment: z.object({
    uuid: z.string().min(1),
    state: z.string(),
    status: z.string().optional(),
    updatedTimestamp: z.string().optional(),
  }),
  environment: z.object({ uuid: z.string().min(1), type: z.string().min(1) }),
  pipeline: z.object({ uuid: z.string().min(1) }).optional(),
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
