/** What a workspace's admin decided: teams, how figures are computed, what is kept and shown. One row for the installation. */
import { z } from 'zod';
import { figureRules, NO_FIGURE_RULES } from './figure-rules';
import type { TransactionSet } from './forge-storage';
import { changeRow, parseRow, readRow, type GuardedRow } from './guarded-row';
import { key, SETTINGS_ENTITY } from './keys';

/** A membership takes some 120 bytes, and Forge keeps documents of up to 240 KiB. */
export const MOST_TEAMS = 100;
export const MOST_MEMBERSHIPS = 1_500;
export const MOST_BOTS = 200;

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
  figures: figureRules.default(NO_FIGURE_RULES),
  /** People by id who are bots although their account says `user`. */
  botIds: z.array(z.string()).readonly().default([]),
  /** What was closed longer ago is deleted and not read again; `null`: everything is kept. */
  retentionDays: z.number().int().nullable().default(null),
  /** When something was last decided that figures depend on, in epoch seconds; 0: never. Older summaries do not have it. */
  changedAt: z.number().int().default(0),
});

export type Team = z.output<typeof storedTeam>;
export type WorkspaceSettings = z.output<typeof storedSettings>;

export const DEFAULT_SETTINGS: WorkspaceSettings = {
  version: 1,
  teams: [],
  showReviewers: true,
  figures: NO_FIGURE_RULES,
  botIds: [],
  retentionDays: null,
  changedAt: 0,
};

/** Guarded, so that of two admins at the same time neither overwrites what the other did. */
const SETTINGS: GuardedRow<WorkspaceSettings> = {
  entityName: SETTINGS_ENTITY,
  key: key.settings(),
  parse: (detail) => storedSettings.parse(detail),
  beginning: DEFAULT_SETTINGS,
};

/** The key under which the settings are read together with other things. */
export const SETTINGS_ITEM = { key: SETTINGS.key, entityName: SETTINGS.entityName } as const;

/** A row that was read with `SETTINGS_ITEM`. */
export function parseSettings(row: unknown): WorkspaceSettings {
  return parseRow(SETTINGS, row);
}

export function readSettings(): Promise<WorkspaceSettings> {
  return readRow(SETTINGS);
}

/**
 * Applies a change to the present settings and returns what it returned; the change may be asked for several times.
 * `also` is written with it or not at all.
 */
export function changeSettings<Result>(
  change: (settings: WorkspaceSettings) => {
    readonly detail: WorkspaceSettings;
    readonly result: Result;
    readonly also?: readonly TransactionSet[];
  },
): Promise<Result> {
  return changeRow(SETTINGS, change);
}
