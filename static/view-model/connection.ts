/** The connection with Bitbucket in words: how it is, why, and what keeps it. */
import type { ConnectionReason, ConnectionReport } from '../../src/views/reports/connection-report';
import type { Language } from '../shared/language';
import { decimal, instant, share } from './format';
import { ago, workspaceLines, type ProgressLine } from './progress';
import { causeText } from './trouble';

/** Whether another look will show something new. */
export function isChanging({ state, complete, repositories }: ConnectionReport): boolean {
  return state === 'importing' || state === 'erasing' || (state === 'degraded' && complete < repositories);
}

/** Whether the state needs somebody's eyes. */
export function isTrouble({ state }: ConnectionReport): boolean {
  return state !== 'connected' && state !== 'importing';
}

/** The done part of the import from 0 to 1; `null` while no repository is found yet. */
export function importLevel({ complete, repositories }: ConnectionReport): number | null {
  return repositories === 0 ? null : Math.min(1, complete / repositories);
}

export function reasonText(reason: ConnectionReason, language: Language): string {
  const { t } = language;
  switch (reason.kind) {
    case 'trouble':
      return t('connection.trouble', {
        cause: causeText(reason.trouble, language),
        count: reason.repositories,
      });
    case 'rate-limited':
      return t('connection.rateLimited', { instant: instant(reason.until, language) });
    case 'licence-inactive':
      return t('connection.licenceInactive', { instant: instant(reason.since, language) });
    case 'dead-letters':
      return t('connection.deadLetters', { count: reason.count });
    case 'missing-scope':
      return t('connection.missingScope', { scope: reason.scope });
  }
}

/** What is told of the connection in numbers, the newest signs of life first. */
export function connectionLines(report: ConnectionReport, language: Language): readonly ProgressLine[] {
  const { t } = language;
  const { asOf, lastEventAt, lastReconciledAt, reasons, refusedEvents, rewritten } = report;
  const limited = reasons.find((reason) => reason.kind === 'rate-limited');
  const pausedUntil = limited?.until ?? null;
  return [
    {
      name: t('progressName.lastEvent'),
      value: lastEventAt === null ? t('progress.noneYet') : ago(lastEventAt, asOf, language),
      exact: lastEventAt === null ? null : instant(lastEventAt, language),
      meaning: t('connection.lastEventMeaning'),
      level: null,
    },
    {
      name: t('progressName.lastReconciliation'),
      value: lastReconciledAt === null ? t('progress.notYet') : ago(lastReconciledAt, asOf, language),
      exact: lastReconciledAt === null ? null : instant(lastReconciledAt, language),
      meaning: t('progressMeaning.lastReconciliation'),
      level: null,
    },
    ...workspaceLines({ asOf, workspace: { ...report, pausedUntil } }, language),
    {
      name: t('connection.refusedEvents'),
      value: decimal(refusedEvents, 0, language),
      exact: null,
      meaning: t('connection.refusedEventsMeaning'),
      level: null,
    },
    ...(rewritten === null
      ? []
      : [
          {
            name: t('connection.rewritten'),
            value: share(rewritten, language),
            exact: null,
            meaning: t('connection.rewrittenMeaning'),
            level: null,
          },
        ]),
  ];
}
