/** Applies a retention that was changed at once, rather than at the next daily look. */
import type { EpochSeconds } from '../../facts/pull-request-facts';
import { restartJob } from '../../storage/jobs';
import { sendWork } from '../messages';
import { retentionBeginning } from './retention-state';

/** To be called after the settings are saved: the look that begins now reads them. */
export async function applyRetention(workspaceUuid: string, now: EpochSeconds): Promise<void> {
  await restartJob('retention', now, retentionBeginning());
  await sendWork({ version: 1, kind: 'run', workspaceUuid });
}
