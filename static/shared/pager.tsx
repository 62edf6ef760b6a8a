/** Long lists a page at a time. */
import Button from '@atlaskit/button/new';
import { useState, type ReactElement } from 'react';
import { useLanguage } from './language';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 20;

export interface Pages<Row> {
  readonly shown: readonly Row[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly goTo: (page: number) => void;
}

/** The rows of the page that the reader is on; the last one where rows became fewer. */
export function usePages<Row>(rows: readonly Row[], rowsAPage = ROWS_A_PAGE): Pages<Row> {
  const [wanted, goTo] = useState(0);
  const pages = Math.max(1, Math.ceil(rows.length / rowsAPage));
  const page = Math.min(wanted, pages - 1);
  return { shown: rows.slice(page * rowsAPage, (page + 1) * rowsAPage), page, pages, goTo };
}

/** Nothing where one page holds all. */
export function Pager({
  pages: { page, pages, goTo },
}: {
  readonly pages: Pages<unknown>;
}): ReactElement | null {
  const { t } = useLanguage();
  if (pages === 1) return null;
  return (
    <div className="pager">
      <Button isDisabled={page === 0} onClick={() => goTo(page - 1)}>
        {t('explained.previous')}
      </Button>
      <span>{t('explained.page', { page: page + 1, pages })}</span>
      <Button isDisabled={page + 1 === pages} onClick={() => goTo(page + 1)}>
        {t('explained.next')}
      </Button>
    </div>
  );
}
