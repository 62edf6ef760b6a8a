/** Whether this repository takes part: left out, nothing of it is read or stored. */
import { useState, type ReactElement } from 'react';
import type { RepositorySettingsChange } from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { LeavingOut } from './leaving-out';
import { SavingLine, useSaving } from './saving';
import { SettingsSection } from './settings-section';
import type { SaveSettings } from './use-settings';

export function TakesPartSection({
  takesPart,
  onSave,
}: {
  readonly takesPart: boolean;
  readonly onSave: SaveSettings<RepositorySettingsChange>;
}): ReactElement {
  const { t } = useLanguage();
  const [isAsking, setIsAsking] = useState(false);
  const [saving, run] = useSaving();
  const save = (wanted: boolean): void => {
    setIsAsking(false);
    void run(() => onSave({ kind: 'takes-part', takesPart: wanted }));
  };
  return (
    <SettingsSection title={t('repositories.thisTitle')} about={t('repositories.what')}>
      <label className="settings-check">
        <input
          type="checkbox"
          checked={takesPart}
          disabled={saving.kind === 'saving'}
          onChange={() => (takesPart ? setIsAsking(true) : save(true))}
        />
        {t('repositories.takesPart')}
      </label>
      <SavingLine saving={saving} />
      {isAsking && (
        <LeavingOut name={null} onConfirm={() => save(false)} onClose={() => setIsAsking(false)} />
      )}
    </SettingsSection>
  );
}
