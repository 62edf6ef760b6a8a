/** Bitbucket's answers, parsed once: each schema names only the fields that Throughline uses. */
import { z } from 'zod';
import { branchKindOf } from '../facts/branch-kind';
import { wordsOf } from '../facts/branch-words';
import { COMMIT_FORM, ID_FORM, UUID_FORM, WORD_FORM } from '../facts/forms';
import { parseInstant } from '../facts/instant';
import { PULL_REQUEST_STATES } from '../facts/pull-request-facts';
import { deployment, pipeline } from './delivery-answers';

/** An instant in milliseconds; the element that holds an unreadable one is refused. */
const instant = z.string().transform((text, context) => {
  const milliseconds = parseInstant(text);
  if (milliseconds === null) {
    context.addIssue({ code: 'custom', message: 'is not an ISO 8601 instant' });
    return z.NEVER;
  }
  return milliseconds;
});

const id = z.string().regex(ID_FORM, 'is no id');
const hash = z.string().regex(COMMIT_FORM, 'is no commit');
const uuid = z.string().regex(UUID_FORM, 'is no uuid');

/** Pull requests' numbers are stored as integers of 32 bits. */
const pullRequestId = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);

/** Git refuses longer names of branches than most file systems have room for. */
const LONGEST_BRANCH = 1_000;
const branch = z.object({ name: z.string().max(LONGEST_BRANCH) }).nullish();

/** A person or a bot by id; `id` is `null` where the account is gone. */
export interface Account {
  readonly id: string | null;
  readonly isBot: boolean;
}

const GONE: Account = { id: null, isBot: false };

const accountObject = z.object({
  type: z.string().nullish(),
  account_id: id.nullish(),
  uuid: id.nullish(),
});

/** `account_id`, else the uuid without braces: some accounts have no `account_id`. */
const account = accountObject.nullish().transform((raw): Account => {
  if (raw === null || raw === undefined) return GONE;
  return {
    id: raw.account_id ?? raw.uuid?.replace(/[{}]/g, '') ?? null,
    isBot: raw.type !== null && raw.type !== undefined && raw.type !== 'user',
  };
});

const commitReference = z
  .object({ hash })
  .nullish()
  .transform((raw) => raw?.hash ?? null);

const participant = z.object({
  user: account,
  approved: z.boolean().default(false),
  state: z.string().nullish(),
  participated_on: instant.nullish(),
});

const diffstatLink = z
  .object({ diffstat: z.object({ href: z.string() }).nullish() })
  .nullish()
  .transform((raw) => raw?.diffstat?.href ?? null);

const pullRequest = z
  .object({
    id: pullRequestId,
    state: z.enum(PULL_REQUEST_STATES),
    draft: z.boolean().nullish(),
    author: account,
    created_on: instant,
    /** Kept as Bitbucket wrote it, too: the next page of a list is asked for by it, to the microsecond. */
    updated_on: z.string().refine((text) => parseInstant(text) !== null, 'is not an ISO 8601 instant'),
    closed_by: account,
    merge_commit: z
      .object({ hash, date: z.string().nullish() })
      .nullish()
      .transform((raw) => (raw ? { hash: raw.hash, date: raw.date ? parseInstant(raw.date) : null } : null)),
    source: z
      .object({
        branch,
        commit: commitReference,
        repository: z.object({ uuid: id }).nullish(),
      })
      .nullish(),
    destination: z
      .object({
        branch,
        commit: commitReference,
        repository: z.object({ uuid: id }).nullish(),
      })
      .nullish(),
    participants: z.array(participant).nullish(),
    reviewers: z.array(account).nullish(),
    links: diffstatLink,
  })
  .transform((raw) => ({
    id: raw.id,
    state: raw.state,
    draft: raw.draft ?? false,
    author: raw.author,
    createdAt: raw.created_on,
    updatedOn: raw.updated_on,
    closedBy: raw.closed_by,
    mergeCommit: raw.merge_commit,
    // The name itself goes no further.
    branchKind: branchKindOf(raw.source?.branch?.name ?? null),
    branchWords: wordsOf(raw.source?.branch?.name ?? null),
    sourceCommit: raw.source?.commit ?? null,
    targetCommit: raw.destination?.commit ?? null,
    targetBranch: raw.destination?.branch?.name ?? null,
    fromFork: !raw.source?.repository || raw.source.repository.uuid !== raw.destination?.repository?.uuid,
    participants: (raw.participants ?? []).map((each) => ({
      account: each.user,
      approved: each.approved,
      changesRequested: each.state === 'changes_requested',
      at: each.participated_on ?? null,
    })),
    reviewers: raw.reviewers ?? [],
    /** `null` where it was not asked for. */
    diffstatLink: raw.links,
  }));

/** One pull request, with participants and reviewers where they were asked for; instants in milliseconds. */
export type PullRequestAnswer = z.output<typeof pullRequest>;

const updateEntry = z
  .object({
    update: z.object({
      date: instant,
      state: z.string().regex(WORD_FORM, 'is no state'),
      author: account,
      source: z.object({ commit: commitReference }).nullish(),
    }),
  })
  .transform(({ update }) => ({
    kind: 'update' as const,
    at: update.date,
    actor: update.author,
    state: update.state,
    sourceCommit: update.source?.commit ?? null,
  }));

const commentEntry = z
  .object({
    comment: z.object({
      created_on: instant,
      user: account,
      deleted: z.boolean().nullish(),
      inline: z.unknown().optional(),
    }),
  })
  .transform(({ comment }) => ({
    kind: 'comment' as const,
    at: comment.created_on,
    actor: comment.user,
    deleted: comment.deleted ?? false,
    inline: comment.inline !== null && comment.inline !== undefined,
  }));

const approvalEntry = z
  .object({ approval: z.object({ date: instant, user: account }) })
  .transform(({ approval }) => ({ kind: 'approval' as const, at: approval.date, actor: approval.user }));

const changesRequestedEntry = z
  .object({ changes_requested: z.object({ date: instant, user: account }) })
  .transform(({ changes_requested: request }) => ({
    kind: 'changes_requested' as const,
    at: request.date,
    actor: request.user,
  }));

const activityEntry = z.union([updateEntry, commentEntry, approvalEntry, changesRequestedEntry]);

/** One entry of a pull request's activity, by kind; `at` in milliseconds. */
export type ActivityEntry = z.output<typeof activityEntry>;

const logEntry = z
  .object({ pull_request: z.object({ id: pullRequestId }) })
  .loose()
  .transform((raw, context) => {
    const entry = activityEntry.safeParse(raw);
    if (entry.success) return { pullRequest: raw.pull_request.id, entry: entry.data };
    context.addIssue({ code: 'custom', message: 'is an entry of no known kind' });
    return z.NEVER;
  });

/** One entry of a repository's activity log: what happened, and on which pull request. */
export type LogEntry = z.output<typeof logEntry>;

const commit = z
  .object({
    hash,
    date: z.string().nullish(),
    parents: z.array(z.object({ hash })).nullish(),
  })
  .transform((raw) => ({
    hash: raw.hash,
    /** Milliseconds; `null` where the date cannot be read. */
    at: raw.date ? parseInstant(raw.date) : null,
    parents: (raw.parents ?? []).map((parent) => parent.hash),
  }));

/** One commit with its parents. */
export type CommitAnswer = z.output<typeof commit>;

const diffstatLinkOf = z
  .object({ id: pullRequestId, links: diffstatLink })
  .transform(({ id, links }) => ({ id, link: links }));

export type DiffstatLink = z.output<typeof diffstatLinkOf>;

const diffstatFile = z
  .object({ lines_added: z.number().int().nullish(), lines_removed: z.number().int().nullish() })
  .transform((raw) => ({ linesAdded: raw.lines_added ?? 0, linesRemoved: raw.lines_removed ?? 0 }));

/** One changed file. */
export type DiffstatFile = z.output<typeof diffstatFile>;

const repository = z
  .object({
    uuid,
    slug: z.string().nullish(),
    full_name: z.string().nullish(),
    mainbranch: branch,
    updated_on: z.string().nullish(),
  })
  .transform((raw) => ({
    uuid: raw.uuid,
    /** Milliseconds; `null` where it is not told. Later pull requests do not always move it. */
    updatedAt: raw.updated_on ? parseInstant(raw.updated_on) : null,
    slug: raw.slug ?? raw.full_name?.split('/').at(-1) ?? null,
    defaultBranch: raw.mainbranch?.name ?? null,
  }));

/** A repository's identity and main branch. */
export type RepositoryAnswer = z.output<typeof repository>;

const repositoryUuid = z.object({ uuid }).transform((raw) => raw.uuid);

/**
 * One page of a list. An element that does not fit is left out and counted, so that one bad element does not cost the
 * page; `next` is Bitbucket's own link, which only `readPage` follows: it takes our own `fields` out and puts them back.
 */
export interface Page<T> {
  readonly values: readonly T[];
  readonly next: string | null;
  /** Bitbucket's count of all elements, where the endpoint tells it. */
  readonly size: number | null;
  readonly refused: number;
}

function pageOf<Schema extends z.ZodType>(element: Schema): z.ZodType<Page<z.output<Schema>>> {
  return z
    .object({
      values: z.array(z.unknown()),
      next: z.url('is no link').nullish(),
      size: z.number().int().nullish(),
    })
    .transform((raw) => {
      const parsed = raw.values.map((value) => element.safeParse(value));
      const values = parsed.flatMap((result) => (result.success ? [result.data] : []));
      return {
        values,
        next: raw.next ?? null,
        size: raw.size ?? null,
        refused: raw.values.length - values.length,
      };
    });
}

export const answers = {
  repository,
  repositoryPage: pageOf(repository),
  namedRepositories: z.object({ values: z.array(z.object({ full_name: z.string() })) }),
  repositoryUuidPage: pageOf(repositoryUuid),
  pullRequest,
  pullRequestPage: pageOf(pullRequest),
  activityPage: pageOf(activityEntry),
  activityLogPage: pageOf(logEntry),
  commitPage: pageOf(commit),
  diffstatLinkPage: pageOf(diffstatLinkOf),
  diffstatPage: pageOf(diffstatFile),
  pipelinePage: pageOf(pipeline),
  deployment,
  deploymentPage: pageOf(deployment),
};
