/** Each permission of the app: why, which figures it feeds, and whether it is granted. */
import Button from '@atlaskit/button/new';
import type { ReactElement } from 'react';
import type { ConnectionReport, Scope, ScopeState } from '../../src/views/reports/connection-report';
import { call } from '../api';
import { useLanguage, type MessageKey } from '../shared/language';
import { instant } from '../view-model/format';
import { fedFigures, scopeStates } from '../view-model/scope-figures';
import { SavingLine, useSaving } from './saving';
import { SettingsSection } from './settings-section';
import { StateSign } from './state-sign';

/** Complete by the compiler: what each permission is for. */
const REASONS: Readonly<Record<Scope, MessageKey>> = {
  'storage:app': 'permissions.storage',
  'read:repository:bitbucket': 'permissions.repository',
  'read:pullrequest:bitbucket': 'permissions.pullRequest',
  'read:pipeline:bitbucket': 'permissions.pipeline',
  'report:personal-data': 'permissions.personalData',
};

const GRANTED = {
  granted: ['good', 'mark mark-good'],
  missing: ['trouble', 'mark mark-warning'],
  unknown: ['unknown', 'mark'],
} as const;

export function PermissionsSection({
  scopes,
  onChecked,
}: {
  readonly scopes: readonly ScopeState[];
  readonly onChecked: (report: ConnectionReport) => void;
}): ReactElement {
  const { t } = useLanguage();
  const [saving, run] = useSaving();
  const check = (): void => {
    void run(async () => {
      onChecked(await call('checkPermissions', {}));
      return { message: t('permissions.checked') };
    });
  };
  return (
    <SettingsSection title={t('permissions.title')} about={t('permissions.about')}>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('permissions.region')}>
        <table className="permissions">
          <thead>
            <tr>
              <th scope="col">{t('permissions.columnScope')}</th>
              <th scope="col">{t('permissions.columnGranted')}</th>
              <th scope="col">{t('permissions.columnFigures')}</th>
            </tr>
          </thead>
          <tbody>
            {scopeStates(scopes).map((state) => (
              <PermissionRow key={state.scope} state={state} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="settings-actions">
        <Button isDisabled={saving.kind === 'saving'} onClick={check}>
          {t('permissions.check')}
        </Button>
        <SavingLine saving={saving} />
      </div>
    </SettingsSection>
  );
}

function PermissionRow({ state }: { readonly state: ScopeState }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { scope, granted, checkedAt } = state;
  const [sign, className] = GRANTED[granted];
  const fed = fedFigures(scope);
  return (
    <tr>
      <th scope="row">
        <code>{scope}</code>
        <div className="quiet">{t(REASONS[scope])}</div>
      </th>
      <td>
        <span className={className}>
          <StateSign sign={sign} /> {t(`permissions.${granted}`)}
        </span>
        {checkedAt !== null && (
          <div className="quiet">{t('permissions.checkedAt', { instant: instant(checkedAt, language) })}</div>
        )}
      </td>
      <td>
        {fed.kind === 'all' && t('permissions.allFigures')}
        {fed.kind === 'none' && t('permissions.noFigures')}
        {fed.kind === 'some' && (
          <details>
            <summary>{t('permissions.someFigures', { count: fed.figures.length })}</summary>
            {fed.figures.map((figure) => t(`metricName.${figure}`)).join(', ')}
          </details>
        )}
      </td>
    </tr>
  );
}
