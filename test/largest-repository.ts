/** The largest repository: years of pull requests, pipelines, deployments and pushes, put into the store by its doors. */
import { generatedFacts, type GeneratedFacts } from '../local/bench/generated-facts';
import type { EpochSeconds, PullRequestFacts } from '../src/facts/pull-request-facts';
import { saveDelivery } from '../src/storage/delivery-months';
import { transact } from '../src/storage/forge-storage';
import type { RepositoryId } from '../src/storage/keys';
import { bucketOf, ledgerWrites, readLedgers } from '../src/storage/ledgers';
import { savePullRequests } from '../src/storage/pull-requests';
import { savePush } from '../src/storage/pushes';

export interface Size {
  readonly pullRequests: number;
  /** Over how many days before `now` they were opened. */
  readonly days: number;
  /** Pushes to the main branch are stored since Throughline watches the repository: for so many days. */
  readonly watchedDays: number;
  readonly now: EpochSeconds;
}

const SECONDS_A_DAY = 86_400;

/** Puts it into the store beside what is there of the repository; returns the pull request that has a row of its own. */
export async function storeLargestRepository(
  repository: RepositoryId,
  { pullRequests, days, watchedDays, now }: Size,
): Promise<{ readonly latestMerged: number }> {
  const facts = generatedFacts({ perWindow: pullRequests, windowDays: days, windows: 1, now, seed: 1 });
  await storeLedgers(repository, facts.pullRequests);
  // The panel of a pull request reads its own row, which ledgers do not need.
  const latest = facts.pullRequests.filter(({ mergedAt }) => mergedAt !== null).slice(-1);
  await savePullRequests(
    repository,
    latest.map((each) => ({ facts: each, readAt: now })),
  );
  await saveDelivery(repository, facts);
  await storePushes(repository, facts, now - watchedDays * SECONDS_A_DAY);
  return { latestMerged: latest[0]?.id ?? 0 };
}

/** Month by month: pull request by pull request, as events come, it would take minutes. */
async function storeLedgers(repository: RepositoryId, facts: readonly PullRequestFacts[]): Promise<void> {
  const byBucket = new Map<string, PullRequestFacts[]>();
  for (const each of facts) byBucket.set(bucketOf(each), [...(byBucket.get(bucketOf(each)) ?? []), each]);
  const ledgers = await readLedgers(repository, [...byBucket.keys()]);
  for (const [bucket, those] of byBucket) {
    const ledger = ledgers.get(bucket);
    if (ledger === undefined) continue;
    await transact(await ledgerWrites(repository, ledger, new Map(those.map((each) => [each.id, each]))));
  }
}

/** The event of each merge and of each direct push since an instant. */
async function storePushes(
  repository: RepositoryId,
  { pullRequests, pushes }: GeneratedFacts,
  since: EpochSeconds,
): Promise<void> {
  const merges = pullRequests.map(({ mergedAt, mergeCommit }) => ({ at: mergedAt, commit: mergeCommit }));
  for (const { at, commit } of [...merges, ...pushes]) {
    if (at === null || at < since) continue;
    await savePush(repository, `${commit ?? ''}-${at}`, {
      kind: 'default',
      words: null,
      at,
      before: null,
      after: commit,
      commits: 1,
      forced: false,
      created: false,
      closed: false,
      truncated: false,
    });
  }
}
