/** Chooses people by name, with a box for each. */
import type { ReactElement } from 'react';
import type { PersonChoice } from '../../../src/views/reports/filter-choices';
import { useLanguage } from '../../shared/language';
import { byName } from '../../view-model/filter-texts';

export function PeopleChoice({
  people,
  names,
  chosen,
  onChange,
}: {
  readonly people: readonly PersonChoice[];
  readonly names: ReadonlyMap<string, string>;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}): ReactElement {
  const language = useLanguage();
  return (
    <fieldset className="people-choice">
      <legend>{language.t('teams.choices')}</legend>
      {byName(people, names, language).map(({ id, name }) => (
        <label key={id} className="teams-choice">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
            }
          />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
