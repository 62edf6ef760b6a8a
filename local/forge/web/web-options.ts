/** What the web side needs from whoever starts it. */
import type { ForgeHost } from '../host-api';

/** A repository as the pages list it. */
export interface RepositoryCard {
  /** With braces. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
}

/** A pull request as the pages list it. */
export interface PullRequestLine {
  readonly id: number;
  readonly title: string;
  /** As Bitbucket writes it: `OPEN`, `MERGED`, `DECLINED` or `SUPERSEDED`. */
  readonly state: string;
}

/** Somebody who looks at the pages. */
export interface Account {
  readonly accountId: string;
  readonly displayName: string;
}

export interface DrawerAction {
  readonly key: string;
  readonly label: string;
  readonly needsPullRequest: boolean;
}

/** An event as Forge sends it. */
export interface ProductEvent {
  readonly eventType: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** What the event drawer offers; an action changes the workspace and answers Forge's event for it, which is then sent. */
export interface EventDrawer {
  actions(repositoryUuid: string): readonly DrawerAction[];
  /** Throws an error whose message is for the reader. */
  run(key: string, repositoryUuid: string, pullRequestId: number | null): ProductEvent;
}

export interface ProgressLine {
  readonly text: string;
  readonly done: number;
  readonly total: number;
}

export interface WebOptions {
  readonly host: ForgeHost;
  readonly appDirectory: string;
  /** Port of the pages; 0 for any that is free. */
  readonly port: number;
  /** Who looks, until another account is chosen in the page. */
  readonly account: Account;
  readonly otherAccounts?: readonly Account[];
  /** The locale of who looks, until a language is chosen in the page; absent: the host's default. */
  readonly locale?: string;
  readonly repositories: () => Promise<readonly RepositoryCard[]>;
  /** Whether an account may see a repository; absent: everyone sees all. */
  readonly mayRead?: (accountId: string, repositoryUuid: string) => boolean;
  /**
   * All of a repository, or its latest where there are too many to read; the open ones first, the last changed first.
   * Where an id is named, that one is enough. Absent: the pages list none.
   */
  readonly pullRequests?: (
    repositoryUuid: string,
    id: number | null,
  ) => readonly PullRequestLine[] | Promise<readonly PullRequestLine[]>;
  readonly eventDrawer?: EventDrawer;
  /** `null` when nothing is under way. */
  readonly progress?: () => Promise<ProgressLine | null>;
  /** Where the data comes from, for the header; absent: the stand-in. */
  readonly dataFrom?: string;
  /** Whether the app may be built anew while it is served; `Web.showRebuilt` then reaches the open pages. */
  readonly isRebuilt?: boolean;
}
