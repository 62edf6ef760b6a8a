/** What a workspace's admin decided: its teams, and what the screens may show. One document for the installation. */
import { z } from 'zod';
import { get, set } from './forge-storage';
import { key } from './keys';

/** A membership takes some 120 bytes, and Forge keeps documents of up to 240 KiB. */
export const MOST_TEAMS = 100;
export const MOST_MEMBERSHIPS = 1_500;
export const LONGEST_TEAM_NAME = 60;

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

export async function readSettings(): Promise<WorkspaceSettings> {
  const stored = await get(key.settings());
  return stored === undefined ? DEFAULT_SETTINGS : storedSettings.parse(stored);
}

export function saveSettings(settings: WorkspaceSettings): Promise<void> {
  return set(key.settings(), settings);
}
