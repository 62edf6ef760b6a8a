/** Runs `npm start -- --recording … --export …` as its user does, and reads what it wrote. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const root = path.resolve(__dirname, '../..');

const row = z.looseObject({ id: z.number() });

/** The export of METRICS 9, written here once more so that a change of it is noticed. */
const exportDocument = z.strictObject({
  schema: z.literal(1),
  generatedAt: z.iso.datetime(),
  now: z.iso.datetime(),
  workspace: z.string().regex(/^\{.*\}$/),
  repositories: z.array(
    z.strictObject({
      uuid: z.string().regex(/^\{.*\}$/),
      slug: z.string(),
      defaultBranch: z.string().nullable(),
      coverage: z.strictObject({
        pullRequests: z.number(),
        withActivity: z.number(),
        withCommits: z.number(),
        withDiffstat: z.number(),
      }),
      windows: z.array(
        z.strictObject({
          from: z.iso.datetime(),
          to: z.iso.datetime(),
          days: z.union([z.number(), z.literal('all')]),
          metrics: z.record(z.string(), z.record(z.string(), z.unknown())),
        }),
      ),
      pullRequests: z.array(row),
    }),
  ),
  sync: z.strictObject({
    requests: z.strictObject({ total: z.number(), byEndpoint: z.record(z.string(), z.number()) }),
    pullRequests: z.number(),
    requestsPerPullRequest: z.number().nullable(),
  }),
});

export type ExportDocument = z.output<typeof exportDocument>;

/** The export of one recording as of an instant; the run's folder is removed again. */
export async function exportOf(recording: string, now: string): Promise<ExportDocument> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-test-'));
  try {
    const file = path.join(folder, 'export.json');
    await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'local/start.ts', '--recording', recording, '--now', now, '--export', file],
      { cwd: root, maxBuffer: 16 * 1024 * 1024 },
    );
    return exportDocument.parse(JSON.parse(readFileSync(file, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
