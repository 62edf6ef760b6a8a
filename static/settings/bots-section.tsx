/** People who are bots although their account does not say so: no figure counts them unless a reader asks for it. */
import { useId, useState, type ReactElement, type SyntheticEvent } from 'react';
import Button from '@atlaskit/button/new';
import type { PersonChoice } from '../../src/views/reports/filter-choices';
import type { WorkspaceSettingsChange } from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { usePersonNames } from '../shared/use-person-names';
import { byName } from '../view-model/filter-texts';
import { SavingLine, useSaving } from './saving';
import { SettingsSection } from './settings-section';
import type { SaveSettings } from './use-settings';

export function BotsSection({
  people,
  botIds,
  onSave,
}: {
  readonly people: readonly PersonChoice[];
  readonly botIds: readonly string[];
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const id = useId();
  const [saving, run] = useSaving();
  const [chosenId, setChosenId] = useState('');
  const names = usePersonNames(people);
  const bots = byName(
    botIds.map((personId) => ({ personId })),
    names,
    language,
  );
  const others = byName(
    people.filter(({ personId }) => !botIds.includes(personId)),
    names,
    language,
  );
  const change = (personId: string, isBot: boolean): void => {
    void run(() => onSave({ kind: 'bot', personId, isBot })).then((isSaved) => isSaved && setChosenId(''));
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (chosenId !== '') change(chosenId, true);
  };
  return (
    <SettingsSection title={t('bots.title')} about={t('bots.about')}>
      {bots.length === 0 ? (
        <p>{t('bots.none')}</p>
      ) : (
        <ul className="settings-rows">
          {bots.map((bot) => (
            <li key={bot.id}>
              {bot.name}
              <button
                type="button"
                className="link"
                aria-label={t('bots.removeNamed', { person: bot.name })}
                onClick={() => change(bot.id, false)}
              >
                {t('bots.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <form className="settings-actions" onSubmit={submit}>
        <label htmlFor={id}>{t('bots.choose')}</label>
        <select
          id={id}
          className="settings-input"
          value={chosenId}
          onChange={(event) => setChosenId(event.target.value)}
        >
          <option value="">{t('bots.nobody')}</option>
          {others.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
        <Button type="submit" isDisabled={chosenId === '' || saving.kind === 'saving'}>
          {t('bots.add')}
        </Button>
        <SavingLine saving={saving} takesFocus />
      </form>
    </SettingsSection>
  );
}
