/** Work that was given up: shown to those who administer the workspace, and sent again. */
import { z } from 'zod';
import type { EpochSeconds } from '../facts/pull-request-facts';
import { auditWrite, WORKSPACE_SCOPE } from '../storage/audit';
import { transact } from '../storage/forge-storage';
import {
  readDeadLetters,
  readDeadLettersById,
  removeDeadLetters,
  type KeptDeadLetter,
} from '../storage/inbox';
import { withBraces } from '../storage/keys';
import { sendAgain } from '../sync/replay';
import type { WorkspacePlace } from './places';
import type { DeadLetterLine, DeadLettersReport, ReplayAnswer } from './reports/connection-report';
import { RequestRefused } from './request-refused';

/** As many as one look shows, and as one call sends again: a fifth of what Forge lets be pushed in a minute. */
const MOST_LETTERS = 100;

/** What a message says of its work, whichever queue it is for. */
const work = z.object({
  kind: z.string(),
  repository: z.string().optional(),
  pullRequest: z.number().int().optional(),
});

/** For the workspace's administrators, which the resolver proves. */
export async function deadLettersOf(_place: WorkspacePlace, now: EpochSeconds): Promise<DeadLettersReport> {
  const letters = await latest();
  return {
    asOf: now,
    letters: letters.slice(0, MOST_LETTERS).map(lineOf),
    total: letters.length,
  };
}

/**
 * Sends letters to their queues again: those with the ids, or the latest hundred. A letter is removed only after a queue
 * took its message, and what is sent is entered in the audit list before: whatever ends this call early, at worst a
 * message is sent twice, which does no harm. For the workspace's administrators, which the resolver proves. Throws
 * RequestRefused where the queues took nothing.
 */
export async function replayDeadLettersOf(
  place: WorkspacePlace,
  ids: readonly string[] | 'all',
  now: EpochSeconds,
): Promise<ReplayAnswer> {
  const letters = ids === 'all' ? await latest() : await readDeadLettersById(ids);
  const outcomes = await sendAgain(letters.slice(0, MOST_LETTERS), now);
  const sent = outcomes.filter(({ replay }) => replay === 'sent').map(({ id }) => id);
  if (sent.length > 0) {
    const change = { what: 'replay', before: null, after: sent.length };
    await transact([auditWrite(WORKSPACE_SCOPE, { at: now, by: place.accountId, ...change })]);
    await removeDeadLetters(sent);
  } else if (outcomes.some(({ replay }) => replay === 'refused')) {
    throw new RequestRefused(
      'unavailable',
      'Forge’s queue did not take the work; nothing is lost. Try again in a minute.',
    );
  }
  return { replayed: sent.length, report: await deadLettersOf(place, now) };
}

async function latest(): Promise<readonly KeptDeadLetter[]> {
  return (await readDeadLetters()).toSorted((a, b) => b.at - a.at || a.id.localeCompare(b.id));
}

function lineOf({ id, message, cause, reason, attempts, at }: KeptDeadLetter): DeadLetterLine {
  const read = work.safeParse(message);
  const { kind = null, repository, pullRequest = null } = read.success ? read.data : {};
  return {
    id,
    at,
    kind,
    repositoryUuid: repository === undefined ? null : withBraces(repository),
    pullRequest,
    cause,
    reason,
    attempts,
  };
}
