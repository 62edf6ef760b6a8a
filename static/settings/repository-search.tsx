/** Looks for repositories by a part of their name. */
import Button from '@atlaskit/button/new';
import { useId, useState, type ReactElement, type SyntheticEvent } from 'react';
import { useLanguage } from '../shared/language';

export function RepositorySearch({ onSearch }: { readonly onSearch: (name: string) => void }): ReactElement {
  const { t } = useLanguage();
  const id = useId();
  const [name, setName] = useState('');
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onSearch(name.trim());
  };
  return (
    <form role="search" className="settings-actions" onSubmit={submit}>
      <label htmlFor={id}>{t('repositories.search')}</label>
      <input
        id={id}
        className="settings-input"
        type="search"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit">{t('repositories.find')}</Button>
    </form>
  );
}
