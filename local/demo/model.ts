/** What the demo remembers: repositories and pull requests as the things that happened to them. */
import type { Person } from './people';

/** Instants are in milliseconds everywhere; commits have whole seconds. */
export interface DemoCommit {
  /** 40 hexadecimal digits. */
  readonly hash: string;
  readonly at: number;
  readonly author: Person;
  readonly parents: readonly string[];
  readonly message: string;
}

export interface CommentEvent {
  readonly kind: 'comment';
  readonly at: number;
  readonly by: Person;
  readonly id: number;
  /** The line of the diff it stands at; `null` for the conversation. */
  readonly place: { readonly path: string; readonly line: number } | null;
  readonly repliesTo: number | null;
  readonly text: string;
  /** `null` while it stands. */
  deletedAt: number | null;
}

export interface VerdictEvent {
  readonly kind: 'approval' | 'changes_requested';
  readonly at: number;
  readonly by: Person;
}

export type ClosedState = 'MERGED' | 'DECLINED' | 'SUPERSEDED';

/** Something that happened on a pull request. */
export type DemoEvent =
  | CommentEvent
  | VerdictEvent
  | {
      readonly kind: 'push';
      readonly at: number;
      readonly by: Person;
      readonly commits: readonly DemoCommit[];
    }
  | {
      readonly kind: 'reviewers';
      readonly at: number;
      readonly by: Person;
      readonly added: readonly Person[];
    }
  /** A draft became ready for review. */
  | { readonly kind: 'ready'; readonly at: number; readonly by: Person }
  | CloseEvent;

export interface CloseEvent {
  readonly kind: 'close';
  readonly at: number;
  readonly by: Person;
  readonly state: ClosedState;
  readonly reason: string;
}

export interface ChangedFile {
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  readonly path: string;
  readonly oldPath: string;
  readonly added: number;
  readonly removed: number;
}

export interface DemoPullRequest {
  readonly id: number;
  readonly title: string;
  readonly author: Person;
  readonly openedAt: number;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  /** Where the source branch is: in the repository itself, in a fork, or in a fork that was deleted. */
  readonly source: 'own' | 'fork' | 'fork-gone';
  readonly openedAsDraft: boolean;
  /** The reviewers named at the opening. */
  readonly reviewers: readonly Person[];
  /** The commits at the opening, oldest first. */
  readonly firstCommits: readonly DemoCommit[];
  /** In the order of time; the opening is not among them. */
  readonly events: DemoEvent[];
  readonly files: readonly ChangedFile[];
  /** The commit that brought it into the target branch; `isShown` is false where Bitbucket's answer has none. */
  merge: { readonly commit: DemoCommit; readonly isShown: boolean } | null;
}

export interface DemoPipeline {
  readonly uuid: string;
  readonly buildNumber: number;
  readonly commit: string;
  readonly branch: string;
  /** `null` for the pipeline of a push to a branch. */
  readonly pullRequestId: number | null;
  readonly creator: Person;
  readonly createdAt: number;
  readonly queuedSeconds: number;
  readonly buildSeconds: number;
  readonly result: 'SUCCESSFUL' | 'FAILED' | 'STOPPED';
}

export interface DemoEnvironment {
  readonly uuid: string;
  readonly name: 'Test' | 'Staging' | 'Production';
  readonly rank: number;
}

export interface DemoDeployment {
  readonly uuid: string;
  readonly environment: DemoEnvironment;
  readonly pipeline: DemoPipeline;
  readonly startedAt: number;
  /** `null` while it runs. */
  readonly completedAt: number | null;
  readonly status: 'SUCCESSFUL' | 'FAILED' | null;
}

export interface DemoRepository {
  readonly uuid: string;
  /** The deleted or foreign copies that pull requests come from. */
  readonly forkUuid: string;
  slug: string;
  readonly language: string;
  readonly description: string;
  readonly createdAt: number;
  readonly team: readonly Person[];
  readonly pullRequests: Map<number, DemoPullRequest>;
  /** Commits of `main` and of the release branches, oldest first; a release branch begins with the commit it left main at. */
  readonly branches: Map<string, DemoCommit[]>;
  /** Oldest first; likewise the deployments. */
  readonly pipelines: DemoPipeline[];
  readonly deployments: DemoDeployment[];
  readonly environments: readonly DemoEnvironment[];
  nextCommentId: number;
  /** When anything last happened here. */
  changedAt: number;
  /** The number of changes since it was made. */
  revision: number;
}

export const MAIN_BRANCH = 'main';

export function isVerdict(event: DemoEvent): event is VerdictEvent {
  return event.kind === 'approval' || event.kind === 'changes_requested';
}

/** What somebody decided last; later decisions replace earlier ones. */
export function verdictOf({ events }: DemoPullRequest, person: Person): VerdictEvent | null {
  return events.findLast((event): event is VerdictEvent => isVerdict(event) && event.by === person) ?? null;
}

/** The end of a pull request; `null` while it is open. */
export function closeOf({ events }: DemoPullRequest): CloseEvent | null {
  return events.find((event): event is CloseEvent => event.kind === 'close') ?? null;
}

export function stateOf(pullRequest: DemoPullRequest): 'OPEN' | ClosedState {
  return closeOf(pullRequest)?.state ?? 'OPEN';
}

export function isDraft({ openedAsDraft, events }: DemoPullRequest): boolean {
  return openedAsDraft && !events.some((event) => event.kind === 'ready');
}

/** Whoever was named as reviewer, at the opening or later. */
export function reviewersOf({ reviewers, events }: DemoPullRequest): readonly Person[] {
  return [
    ...new Set([...reviewers, ...events.flatMap((event) => (event.kind === 'reviewers' ? event.added : []))]),
  ];
}

/** The source branch's own commits, oldest first. */
export function commitsOf({ firstCommits, events }: DemoPullRequest): readonly DemoCommit[] {
  return [...firstCommits, ...events.flatMap((event) => (event.kind === 'push' ? event.commits : []))];
}

/** The head of the source branch. */
export function headOf(pullRequest: DemoPullRequest): string {
  return commitsOf(pullRequest).at(-1)?.hash ?? '';
}

/** When anything last happened on it, the deletion of a comment included. */
export function updatedAt({ openedAt, events }: DemoPullRequest): number {
  const instants = events.map((event) =>
    event.kind === 'comment' ? (event.deletedAt ?? event.at) : event.at,
  );
  return Math.max(openedAt, ...instants);
}

/** The commit at the tip of a branch at an instant, given its commits oldest first; the first where it is younger. */
export function tipAt<Commit extends { readonly at: number }>(
  line: readonly Commit[],
  at: number,
): Commit | null {
  let low = 0;
  let high = line.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((line[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return line[Math.max(low - 1, 0)] ?? null;
}

/** Bitbucket's form of an instant: microseconds and a zero offset; the last three digits follow from the others. */
export function bitbucketInstant(at: number): string {
  const microseconds = String(((Math.floor(at) % 1_000_000) * 7_919) % 1_000).padStart(3, '0');
  return new Date(at).toISOString().replace('Z', `${microseconds}+00:00`);
}
