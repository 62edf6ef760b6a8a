/** Asks before a repository is left out, which deletes what is stored of it. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { Confirmation } from './confirmation';

export function LeavingOut({
  name,
  onConfirm,
  onClose,
}: {
  /** The repository's; `null` where the page is of one repository alone. */
  readonly name: string | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <Confirmation
      title={name === null ? t('repositories.questionThis') : t('repositories.question', { name })}
      confirm={t('repositories.confirm')}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>{t('repositories.what')}</p>
    </Confirmation>
  );
}
