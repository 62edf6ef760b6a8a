/** The files of a recorded repository (data/README.md, section 2), line by line, with only the fields a reading needs. */
import { createReadStream, readFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

/** Every recorded instant is UTC, so instants are kept as recorded and compared as text. */
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/);
const person = z
  .object({ uuid: z.string(), type: z.string(), display_name: z.string(), account_id: z.string().nullish() })
  .nullish()
  .transform((user) => user ?? null);

const repositoryFile = z.object({
  uuid: z.string(),
  slug: z.string(),
  mainbranch: z.object({ name: z.string() }).nullable(),
});

const side = z.object({
  branch: z.object({ name: z.string() }).nullish(),
  repository: z.object({ uuid: z.string() }).nullish(),
});

const pullRequestLine = z.object({
  id: z.number(),
  title: z.string(),
  state: z.enum(['OPEN', 'MERGED', 'DECLINED', 'SUPERSEDED']),
  reason: z.string(),
  draft: z.boolean().optional(),
  task_count: z.number(),
  created_on: instant,
  updated_on: instant,
  author: person,
  closed_by: person,
  source: side,
  destination: side,
  merge_commit: z.object({ hash: z.string() }).nullish(),
  participants: z.array(
    z.object({ approved: z.boolean(), participated_on: instant.nullable(), user: person }),
  ),
});

const verdict = z.object({ date: instant, user: person });
const activityLine = z.object({
  pr: z.number(),
  pages: z.array(
    z.object({
      values: z.array(
        z.object({
          update: z
            .object({
              date: instant,
              state: z.string(),
              source: z.object({ commit: z.object({ hash: z.string() }).nullish() }),
            })
            .optional(),
          comment: z
            .object({
              created_on: instant,
              user: person,
              deleted: z.boolean(),
              inline: z.unknown().optional(),
            })
            .optional(),
          approval: verdict.optional(),
          changes_requested: verdict.optional(),
        }),
      ),
    }),
  ),
});

const commit = z.object({
  hash: z.string(),
  date: z.string(),
  parents: z.array(z.unknown()),
  author: z.object({ user: z.unknown().optional() }),
});
const commitsLine = z.object({ pr: z.number(), pages: z.array(z.object({ values: z.array(commit) })) });

export type Person = z.output<typeof person>;
export type RecordedPullRequest = z.output<typeof pullRequestLine>;
export type RecordedActivity = z.output<typeof activityLine>;
export type RecordedCommit = z.output<typeof commit>;

/** The objects of one recorded file, one at a time: unpacked, some are far larger than memory should hold. */
async function* linesOf(folder: string, file: string): AsyncGenerator {
  const input = createReadStream(path.join(folder, file)).pipe(createGunzip());
  for await (const line of readline.createInterface({ input, crlfDelay: Infinity })) {
    if (line !== '') yield JSON.parse(line);
  }
}

/** The repository's own answer. */
export function recordedRepository(folder: string): z.output<typeof repositoryFile> {
  return repositoryFile.parse(JSON.parse(readFileSync(path.join(folder, 'repository.json'), 'utf8')));
}

/** Every pull request as its own address answered, which has its participants. */
export async function* recordedPullRequests(folder: string): AsyncGenerator<RecordedPullRequest> {
  for await (const line of linesOf(folder, 'pullrequests.jsonl.gz')) yield pullRequestLine.parse(line);
}

/** The activity of every pull request, all its pages at once. */
export async function* recordedActivities(folder: string): AsyncGenerator<RecordedActivity> {
  for await (const line of linesOf(folder, 'activity.jsonl.gz')) yield activityLine.parse(line);
}

/** The listed commits by pull request; some pull requests have no line at all. */
export async function* recordedCommits(
  folder: string,
): AsyncGenerator<{ readonly id: number; readonly commits: readonly RecordedCommit[] }> {
  for await (const line of linesOf(folder, 'commits.jsonl.gz')) {
    const { pr, pages } = commitsLine.parse(line);
    yield { id: pr, commits: pages.flatMap((page) => page.values) };
  }
}
