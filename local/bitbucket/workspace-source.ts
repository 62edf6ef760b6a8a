/** What the Bitbucket stand-in needs to know of a workspace: raw Bitbucket JSON, recorded or generated. */

import type { Elements } from './paging';

/** Any JSON value, as `JSON.parse` makes it and nobody changes it afterwards. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object as Bitbucket sends it. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Everything Bitbucket knows of one repository, as raw Bitbucket JSON. */
export interface RepositorySource {
  /** The answer of `GET /2.0/repositories/{workspace}/{repo_slug}`; needs `uuid`, `full_name` and `slug`. */
  repository(): JsonObject;
  pullRequestIds(): readonly number[];
  /** The answer for a single pull request, with participants and reviewers; `null` where there is none. */
  pullRequest(id: number): JsonObject | null;
  /** Activity entries in Bitbucket's order, newest first as recorded. */
  activity(id: number): readonly JsonObject[];
  commits(id: number): readonly JsonObject[];
  statuses(id: number): readonly JsonObject[];
  comments(id: number): readonly JsonObject[];
  /** The files a pull request changes; `null` where that was not recorded. */
  diffstat(id: number): readonly JsonObject[] | null;
  /** The repository's commit list, newest first, with parents. */
  commitHistory(): readonly JsonObject[];
  /** The hash that a branch points at; `null` where it does not exist. Without it, branches are guessed from the history. */
  branchTip?(branch: string): string | null;
  pipelines(): readonly JsonObject[];
  deployments(): readonly JsonObject[];
  environments(): readonly JsonObject[];
  /**
   * A number that differs after any change to this repository; while it stays the same, lists and logs are kept. A
   * source without it may change at any time, so they are worked out anew for every request.
   */
  revision?(): number;
  /**
   * A field of a pull request by its id, instants in microseconds since 1970: a source offers those that its lists are
   * mostly filtered and sorted by, so that they need not be looked for in whole answers; `null` for any other.
   */
  pullRequestColumn?(field: string): ((id: number) => string | number) | null;
  /** The activity of all pull requests, newest first; composed of each one's where the source does not keep it. */
  activityLog?(): Elements;
  /** What `CommitGraph.commits` answers; worked out from `commitHistory` where the source does not keep a graph. */
  reachableCommits?(include: readonly string[], exclude: readonly string[]): Elements | null;
}

/** One workspace and the repositories in it. */
export interface WorkspaceSource {
  /** `uuid` has its braces. */
  readonly workspace: { readonly uuid: string; readonly slug: string; readonly name: string };
  repositories(): readonly RepositorySource[];
}
