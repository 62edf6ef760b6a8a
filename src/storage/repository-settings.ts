/** What a repository's admin decided otherwise than the workspace: one row for each repository that differs. */
import { z } from 'zod';
import { figureRules, NO_FIGURE_RULES } from './figure-rules';
import { changeRow, parseRow, readRow, type GuardedRow, type RowChange } from './guarded-row';
import { key, SETTINGS_ENTITY, type RepositoryId } from './keys';

const storedSettings = z.object({ version: z.literal(1), figures: figureRules });

export type RepositorySettings = z.output<typeof storedSettings>;

export const NO_REPOSITORY_SETTINGS: RepositorySettings = { version: 1, figures: NO_FIGURE_RULES };

function rowOf(repository: RepositoryId): GuardedRow<RepositorySettings> {
  return {
    entityName: SETTINGS_ENTITY,
    key: key.repositorySettings(repository),
    parse: (detail) => storedSettings.parse(detail),
    beginning: NO_REPOSITORY_SETTINGS,
  };
}

export function readRepositorySettings(repository: RepositoryId): Promise<RepositorySettings> {
  return readRow(rowOf(repository));
}

/** The key under which the settings are read together with other things. */
export function repositorySettingsItem(repository: RepositoryId): { key: string; entityName: string } {
  return { key: key.repositorySettings(repository), entityName: SETTINGS_ENTITY };
}

/** A row that was read with `repositorySettingsItem`. */
export function parseRepositorySettings(repository: RepositoryId, row: unknown): RepositorySettings {
  return parseRow(rowOf(repository), row);
}

/** Applies a change to the present settings and returns what it returned; the change may be asked for several times. */
export function changeRepositorySettings<Result>(
  repository: RepositoryId,
  change: (settings: RepositorySettings) => RowChange<RepositorySettings, Result>,
): Promise<Result> {
  return changeRow(rowOf(repository), change);
}
