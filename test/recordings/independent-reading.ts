/** A second reading of one recorded repository, straight from the files, for the app's export to be compared with. */
import { expectedPullRequest, momentsOf, type ExpectedPullRequest, type Moment } from './expected-facts';
import {
  recordedActivities,
  recordedCommits,
  recordedPullRequests,
  recordedRepository,
  type RecordedCommit,
  type RecordedPullRequest,
} from './recorded-files';

/** A pull request with what was recorded of it, for tests that look at single oddities. */
export interface ReadPullRequest extends ExpectedPullRequest {
  readonly recorded: RecordedPullRequest;
  readonly moments: readonly Moment[];
  readonly activityPages: number;
  readonly listedCommits: readonly RecordedCommit[];
}

export interface IndependentReading {
  readonly uuid: string;
  readonly slug: string;
  readonly defaultBranch: string | null;
  readonly pullRequests: ReadonlyMap<number, ReadPullRequest>;
}

/**
 * Reads a repository's folder as of `now` (ISO in whole seconds). Lines are read one at a time and only the fields named
 * in the schemas are kept.
 */
export async function independentReading(folder: string, now: string): Promise<IndependentReading> {
  const { uuid, slug, mainbranch } = recordedRepository(folder);
  const defaultBranch = mainbranch?.name ?? null;

  const lines = new Map<number, RecordedPullRequest>();
  for await (const line of recordedPullRequests(folder)) lines.set(line.id, line);
  const listed = new Map<number, readonly RecordedCommit[]>();
  for await (const { id, commits } of recordedCommits(folder)) listed.set(id, commits);

  const pullRequests = new Map<number, ReadPullRequest>();
  for await (const activity of recordedActivities(folder)) {
    const recorded = lines.get(activity.pr);
    if (recorded === undefined) {
      throw new Error(`${folder} has an activity of pull request ${activity.pr} and no such pull request.`);
    }
    const moments = momentsOf(activity);
    const listedCommits = listed.get(activity.pr) ?? [];
    const expected = expectedPullRequest(recorded, moments, listedCommits, defaultBranch, now);
    pullRequests.set(activity.pr, {
      ...expected,
      recorded,
      moments,
      activityPages: activity.pages.length,
      listedCommits,
    });
  }
  const silent = [...lines.keys()].filter((id) => !pullRequests.has(id));
  if (silent.length > 0) throw new Error(`${folder} has no activity of pull requests ${silent.join(', ')}.`);
  return { uuid, slug, defaultBranch, pullRequests };
}
