/** A repository as its figures see it: what is stored, under the settings that count for it. */
import type { EpochSeconds } from '../facts/pull-request-facts';
import type { FigureSettings } from '../metrics/figure-settings';
import { underSettings } from '../metrics/rules-on-facts';
import type { RepositoryId } from '../storage/keys';
import { readRepositoryView, readWholeRepository, type RepositoryView } from '../storage/repository-view';
import { figureSettingsOf } from './effective-settings';

/** Its `facts` have the branch kinds and the bots of the settings; what is stored keeps its own. */
export interface FigureView extends RepositoryView {
  readonly settings: FigureSettings;
}

/** As `readRepositoryView`, with its cost: one batch. */
export async function readFigureView(
  repository: RepositoryId,
  since: EpochSeconds,
  now: EpochSeconds,
): Promise<FigureView> {
  return figureViewOf(await readRepositoryView(repository, since, now));
}

/** As `readWholeRepository`. */
export async function readWholeFigureView(repository: RepositoryId): Promise<FigureView> {
  return figureViewOf(await readWholeRepository(repository));
}

function figureViewOf(view: RepositoryView): FigureView {
  const settings = figureSettingsOf(view.workspaceSettings, view.repositorySettings);
  return { ...view, facts: underSettings(view.facts, settings), settings };
}
