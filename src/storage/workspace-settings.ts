/** What a workspace's admin decided: its teams, and what the screens may show. One row for the installation. */
import { z } from 'zod';
import { changeRow, readRow, type GuardedRow } from './guarded-row';
import { key, SETTINGS_ENTITY } from './keys';

/** A membership takes some 120 bytes, and Forge keeps documents of up to 240 KiB. */
export const MOST_TEAMS = 100;
export const MOST_MEMBERSHIPS = 1_500;

const instant = z.number().int().nullable();

const storedTeam = z.object({
  id: z.string(),
  name: z.string(),
  /** A person may leave and come back: several memberships of one person, each with its days. */
  members: z.array(z.object({ personId: z.string(), from: instant, to: instant })),
});

const storedSettings = z.object({
  version: z.literal(1),
  teams: z.array(storedTeam),
  /** Whether figures per reviewer are shown (METRICS 4: team health, which an admin can switch off). */
  showReviewers: z.boolean(),
});

export type Team = z.output<typeof storedTeam>;
export type WorkspaceSettings = z.output<typeof storedSettings>;

export const DEFAULT_SETTINGS: WorkspaceSettings = { version: 1, teams: [], showReviewers: true };

/** Guarded, so that of two admins at the same time neither overwrites what the other did. */
const SETTINGS: GuardedRow<WorkspaceSettings> = {
  entityName: SETTINGS_ENTITY,
  key: key.settings(),
  parse: (detail) => storedSettings.parse(detail),
  beginning: DEFAULT_SETTINGS,
};

export function readSettings(): Promise<WorkspaceSettings> {
  return readRow(SETTINGS);
}

/** Applies a change to the present settings and returns what it returned; the change may be asked for several times. */
export function changeSettings<Result>(
  change: (settings: WorkspaceSettings) => {
    readonly detail: WorkspaceSettings;
    readonly result: Result;
  },
): Promise<Result> {
  return changeRow(SETTINGS, change);
}
