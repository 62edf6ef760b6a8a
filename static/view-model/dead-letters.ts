/** A piece of work that was given up, in words: what it was for, why it failed, and how often it was tried. */
import type { DeadLetterLine } from '../../src/views/reports/connection-report';
import type { Language } from '../shared/language';
import { instant } from './format';

/** The kinds of work of the app's two queues (src/sync/messages.ts). */
const KINDS = [
  'refresh-pull-request',
  'refresh-repository',
  'remove-repository',
  'refresh-pipelines',
  'refresh-deployment',
  'discover',
  'catch-up',
  'run',
] as const;

export interface DeadLetterRow {
  readonly id: string;
  readonly at: string;
  readonly work: string;
  /** The repository's name where the viewer may see it, else its id cut short; `null` where the work names none. */
  readonly repository: string | null;
  readonly reason: string;
  readonly attempts: string;
}

export function deadLetterRow(
  letter: DeadLetterLine,
  repositories: ReadonlyMap<string, string>,
  language: Language,
): DeadLetterRow {
  const { t } = language;
  const { id, at, repositoryUuid, cause, reason, attempts } = letter;
  return {
    id,
    at: instant(at, language),
    work: workText(letter, language),
    repository:
      repositoryUuid === null
        ? null
        : (repositories.get(repositoryUuid) ?? `${repositoryUuid.replace(/[{}]/g, '').slice(0, 8)}…`),
    reason: t('deadLetters.reason', { cause, reason }),
    attempts: t('deadLetters.attempts', { count: attempts }),
  };
}

function workText({ kind, pullRequest }: DeadLetterLine, { t }: Language): string {
  const known = KINDS.find((each) => each === kind);
  if (known === undefined) return kind ?? t('deadLetters.unreadable');
  return known === 'refresh-pull-request' && pullRequest !== null
    ? t('deadLetters.pullRequest', { pullRequest: String(pullRequest) })
    : t(`deadLetters.${known}`);
}
