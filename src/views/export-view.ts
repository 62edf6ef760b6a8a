/** What a reader looks at, to take away: the figures of their window and filters, and the pull requests of it. */
import { toIso } from '../facts/instant';
import type { EpochSeconds, PullRequestFacts } from '../facts/pull-request-facts';
import { livedIn } from '../metrics/closing';
import type { RepositoryId } from '../storage/keys';
import type { ExportedView, ViewExportPart } from './reports/export-report';
import { selectDelivery } from './delivery-selection';
import { pullRequestsPart } from './export-repository';
import { exportedMetrics } from './exported-metrics';
import { select, type Selection } from './selection';
import type { ViewQuery } from './view-query';

/** `null` where nothing is stored of the repository. */
export async function exportFigures(
  repository: RepositoryId,
  query: ViewQuery,
  asOf: EpochSeconds,
): Promise<ExportedView | null> {
  const selection = await selectDelivery(repository, query, asOf);
  if (selection === null) return null;
  const { window, facts, delivery, pushes, tags, missing, options, view } = selection;
  const [metrics] = exportedMetrics(
    { pullRequests: facts, delivery, pushes, tags, missing },
    [window],
    asOf,
    options,
    view.settings.delivery,
  );
  return metrics === undefined ? null : { query, from: toIso(window.from), to: toIso(window.to), metrics };
}

/** The part above `afterId`; `null` where nothing is stored of the repository. */
export async function exportPullRequests(
  repository: RepositoryId,
  query: ViewQuery,
  asOf: EpochSeconds,
  afterId: number,
): Promise<ViewExportPart | null> {
  const selection = await select(repository, query, asOf);
  if (selection === null) return null;
  const shown = shownIn(selection);
  return {
    asOf,
    window: selection.window,
    of: shown.length,
    ...pullRequestsPart(shown, afterId, {
      defaultBranch: selection.options.defaultBranch,
      showReviewers: selection.view.workspaceSettings.showReviewers,
    }),
  };
}

/** As the figures have it, bots are left out unless the reader lets them in. */
function shownIn({ facts, window, options }: Selection): readonly PullRequestFacts[] {
  return facts.filter((each) => livedIn(each, window) && (options.includeBots === true || !each.authorIsBot));
}
