/** Which repositories take part: the list is read in the browser as the viewer, a page at a time. */
import { useState, type ReactElement } from 'react';
import type { WorkspaceSettingsChange } from '../../src/views/reports/settings-report';
import { useLanguage } from '../shared/language';
import { Pager } from '../shared/pager';
import type { ListedRepository } from '../view-model/viewer-lists';
import { LeavingOut } from './leaving-out';
import { RepositorySearch } from './repository-search';
import { SavingLine, useSaving } from './saving';
import { Loaded, SettingsSection } from './settings-section';
import { REPOSITORIES_A_PAGE, useRepositoryPage } from './use-repository-page';
import type { SaveSettings } from './use-settings';

export function RepositoriesSection({
  leftOut,
  onSave,
}: {
  readonly leftOut: readonly string[];
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
}): ReactElement {
  const { t } = useLanguage();
  const [page, setPage] = useState(1);
  const [name, setName] = useState('');
  const [state, again] = useRepositoryPage(page, name);
  return (
    <SettingsSection title={t('repositories.title')} about={t('repositories.about')}>
      <p>{t('repositories.leftOut', { count: leftOut.length })}</p>
      <RepositorySearch
        onSearch={(wanted) => {
          setName(wanted);
          setPage(1);
        }}
      />
      <Loaded state={state} onRetry={again}>
        {({ repositories, total, hasNext }) => (
          <>
            {repositories.length === 0 ? (
              <p>{t(name === '' ? 'repositories.none' : 'repositories.noMatch')}</p>
            ) : (
              <ul className="settings-rows">
                {repositories.map((repository) => (
                  <RepositoryLine
                    key={repository.uuid}
                    repository={repository}
                    takesPart={!leftOut.includes(repository.uuid)}
                    onSave={onSave}
                  />
                ))}
              </ul>
            )}
            <Pager
              pages={{
                shown: repositories,
                page: page - 1,
                pages:
                  total === null
                    ? page + Number(hasNext)
                    : Math.max(1, Math.ceil(total / REPOSITORIES_A_PAGE)),
                goTo: (wanted) => setPage(wanted + 1),
              }}
            />
          </>
        )}
      </Loaded>
    </SettingsSection>
  );
}

function RepositoryLine({
  repository,
  takesPart,
  onSave,
}: {
  readonly repository: ListedRepository;
  readonly takesPart: boolean;
  readonly onSave: SaveSettings<WorkspaceSettingsChange>;
}): ReactElement {
  const { t } = useLanguage();
  const [isAsking, setIsAsking] = useState(false);
  const [saving, run] = useSaving();
  const { uuid, name } = repository;
  const save = (wanted: boolean): void => {
    setIsAsking(false);
    void run(() => onSave({ kind: 'takes-part', repositoryUuid: uuid, takesPart: wanted }));
  };
  return (
    <li aria-busy={saving.kind === 'saving'}>
      <label className="settings-check">
        <input
          type="checkbox"
          checked={takesPart}
          disabled={saving.kind === 'saving'}
          onChange={() => (takesPart ? setIsAsking(true) : save(true))}
        />
        {name}
      </label>
      {!takesPart && <span className="mark mark-warning">{t('repositories.isLeftOut')}</span>}
      <SavingLine saving={saving} />
      {isAsking && (
        <LeavingOut name={name} onConfirm={() => save(false)} onClose={() => setIsAsking(false)} />
      )}
    </li>
  );
}
