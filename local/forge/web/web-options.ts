/** What the web side needs from whoever starts it. */
import type { ForgeHost } from '../host-api';

/** A repository as the pages list it. */
export interface RepositoryCard {
  /** With braces. */
  readonly uuid: string;
  readonly slug: string;
  readonly name: string;
  readonly openPullRequests: readonly { readonly id: number; readonly title: string }[];
}

export interface DrawerAction {
  readonly key: string;
  readonly label: string;
  readonly needsPullRequest: boolean;
}

/** What the event drawer offers; an action changes the workspace and sends Forge's event for it. */
export interface EventDrawer {
  actions(repositoryUuid: string): readonly DrawerAction[];
  /** Rejects with an error whose message is for the reader. */
  run(
    key: string,
    repositoryUuid: string,
    pullRequestId: number | null,
  ): Promise<{ readonly eventType: string; readonly payload: object; readonly deliveries: number }>;
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
  readonly account: { readonly accountId: string; readonly displayName: string };
  readonly repositories: () => Promise<readonly RepositoryCard[]>;
  readonly eventDrawer?: EventDrawer;
  /** `null` when nothing is under way. */
  readonly progress?: () => Promise<ProgressLine | null>;
}
