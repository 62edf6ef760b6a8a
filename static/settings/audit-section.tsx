/** The list of changes: who, when, what, from which value to which. Names are read in the browser as the viewer. */
import type { ReactElement } from 'react';
import type { AuditReport } from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { Pager, usePages } from '../shared/pager';
import { useAnswer } from '../shared/use-answer';
import { useViewer } from '../shared/viewer';
import { auditRow } from '../view-model/audit';
import type { SettingsPlace } from '../view-model/figure-rules';
import { Loaded, SettingsSection } from './settings-section';
import { useRecentNames } from './use-recent-names';
import { useRepositoryNames } from './use-repository-names';

const FUNCTIONS = { workspace: 'workspaceAudit', repository: 'repositoryAudit' } as const;

export function AuditSection({ place }: { readonly place: SettingsPlace }): ReactElement {
  const { t } = useLanguage();
  const [state, again] = useAnswer(FUNCTIONS[place], {});
  return (
    <SettingsSection title={t('audit.title')} about={t('audit.about', { place })}>
      <Loaded state={state} onRetry={again}>
        {(report) => (report.entries.length === 0 ? <p>{t('audit.none')}</p> : <Changes report={report} />)}
      </Loaded>
    </SettingsSection>
  );
}

function Changes({ report }: { readonly report: AuditReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { accountId } = useViewer();
  const people = new Map([...useRecentNames(), [accountId, t('audit.you')] as const]);
  const repositories = useRepositoryNames();
  const pages = usePages(report.entries);
  return (
    <>
      {report.isCut && <p className="quiet">{t('audit.cut', { count: report.entries.length })}</p>}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('audit.region')}>
        <table className="audit">
          <thead>
            <tr>
              <th scope="col">{t('audit.columnWhen')}</th>
              <th scope="col">{t('audit.columnWho')}</th>
              <th scope="col">{t('audit.columnWhat')}</th>
              <th scope="col">{t('audit.columnChange')}</th>
            </tr>
          </thead>
          <tbody>
            {pages.shown.map((entry, place) => {
              const { at, by, what, change } = auditRow(entry, { people, repositories }, language);
              // Two changes may have been made in one second.
              return (
                <tr key={`${entry.at} ${place}`}>
                  <td>{at}</td>
                  <td>{by}</td>
                  <td>{what}</td>
                  <td>{change}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} />
    </>
  );
}
