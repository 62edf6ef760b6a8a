/** For tests: a workspace of several repositories, and what its page tells to whoever looks. */
import { startInProcessApp, type InProcessApp } from '../../test/in-process-app';
import { manyRepositories, slugOf, startViewers, uuidOf, type Viewers } from '../../test/many-repositories';
import { openPullRequest, person, WORKSPACE_UUID, type SmallPullRequest } from '../../test/small-workspace';
import { withoutBraces } from '../storage/keys';
import { saveRepository } from '../storage/repositories';
import { saveSummary, type RepositorySummary } from '../storage/repository-summaries';
import type { Answer } from './contract';
import type { WorkspaceReport, WorkspaceRepository } from './reports/workspace-report';
import { resolve } from './resolver';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 9, 31);

export const slugs = (repositories: readonly WorkspaceRepository[]): readonly (string | null)[] =>
  repositories.map(({ slug }) => slug);

/** Epoch seconds of milliseconds. */
export const seconds = (milliseconds: number): number => milliseconds / 1000;

/** Opened so many days before, approved after an hour, merged after `hours`. */
function mergedPullRequest(id: number, daysAgo: number, hours: number): SmallPullRequest {
  const at = (after: number): string => new Date(NOW - daysAgo * DAY + after * HOUR).toISOString();
  const small = openPullRequest(id, 'ann', at(0));
  return {
    ...small,
    pullRequest: { ...small.pullRequest, state: 'MERGED', closed_by: person('ben'), updated_on: at(hours) },
    activity: [
      {
        pull_request: { id },
        update: { date: at(hours), state: 'MERGED', author: person('ben'), source: null },
      },
      { pull_request: { id }, approval: { date: at(1), user: person('ben') } },
      ...small.activity,
    ],
  };
}

/** The app and its viewers, at an instant that stands still until a test moves it. */
export class WorkspaceScene {
  now = NOW;

  private constructor(
    readonly source: ReturnType<typeof manyRepositories>,
    readonly forge: InProcessApp,
    readonly viewers: Viewers,
    private readonly clock: jest.SpyInstance,
  ) {
    clock.mockImplementation(() => this.now);
  }

  /** A workspace whose repository `n` has `n` merges of `n` hours each. */
  static async start(
    count: number,
    mayRead: (account: string, uuid: string) => boolean = () => true,
  ): Promise<WorkspaceScene> {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
    const source = manyRepositories(count, (number) =>
      Array.from({ length: number }, (_, index) => mergedPullRequest(index + 1, 3 + index, number)),
    );
    const forge = await startInProcessApp(source);
    const viewers = await startViewers(source, mayRead);
    return new WorkspaceScene(source, forge, viewers, clock);
  }

  async close(): Promise<void> {
    this.clock.mockRestore();
    await this.viewers.close();
    await this.forge.close();
  }

  async install(): Promise<void> {
    await this.forge.install();
    await this.forge.drain();
  }

  /** Forge tells who looks beside the call, not in what the front end sends. */
  ask(
    page: unknown = 1,
    {
      uuid = WORKSPACE_UUID,
      account = this.viewers.account,
    }: { uuid?: string; account?: string | null } = {},
  ): Promise<Answer<WorkspaceReport>> {
    return resolve(
      {
        call: { functionKey: 'workspace', payload: { page } },
        context: { extension: { workspace: { uuid } } },
      },
      account === null ? {} : { principal: { accountId: account } },
    ) as Promise<Answer<WorkspaceReport>>;
  }

  async report(...question: Parameters<WorkspaceScene['ask']>): Promise<WorkspaceReport> {
    const answer = await this.ask(...question);
    if (!answer.ok) throw new Error(answer.message);
    return answer.data;
  }

  /** Storage requests of one call. */
  async requestsOf(call: () => Promise<unknown>): Promise<number> {
    const before = this.forge.app.store.usage().requests;
    await call();
    return this.forge.app.store.usage().requests - before;
  }

  aSummary(overrides: Partial<RepositorySummary> = {}): RepositorySummary {
    const figures = {
      merged: 99_999,
      time_to_merge: { n: 99_999, p50: 99_999_999 },
      time_to_first_review: { n: 99_999, p50: 99_999_999 },
      unreviewed_merge_rate: { n: 99_999, value: 0.123_456_789_012_345_67 },
    };
    return {
      asOf: seconds(this.now),
      slug: 'a'.repeat(100),
      state: 'importing',
      done: 999_999,
      expected: 999_999,
      readSince: seconds(this.now),
      lastReconciledAt: seconds(this.now),
      figures,
      previousFigures: figures,
      isChange: { time_to_merge: false, time_to_first_review: false },
      mergesByWeek: Array.from({ length: 13 }, () => 9_999),
      open: 9_999,
      openOverP85: 9_999,
      ...overrides,
    };
  }

  /** Stores repositories as discovery and a finished import leave them, without their pull requests. */
  async store(from: number, to: number, summary: Partial<RepositorySummary> | null): Promise<void> {
    for (let number = from; number <= to; number += 1) {
      const uuid = uuidOf(number);
      const slug = slugOf(number);
      const record = {
        workspaceUuid: WORKSPACE_UUID,
        uuid,
        slug,
        defaultBranch: 'main',
        readAt: seconds(this.now),
      };
      await saveRepository(withoutBraces(uuid), record);
      if (summary === null) continue;
      await saveSummary(
        withoutBraces(uuid),
        this.aSummary({ slug, state: 'complete', readSince: 0, ...summary }),
      );
    }
  }
}
