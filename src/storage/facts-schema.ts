/** Reads facts back from the store. */
import { z } from 'zod';
import {
  BRANCH_KINDS,
  MERGED_AT_SOURCES,
  PULL_REQUEST_STATES,
  REVIEW_KINDS,
  type PullRequestFacts,
} from '../facts/pull-request-facts';

const seconds = z.number().int();
const count = z.number().int().nonnegative();
/** Of a branch's word. */
const digest = z.number().int().nonnegative();

export const storedFacts: z.ZodType<PullRequestFacts> = z.object({
  id: z.number().int(),
  state: z.enum(PULL_REQUEST_STATES),
  draft: z.boolean(),
  authorId: z.string().nullable(),
  authorIsBot: z.boolean(),
  targetBranch: z.string(),
  branchKind: z.enum(BRANCH_KINDS),
  /** Absent where a version without it wrote the row. */
  branchWords: z.array(digest).readonly().default([]),
  fromFork: z.boolean(),
  openedAt: seconds,
  mergedAt: seconds.nullable(),
  mergedAtSource: z.enum(MERGED_AT_SOURCES).nullable(),
  closedAt: seconds.nullable(),
  closedById: z.string().nullable(),
  mergeCommit: z.string().nullable(),
  commitAuthoredAt: z.array(seconds),
  reviews: z.array(
    z.object({
      actorId: z.string().nullable(),
      kind: z.enum(REVIEW_KINDS),
      at: seconds,
      inline: z.boolean(),
    }),
  ),
  requestedReviewerIds: z.array(z.string()),
  withdrawnApprovals: count,
  commentCount: count,
  reviewCommentCount: count,
  sourceUpdatedAt: z.array(seconds),
  staleApproval: z.boolean(),
  selfApproved: z.boolean(),
  linesAdded: count.nullable(),
  linesRemoved: count.nullable(),
  filesChanged: count.nullable(),
  lastActivityAt: seconds.nullable(),
  lastAuthorActivityAt: seconds.nullable(),
  coverage: z.object({ activity: z.boolean(), commits: z.boolean(), diffstat: z.boolean() }),
});
