/** Runs the start command headless over recordings, and reads the export of METRICS 9 by a schema of its own. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = path.resolve(__dirname, '../..');

/** The one place that knows how the app is started, relative to the repository's root. */
const START = ['--import', 'tsx', 'local/start.ts'] as const;

const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
/** An Atlassian account id, or a uuid without braces: nothing that could be a person's name. */
const personId = z.string().regex(/^(\d+:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9a-f]{24}$/);
const uuid = z.string().regex(/^\{[0-9a-f-]{36}\}$/);
const whole = z.int().nonnegative();

/** Strict, so that a new fact is noticed; its only free text is the name of the target branch. */
const exportedPullRequest = z.strictObject({
  id: whole,
  state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  draft: z.boolean(),
  authorId: personId.nullable(),
  authorIsBot: z.boolean(),
  targetBranch: z.string().nullable(),
  targetsDefault: z.boolean(),
  branchKind: z.enum(['feature', 'bugfix', 'hotfix', 'release', 'revert', 'chore', 'other']),
  fromFork: z.boolean(),
  openedAt: instant,
  mergedAt: instant.nullable(),
  mergedAtSource: z.enum(['activity', 'list', 'event']).nullable(),
  closedAt: instant.nullable(),
  closedById: personId.nullable(),
  firstCommitAt: instant.nullable(),
  firstReviewAt: instant.nullable(),
  firstApprovedAt: instant.nullable(),
  lastApprovedAt: instant.nullable(),
  reviewerIds: z.array(personId),
  approverIds: z.array(personId),
  commentCount: whole,
  reviewCommentCount: whole,
  withdrawnApprovals: whole,
  staleApproval: z.boolean(),
  selfApproved: z.boolean(),
  selfMerged: z.boolean().nullable(),
  revisions: whole,
  commits: whole,
  linesAdded: whole.nullable(),
  linesRemoved: whole.nullable(),
  filesChanged: whole.nullable(),
  lastActivityAt: instant.nullable(),
});

const number = z.number().nullable();
const figure = z.union([
  z.strictObject({ unit: z.enum(['ratio', 'count', 'people', 'per day']), n: whole, value: number }),
  z.strictObject({
    unit: z.enum(['s', 'lines', 'files', 'count']),
    n: whole,
    mean: number,
    p50: number,
    p75: number,
    p90: number,
    p95: number,
  }),
]);

const exportedRepository = z.strictObject({
  uuid,
  slug: z.string(),
  defaultBranch: z.string().nullable(),
  coverage: z.strictObject({
    pullRequests: whole,
    withActivity: whole,
    withCommits: whole,
    withDiffstat: whole,
  }),
  windows: z.array(
    z.strictObject({
      from: instant,
      to: instant,
      days: z.union([z.literal(30), z.literal(90), z.literal(180), z.literal(365), z.literal('all')]),
      metrics: z.record(z.string(), figure),
    }),
  ),
  pullRequests: z.array(exportedPullRequest),
});

const exportDocument = z.strictObject({
  schema: z.literal(1),
  generatedAt: z.iso.datetime(),
  now: instant,
  workspace: uuid,
  repositories: z.array(exportedRepository),
  sync: z.strictObject({
    requests: z.strictObject({ total: whole, byEndpoint: z.record(z.string(), whole) }),
    pullRequests: whole,
    requestsPerPullRequest: z.number().nullable(),
  }),
});

export type ExportedPullRequest = z.output<typeof exportedPullRequest>;
export type ExportedRepository = z.output<typeof exportedRepository>;
export type ArchiveExport = z.output<typeof exportDocument>;

/**
 * The export of a recorded repository's folder, or of a folder of such folders, as of `now` (ISO in whole seconds).
 * Throws with the command's own words when it fails, and with the place in the document when that is not METRICS 9.
 */
export async function archiveExport(recording: string, now: string): Promise<ArchiveExport> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throughline-recording-'));
  try {
    const file = path.join(folder, 'export.json');
    const options = ['--recording', recording, '--now', now, '--export', file];
    await promisify(execFile)(process.execPath, [...START, ...options, '--data', path.join(folder, 'data')], {
      cwd: root,
      maxBuffer: 16 * 1024 * 1024,
    });
    return exportDocument.parse(JSON.parse(await readFile(file, 'utf8')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
