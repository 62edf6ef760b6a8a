/** The open pull requests as a table that sorts by any column, and what the chance of one was made from. */
import { useState, type ReactElement } from 'react';
import type { OpenWorkReport } from '../../../src/views/reports/open-work-report';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { usePersonNames } from '../../shared/use-person-names';
import {
  OLDEST_FIRST,
  OPEN_COLUMNS,
  orderAfter,
  sortedOpen,
  type OpenColumn,
} from '../../view-model/open-list';
import { useTitles } from '../use-titles';
import { ForecastExplained } from './forecast-explained';
import { OpenRow } from './open-row';
import { SortableHeading } from './sortable-heading';
import { useOpened } from './use-opened';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 50;

const NUMBERS: ReadonlySet<OpenColumn> = new Set(['reviews', 'comments', 'lines']);

export function OpenTable({ report }: { readonly report: OpenWorkReport }): ReactElement {
  const { t } = useLanguage();
  const [order, setOrder] = useState(OLDEST_FIRST);
  const explained = useOpened<number>();
  const pages = usePages(sortedOpen(report.pullRequests, order), ROWS_A_PAGE);
  const rows = pages.shown;
  const titles = useTitles(rows.map(({ id }) => id));
  const names = usePersonNames(
    rows.flatMap(({ id, waitingFor }) => waitingFor.map(({ personId }) => ({ personId, pullRequest: id }))),
  );
  const directionOf = (column: OpenColumn): 'ascending' | 'descending' | null => {
    if (column !== order.column) return null;
    return order.isDescending ? 'descending' : 'ascending';
  };
  return (
    <>
      <section className="card" aria-labelledby="open-list-title">
        <h2 id="open-list-title">{t('openWork.listTitle')}</h2>
        <p className="card-sentence">{t('openWork.listSentence')}</p>
        <div className="scroll" tabIndex={0} role="region" aria-label={t('explained.region')}>
          <table className="open-table">
            <thead>
              <tr>
                {OPEN_COLUMNS.map((column) => (
                  <SortableHeading
                    key={column}
                    name={t(`column.${column}`)}
                    direction={directionOf(column)}
                    {...(NUMBERS.has(column) ? { className: 'number' } : {})}
                    onSort={() => setOrder(orderAfter(order, column))}
                  />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((open) => (
                <OpenRow
                  key={open.id}
                  open={open}
                  report={report}
                  link={titles.get(open.id)}
                  names={names}
                  onExplain={() => explained.open(open.id)}
                />
              ))}
            </tbody>
          </table>
        </div>
        <Pager pages={pages} />
      </section>
      {explained.item !== null && (
        <ForecastExplained key={explained.item} pullRequest={explained.item} onClose={explained.close} />
      )}
    </>
  );
}
