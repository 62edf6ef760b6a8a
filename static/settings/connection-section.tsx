/** How the connection with Bitbucket is: in a word, in a sentence, and in numbers. */
import type { ReactElement } from 'react';
import type { ConnectionReport } from '../../src/views/reports/connection-report';
import { Lines } from '../page/data-report';
import { LevelBar } from '../page/level-bar';
import { POLL_SECONDS } from '../shared/use-report';
import { useLanguage } from '../shared/language';
import { connectionLines, importLevel, isChanging, isTrouble, reasonText } from '../view-model/connection';
import { duration, instant } from '../view-model/format';
import { countedText } from '../view-model/progress';
import { SettingsSection } from './settings-section';
import { StateSign } from './state-sign';

const SIGNS = {
  connected: 'good',
  importing: 'moving',
  degraded: 'trouble',
  erasing: 'moving',
  disconnected: 'off',
} as const;

export function ConnectionSection({ report }: { readonly report: ConnectionReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { state, reasons, remainingSeconds, repositories, complete } = report;
  const level = importLevel(report);
  const counted = countedText(report, language);
  return (
    <SettingsSection title={t('connection.title')} about={t('connection.about')}>
      <p role="status" className="connection-state">
        <span className={isTrouble(report) ? 'mark mark-warning' : 'mark mark-good'}>
          <StateSign sign={SIGNS[state]} /> {t(`connection.${state}`)}
        </span>{' '}
        {t(`connectionMeaning.${state}`)}
      </p>
      {reasons.length > 0 && (
        <ul className="reasons">
          {reasons.map((reason) => {
            const text = reasonText(reason, language);
            return <li key={text}>{text}</li>;
          })}
        </ul>
      )}
      {complete < repositories && state !== 'disconnected' && state !== 'erasing' && (
        <div className="import-level">
          <p>
            {remainingSeconds === null
              ? t('connection.importOf', { done: complete, all: repositories })
              : t('connection.importOfLeft', {
                  done: complete,
                  all: repositories,
                  duration: duration(Math.max(1, remainingSeconds), language),
                })}
          </p>
          <LevelBar
            role="progressbar"
            name={t('connection.importBar')}
            level={level}
            text={t('progress.of', { done: complete, all: repositories })}
          />
        </div>
      )}
      <Lines lines={connectionLines(report, language)} />
      <p className="quiet">
        {t('data.asOf', { instant: instant(report.asOf, language) })}
        {counted !== null && ` ${counted}`}
        {isChanging(report) && ` ${t('data.lookedAtAgain', { seconds: POLL_SECONDS })}`}
      </p>
    </SettingsSection>
  );
}
