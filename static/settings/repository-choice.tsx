/** Chooses one of the workspace's repositories, read in the browser as the viewer; the latest updated one at first. */
import { useEffect, useId, useState, type ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import type { ListedRepository } from '../view-model/viewer-lists';
import { RepositorySearch } from './repository-search';
import { Loaded } from './settings-section';
import { useRepositoryPage } from './use-repository-page';

export function RepositoryChoice({
  chosenUuid,
  leftOut,
  onChoose,
}: {
  readonly chosenUuid: string | null;
  /** Nothing is known of these. */
  readonly leftOut: readonly string[];
  readonly onChoose: (uuid: string) => void;
}): ReactElement {
  const { t } = useLanguage();
  const [name, setName] = useState('');
  const [state, again] = useRepositoryPage(1, name);
  return (
    <>
      <RepositorySearch onSearch={setName} />
      <Loaded state={state} onRetry={again}>
        {({ repositories }) => (
          <Choice
            repositories={repositories.filter(({ uuid }) => !leftOut.includes(uuid))}
            chosenUuid={chosenUuid}
            none={t(name === '' ? 'repositories.none' : 'repositories.noMatch')}
            onChoose={onChoose}
          />
        )}
      </Loaded>
    </>
  );
}

function Choice({
  repositories,
  chosenUuid,
  none,
  onChoose,
}: {
  readonly repositories: readonly ListedRepository[];
  readonly chosenUuid: string | null;
  readonly none: string;
  readonly onChoose: (uuid: string) => void;
}): ReactElement {
  const { t } = useLanguage();
  const id = useId();
  const first = repositories[0]?.uuid;
  const isListed = repositories.some(({ uuid }) => uuid === chosenUuid);
  useEffect(() => {
    if (!isListed && first !== undefined) onChoose(first);
  }, [isListed, first, onChoose]);
  if (first === undefined) return <p role="status">{none}</p>;
  return (
    <div className="settings-actions">
      <label htmlFor={id}>{t('people.repository')}</label>
      <select
        id={id}
        className="settings-input"
        value={chosenUuid ?? first}
        onChange={(event) => onChoose(event.target.value)}
      >
        {repositories.map(({ uuid, name }) => (
          <option key={uuid} value={uuid}>
            {name}
          </option>
        ))}
      </select>
    </div>
  );
}
