/** Whether figures of single reviewers are shown, which a workspace's admin decides. */
import type { ReactElement } from 'react';
import type { WorkspaceSettingsChange } from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { SavingLine, useSaving } from './saving';
import { SettingsSection } from './settings-section';
import type { SaveSettings } from './use-settings';

export function ReviewersSection({
  showReviewers,
  onSave,
}: {
  readonly showReviewers: boolean;
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
}): ReactElement {
  const { t } = useLanguage();
  const [saving, run] = useSaving();
  return (
    <SettingsSection title={t('teams.reviewersTitle')} about={t('teams.reviewersAbout')}>
      <label className="settings-check">
        <input
          type="checkbox"
          checked={showReviewers}
          disabled={saving.kind === 'saving'}
          onChange={(event) => {
            const wanted = event.target.checked;
            void run(() => onSave({ kind: 'show-reviewers', showReviewers: wanted }));
          }}
        />
        {t('teams.showReviewers')}
      </label>
      <SavingLine saving={saving} />
    </SettingsSection>
  );
}
