/** Builds the export of METRICS 9 for one repository: the same for a headless run and the screen's download. */
import { allEnded } from '../concurrency/all-ended';
import { toIso } from '../facts/instant';
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import type { DeliverySettings } from '../metrics/delivery/delivery-settings';
import type { Window } from '../metrics/figures';
import { windowEndingAt } from '../metrics/windows';
import type { RepositoryId } from '../storage/keys';
import { readWholeDelivery } from '../storage/delivery-months';
import { readMainPushes } from '../storage/pushes';
import { readTasks } from '../storage/tasks';
import { readWholeFigureView } from '../sync/figure-view';
import { missingDelivery, readTagsFor } from './delivery-selection';
import { exportedMetrics, type RepositoryFacts } from './exported-metrics';
import { WINDOW_DAYS } from './contract';
import type {
  ExportedPullRequest,
  ExportedWindow,
  PullRequestsPart,
  RepositoryExportPart,
} from './reports/export-report';

/** Forge: a response holds at most 5 MB; a pull request takes about 1 KB. */
const PULL_REQUESTS_A_PART = 2_000;

/** One part of the export: figures as of `asOf`, and pull requests above `afterId`. */
export async function exportRepository(
  repository: RepositoryId,
  asOf: EpochSeconds,
  afterId: number,
): Promise<RepositoryExportPart | null> {
  const { record, facts, settings, workspaceSettings } = await readWholeFigureView(repository);
  if (record === null) return null;
  const [delivery, pushes, tags, tasks] = await allEnded([
    readWholeDelivery(repository),
    readMainPushes(repository),
    readTagsFor(repository, settings),
    readTasks(repository),
  ]);
  const { defaultBranch } = record;
  const { showReviewers } = workspaceSettings;
  return {
    asOf,
    ...pullRequestsPart(facts, afterId, { defaultBranch, showReviewers }),
    repository: {
      uuid: record.uuid,
      slug: record.slug,
      defaultBranch,
      coverage: {
        pullRequests: facts.length,
        withActivity: facts.filter((each) => each.coverage.activity).length,
        withCommits: facts.filter((each) => each.coverage.commits).length,
        withDiffstat: facts.filter((each) => each.coverage.diffstat).length,
      },
      windows: exportedWindows(
        { pullRequests: facts, delivery, pushes, tags, missing: missingDelivery(tasks) },
        settings.delivery,
        defaultBranch,
        asOf,
      ),
    },
  };
}

/** What a pull request is exported with beside its facts. */
interface ExportOptions {
  readonly defaultBranch: string | null;
  /** `false`: the workspace's admin switched figures of single reviewers off. */
  readonly showReviewers: boolean;
}

/** The part of these pull requests above `afterId`, by id. */
export function pullRequestsPart(
  facts: readonly PullRequestFacts[],
  afterId: number,
  options: ExportOptions,
): Pick<PullRequestsPart, 'pullRequests' | 'lastId'> {
  const rest = facts.filter(({ id }) => id > afterId).toSorted((a, b) => a.id - b.id);
  const part = rest.slice(0, PULL_REQUESTS_A_PART);
  return {
    pullRequests: part.map((each) => exported(each, options)),
    lastId: rest.length > part.length ? (part.at(-1)?.id ?? null) : null,
  };
}

function exportedWindows(
  known: RepositoryFacts,
  settings: DeliverySettings,
  defaultBranch: string | null,
  asOf: EpochSeconds,
): readonly ExportedWindow[] {
  const first = known.pullRequests.reduce((earliest, each) => Math.min(earliest, each.openedAt), asOf);
  const windows: readonly (readonly [Window, ExportedWindow['days']])[] = [
    ...WINDOW_DAYS.map((days) => [windowEndingAt(asOf, days), days] as const),
    [{ from: first, to: asOf }, 'all'],
  ];
  const metrics = exportedMetrics(
    known,
    windows.map(([window]) => window),
    asOf,
    { defaultBranch },
    settings,
  );
  return windows.flatMap(([window, days], index) => {
    const figures = metrics[index];
    if (figures === undefined) return [];
    return { from: toIso(window.from), to: toIso(window.to), days, metrics: figures };
  });
}

function exported(
  facts: PullRequestFacts,
  { defaultBranch, showReviewers }: ExportOptions,
): ExportedPullRequest {
  const { coverage, reviews } = facts;
  const firstReviewAt = reviews[0]?.at ?? null;
  const approvals = reviews.filter((review) => review.kind === 'approval');
  const revisions =
    firstReviewAt === null ? 0 : facts.sourceUpdatedAt.filter((at) => at > firstReviewAt).length;
  return {
    id: facts.id,
    state: facts.state,
    draft: facts.draft,
    authorId: facts.authorId,
    authorIsBot: facts.authorIsBot,
    targetBranch: facts.targetBranch,
    targetsDefault: facts.targetBranch === defaultBranch,
    branchKind: facts.branchKind,
    fromFork: facts.fromFork,
    openedAt: toIso(facts.openedAt),
    mergedAt: isoOrNull(facts.mergedAt),
    mergedAtSource: facts.mergedAtSource,
    closedAt: isoOrNull(facts.closedAt),
    closedById: facts.closedById,
    firstCommitAt: isoOrNull(facts.commitAuthoredAt[0] ?? null),
    firstReviewAt: isoOrNull(firstReviewAt),
    firstApprovedAt: isoOrNull(approvals[0]?.at ?? null),
    lastApprovedAt: isoOrNull(approvals.at(-1)?.at ?? null),
    // Whoever has these lists can count reviews by person, which is what was switched off.
    reviewerIds: showReviewers ? actorIds(reviews) : null,
    approverIds: showReviewers ? actorIds(approvals) : null,
    commentCount: coverage.activity ? facts.commentCount : null,
    reviewCommentCount: coverage.activity ? facts.reviewCommentCount : null,
    withdrawnApprovals: facts.withdrawnApprovals,
    staleApproval: coverage.activity ? facts.staleApproval : null,
    selfApproved: facts.selfApproved,
    selfMerged: selfMerged(facts),
    revisions: coverage.activity ? revisions : null,
    commits: coverage.commits ? facts.commitAuthoredAt.length : null,
    linesAdded: facts.linesAdded,
    linesRemoved: facts.linesRemoved,
    filesChanged: facts.filesChanged,
    lastActivityAt: isoOrNull(facts.lastActivityAt),
  };
}

/** `null` where it is not merged, or where the author or whoever merged is not known. */
function selfMerged({ state, authorId, closedById }: PullRequestFacts): boolean | null {
  if (state !== 'MERGED' || authorId === null || closedById === null) return null;
  return closedById === authorId;
}

function actorIds(reviews: PullRequestFacts['reviews']): readonly string[] {
  return [...new Set(reviews.flatMap((review) => review.actorId ?? []))].sort();
}

function isoOrNull(seconds: EpochSeconds | null): string | null {
  return seconds === null ? null : toIso(seconds);
}
