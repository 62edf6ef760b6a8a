/** How long what is stored is kept; a shorter time deletes, so it is asked for twice. */
import Button from '@atlaskit/button/new';
import { useId, useState, type ReactElement, type SyntheticEvent } from 'react';
import type { WorkspaceSettingsChange } from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { chosen } from '../view-model/figure-rules';
import { deletesMore, RETENTIONS, retentionText } from '../view-model/retention';
import { Confirmation } from './confirmation';
import { SavingLine, useSaving } from './saving';
import { SettingsSection } from './settings-section';
import type { SaveSettings } from './use-settings';

/** `null` keeps everything. */
const TEXTS = RETENTIONS.map(String);

export function RetentionSection({
  days,
  onSave,
}: {
  readonly days: number | null;
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const id = useId();
  const [draft, setDraft] = useState(days);
  const [isAsking, setIsAsking] = useState(false);
  const [saving, run] = useSaving();
  const isChanged = draft !== days;
  const save = (): void => {
    setIsAsking(false);
    void run(() => onSave({ kind: 'retention', days: draft }));
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (deletesMore(draft, days)) setIsAsking(true);
    else save();
  };
  return (
    <SettingsSection title={t('retention.title')} about={t('retention.about')}>
      <form className="settings-actions" onSubmit={submit} aria-busy={saving.kind === 'saving'}>
        <label htmlFor={id}>{t('retention.keep')}</label>
        <select
          id={id}
          className="settings-input"
          value={String(draft)}
          onChange={(event) => {
            const text = chosen(TEXTS, event.target.value, String(draft));
            setDraft(RETENTIONS[TEXTS.indexOf(text)] ?? null);
          }}
        >
          {RETENTIONS.map((each) => (
            <option key={String(each)} value={String(each)}>
              {retentionText(each, language)}
            </option>
          ))}
        </select>
        {isChanged && (
          <>
            <Button type="submit" appearance="primary" isDisabled={saving.kind === 'saving'}>
              {t('settings.save')}
            </Button>
            <Button onClick={() => setDraft(days)}>{t('settings.cancel')}</Button>
          </>
        )}
        <SavingLine saving={saving} takesFocus />
      </form>
      {isAsking && (
        <Confirmation
          title={t('retention.question')}
          confirm={t('retention.confirm')}
          onConfirm={save}
          onClose={() => setIsAsking(false)}
        >
          <p>{t('retention.what', { kept: retentionText(draft, language) })}</p>
        </Confirmation>
      )}
    </SettingsSection>
  );
}
