/** Makes the report of the workspace's page: of the repositories that Bitbucket shows to the viewer, and of no other. */
import { allEnded } from '../concurrency/all-ended';
import { mapLimited } from '../concurrency/map-limited';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { SUMMARY_DAYS } from '../metrics/repository-summary';
import { SECONDS_A_DAY } from '../metrics/windows';
import { withBraces, type RepositoryId } from '../storage/keys';
import {
  readListedRepositories,
  type ListedRepository,
  type RepositorySummary,
} from '../storage/repository-summaries';
import { readSettings } from '../storage/workspace-settings';
import { renewSummary } from '../sync/summarise';
import { workspaceProgress } from '../sync/workspace-progress';
import type { WorkspacePlace } from './places';
import type { WorkspaceImport, WorkspacePayload, WorkspaceReport } from './reports/workspace-report';
import { REPOSITORIES_A_PART, visibleRepositories } from './workspace-visible';

/** Each costs a reading of the repository's ledgers: a look at a part of the list waits for a second at most. */
const MOST_RENEWALS = 10;
const RENEWALS_AT_ONCE = 5;

/** A list of thousands comes in dozens of parts, and several viewers share what Forge reads in a minute. */
const MOST_RENEWALS_A_LIST = 100;

/** Comparisons renew a summary at least daily. */
const OUTDATED_SECONDS = SECONDS_A_DAY;

/** While history comes in, figures change by the minute; the end of a phase may be hours away. */
const OUTDATED_WHILE_IMPORTING_SECONDS = 600;

export async function workspaceOf(
  place: WorkspacePlace,
  { page }: WorkspacePayload,
  now: EpochSeconds,
): Promise<WorkspaceReport> {
  const [visible, importing, { changedAt }] = await allEnded([
    visibleRepositories(place, page, now),
    page === 1 ? workspaceImport(now) : Promise.resolve(null),
    readSettings(),
  ]);
  const listed = await readListedRepositories(visible.repositories);
  const renewed = await renewOutdated(listed, { changedAt, most: mostRenewals(visible.total) }, now);
  return {
    asOf: now,
    days: SUMMARY_DAYS,
    repositories: [...listed].map(([repository, known]) => {
      const summary = renewed.get(repository) ?? known.summary;
      return { uuid: withBraces(repository), slug: summary?.slug ?? known.slug, summary };
    }),
    unknown: visible.repositories.length - listed.size,
    total: visible.total,
    nextPage: visible.isLast ? null : page + 1,
    importing,
  };
}

/** How many repositories there are is not told: the viewer may not see all of them. */
async function workspaceImport(now: EpochSeconds): Promise<WorkspaceImport> {
  const { remainingSeconds, pausedUntil } = await workspaceProgress(now);
  return { remainingSeconds, pausedUntil };
}

/** How many summaries one look at a part of the list renews. */
function mostRenewals(total: number | null): number {
  const parts = Math.max(1, Math.ceil((total ?? 0) / REPOSITORIES_A_PART));
  return Math.min(MOST_RENEWALS, Math.max(1, Math.floor(MOST_RENEWALS_A_LIST / parts)));
}

/** Renews the summaries that are missing, then the oldest of those that are outdated, a few at each look. */
async function renewOutdated(
  listed: ReadonlyMap<RepositoryId, ListedRepository>,
  { changedAt, most }: { readonly changedAt: EpochSeconds; readonly most: number },
  now: EpochSeconds,
): Promise<ReadonlyMap<RepositoryId, RepositorySummary>> {
  const outdated = [...listed]
    .map(([repository, { summary }]) => ({ repository, asOf: summary?.asOf ?? 0, summary }))
    .filter(({ summary }) => summary === null || isOutdated(summary, changedAt, now))
    .sort((a, b) => a.asOf - b.asOf)
    .slice(0, most);
  const renewed = await mapLimited(outdated, RENEWALS_AT_ONCE, ({ repository }) =>
    renewSummary(repository, now),
  );
  return new Map(
    outdated.flatMap(({ repository }, place) => {
      const summary = renewed[place] ?? null;
      return summary === null ? [] : [[repository, summary] as const];
    }),
  );
}

/** What was summarised before settings changed has figures by the former ones. */
function isOutdated({ asOf, state }: RepositorySummary, changedAt: EpochSeconds, now: EpochSeconds): boolean {
  if (asOf <= changedAt) return true;
  return now - asOf >= (state === 'complete' ? OUTDATED_SECONDS : OUTDATED_WHILE_IMPORTING_SECONDS);
}
