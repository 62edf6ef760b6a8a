/** What an import keeps of the pages it has read: ids, instants and states of the answers, no text. */
import { z } from 'zod';
import { BRANCH_KINDS, PULL_REQUEST_STATES } from '../../facts/pull-request-facts';

const account = z.object({ id: z.string().nullable(), isBot: z.boolean() });

const row = z.object({
  id: z.number(),
  state: z.enum(PULL_REQUEST_STATES),
  draft: z.boolean(),
  author: account,
  createdAt: z.number(),
  updatedOn: z.string(),
  closedBy: account,
  mergeCommit: z.object({ hash: z.string(), date: z.number().nullable() }).nullable(),
  branchKind: z.enum(BRANCH_KINDS),
  /** Absent in pages that a version without it kept. */
  branchWords: z.array(z.number()).readonly().default([]),
  sourceCommit: z.string().nullable(),
  targetCommit: z.string().nullable(),
  targetBranch: z.string().nullable(),
  fromFork: z.boolean(),
  participants: z.array(
    z.object({
      account,
      approved: z.boolean(),
      changesRequested: z.boolean(),
      at: z.number().nullable(),
    }),
  ),
  reviewers: z.array(account),
});

const update = z.object({
  kind: z.literal('update'),
  at: z.number(),
  actor: account,
  state: z.string(),
  sourceCommit: z.string().nullable(),
});
const comment = z.object({
  kind: z.literal('comment'),
  at: z.number(),
  actor: account,
  deleted: z.boolean(),
  inline: z.boolean(),
});
const verdict = z.object({ kind: z.enum(['approval', 'changes_requested']), at: z.number(), actor: account });
const entry = z.discriminatedUnion('kind', [update, comment, verdict]);

const commit = z.object({
  hash: z.string(),
  at: z.number().nullable(),
  parents: z.array(z.string()).readonly(),
});
const merge = z.object({ hash: z.string(), at: z.number().nullable(), targetBranch: z.string().nullable() });

/** One answer of Bitbucket: a page of a list, of the log, of the commits, or of one pull request's own of either. */
const answerPage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('list'),
    readAt: z.number(),
    rows: z.array(row),
    /** Of rows that are finished, and left out. */
    merges: z.array(merge).default([]),
  }),
  z.object({ kind: z.literal('log'), entries: z.array(z.object({ pullRequest: z.number(), entry })) }),
  z.object({
    kind: z.literal('commits'),
    commits: z.array(commit),
    /** Milliseconds: how far back the list has come with it; absent where its last commit tells. */
    reaches: z.number().optional(),
  }),
  /** `gone`: Bitbucket no longer has it, or refuses it. */
  z.object({ kind: z.literal('own-activity'), id: z.number(), gone: z.boolean(), entries: z.array(entry) }),
  z.object({ kind: z.literal('own-commits'), id: z.number(), gone: z.boolean(), commits: z.array(commit) }),
]);

/** What was still needed of earlier pages when they went, with the numbers that they had. */
const bundlePage = z.object({
  kind: z.literal('bundle'),
  pages: z.array(z.object({ number: z.number().int(), page: answerPage })),
});

export const importPage = z.union([bundlePage, answerPage]);

export type ImportPage = z.output<typeof importPage>;
export type AnswerPage = z.output<typeof answerPage>;
export type ListPage = Extract<AnswerPage, { kind: 'list' }>;
export type LogPage = Extract<AnswerPage, { kind: 'log' }>;
export type BundlePage = z.output<typeof bundlePage>;
export type Row = z.output<typeof row>;
export type Entry = z.output<typeof entry>;
