/** What the demo remembers: pull requests as the things that happened to them. Answers are made from it when asked. */
import type { JsonObject } from '../bitbucket/workspace-source';
import type { Person } from './people';

export interface DemoCommit {
  /** 40 hexadecimal digits. */
  readonly hash: string;
  readonly at: number;
  readonly author: Person;
  readonly parents: readonly string[];
  readonly message: string;
}

/** Something that happened on a pull request, in milliseconds. */
export type DemoEvent = { readonly at: number; readonly by: Person } & (
  | { readonly kind: 'push'; readonly commits: readonly DemoCommit[] }
  | { readonly kind: 'comment'; readonly id: number; readonly inline: boolean; deleted: boolean }
  | { readonly kind: 'approval' | 'changes_requested' }
  | { readonly kind: 'close'; readonly state: 'MERGED' | 'DECLINED' | 'SUPERSEDED' }
);

export interface DemoPullRequest {
  readonly id: number;
  readonly title: string;
  /** `null` where the account is gone. */
  readonly author: Person | null;
  readonly openedAt: number;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  /** The fork it came from was deleted. */
  readonly forkGone: boolean;
  readonly draft: boolean;
  readonly reviewers: readonly Person[];
  /** The target branch's head when it was opened. */
  readonly base: string;
  readonly commits: DemoCommit[];
  /** In the order of time; the opening is not among them. */
  readonly events: DemoEvent[];
  state: 'OPEN' | 'MERGED' | 'DECLINED' | 'SUPERSEDED';
  mergeCommit: DemoCommit | null;
  readonly diffstat: readonly JsonObject[];
}

export interface DemoRepository {
  readonly uuid: string;
  slug: string;
  readonly language: string;
  readonly createdAt: number;
  readonly pullRequests: Map<number, DemoPullRequest>;
  /** The main branch's commits, oldest first. */
  readonly mainline: DemoCommit[];
  readonly pipelines: JsonObject[];
  readonly deployments: JsonObject[];
  readonly environments: readonly JsonObject[];
  revision: number;
}

export const MAIN_BRANCH = 'main';

/** Bitbucket's form of an instant: microseconds and a zero offset. */
export function bitbucketInstant(at: number): string {
  return new Date(at).toISOString().replace('Z', '000+00:00');
}
