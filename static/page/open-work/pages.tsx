/** A long list page by page. */
import Button from '@atlaskit/button/new';
import { useState, type ReactElement } from 'react';
import { useLanguage } from '../../shared/language';

interface Pages<Row> {
  readonly rows: readonly Row[];
  readonly pager: ReactElement | null;
}

/** The rows of the page that is shown, and the buttons to turn it; none where everything fits on one. */
export function usePages<Row>(all: readonly Row[], rowsAPage: number): Pages<Row> {
  const { t } = useLanguage();
  const [turned, setTurned] = useState(0);
  const pages = Math.max(1, Math.ceil(all.length / rowsAPage));
  const page = Math.min(turned, pages - 1);
  return {
    rows: all.slice(page * rowsAPage, (page + 1) * rowsAPage),
    pager:
      pages === 1 ? null : (
        <div className="pager">
          <Button isDisabled={page === 0} onClick={() => setTurned(page - 1)}>
            {t('explained.previous')}
          </Button>
          <span>{t('explained.page', { page: page + 1, pages })}</span>
          <Button isDisabled={page + 1 === pages} onClick={() => setTurned(page + 1)}>
            {t('explained.next')}
          </Button>
        </div>
      ),
  };
}
