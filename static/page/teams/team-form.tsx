/** Creates a team: its name, its first people, and since when these belong to it. */
import Button from '@atlaskit/button/new';
import { useState, type ReactElement, type SyntheticEvent } from 'react';
import type { PersonChoice } from '../../../src/views/reports/filter-choices';
import { useLanguage } from '../../shared/language';
import { PeopleChoice } from './people-choice';
import type { SaveChange } from './saving';
import { TeamName } from './team-name';

const BEGINNINGS = ['now', 'always'] as const;
type Since = (typeof BEGINNINGS)[number];

const BEGINNING_TEXTS = { now: 'teams.fromNow', always: 'teams.fromAlways' } as const;

export function TeamForm({
  people,
  names,
  onSave,
}: {
  readonly people: readonly PersonChoice[];
  readonly names: ReadonlyMap<string, string>;
  readonly onSave: SaveChange;
}): ReactElement {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [since, setSince] = useState<Since>('now');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    void onSave({ kind: 'create', name, personIds: chosen, since }).then((isSaved) => {
      if (!isSaved) return;
      setName('');
      setChosen([]);
    });
  };
  return (
    <details className="team-form">
      <summary>{t('teams.new')}</summary>
      <form onSubmit={submit}>
        <TeamName name={name} onChange={setName} />
        {people.length === 0 ? (
          <p>{t('teams.nobody')}</p>
        ) : (
          <PeopleChoice people={people} names={names} chosen={chosen} onChange={setChosen} />
        )}
        <label className="team-field">
          <span>{t('teams.membersFrom')}</span>
          <select
            value={since}
            onChange={(event) => setSince(BEGINNINGS.find((each) => each === event.target.value) ?? since)}
          >
            {BEGINNINGS.map((each) => (
              <option key={each} value={each}>
                {t(BEGINNING_TEXTS[each])}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" appearance="primary">
          {t('teams.create')}
        </Button>
      </form>
    </details>
  );
}
