/** The list of repositories: filtered by name, sorted by any column, fifty at a time. */
import { useId, useMemo, useState, type ReactElement } from 'react';
import { useLanguage, type Language } from '../shared/language';
import { Pager, usePages } from '../shared/pager';
import { useViewer } from '../shared/viewer';
import {
  WORKSPACE_COLUMNS,
  arranged,
  beginsAscending,
  type Arrangement,
  type WorkspaceColumn,
  type WorkspaceRow,
} from '../view-model/workspace-rows';
import { RepositoryRow } from './repository-row';

const ROWS_A_PAGE = 50;

const FIRST_SIGHT: Arrangement = { filter: '', showsQuiet: false, column: 'merged', isAscending: false };

export function RepositoryTable({
  rows: all,
  days,
}: {
  readonly rows: readonly WorkspaceRow[];
  readonly days: number;
}): ReactElement {
  const { t, locale } = useLanguage();
  const [arrangement, setArrangement] = useState<Arrangement>(FIRST_SIGHT);
  const { address: ownAddress } = useViewer();
  const { rows, quiet } = useMemo(() => arranged(all, arrangement, locale), [all, arrangement, locale]);
  const pages = usePages(rows, ROWS_A_PAGE);
  const change = (changed: Partial<Arrangement>): void => {
    setArrangement({ ...arrangement, ...changed });
    pages.goTo(0);
  };
  const sortBy = (column: WorkspaceColumn): void =>
    change({
      column,
      isAscending: column === arrangement.column ? !arrangement.isAscending : beginsAscending(column),
    });
  return (
    <section className="card" aria-label={t('workspacePage.region')}>
      <Choices arrangement={arrangement} quiet={quiet} days={days} onChange={change} />
      <p className="quiet" role="status">
        {rows.length === 0 ? t('workspacePage.noMatch') : t('workspacePage.shown', { count: rows.length })}
      </p>
      {rows.length > 0 && (
        <div className="scroll" tabIndex={0} role="region" aria-label={t('workspacePage.title')}>
          <table className="repositories">
            <thead>
              <tr>
                {WORKSPACE_COLUMNS.map((column) => (
                  <SortHead key={column} column={column} arrangement={arrangement} onSort={sortBy} />
                ))}
              </tr>
            </thead>
            <tbody>
              {pages.shown.map((row) => (
                <RepositoryRow key={row.uuid} row={row} days={days} ownAddress={ownAddress} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager pages={pages} />
    </section>
  );
}

function Choices({
  arrangement,
  quiet,
  days,
  onChange,
}: {
  readonly arrangement: Arrangement;
  readonly quiet: number;
  readonly days: number;
  readonly onChange: (changed: Partial<Arrangement>) => void;
}): ReactElement {
  const { t } = useLanguage();
  const filter = useId();
  return (
    <div className="repository-choices">
      <label htmlFor={filter}>{t('workspacePage.filter')}</label>
      <input
        id={filter}
        type="search"
        value={arrangement.filter}
        onChange={(event) => onChange({ filter: event.target.value })}
      />
      {(quiet > 0 || arrangement.showsQuiet) && (
        <label>
          <input
            type="checkbox"
            checked={arrangement.showsQuiet}
            onChange={(event) => onChange({ showsQuiet: event.target.checked })}
          />{' '}
          {t('workspacePage.showQuiet', { count: quiet, days })}
        </label>
      )}
    </div>
  );
}

function SortHead({
  column,
  arrangement,
  onSort,
}: {
  readonly column: WorkspaceColumn;
  readonly arrangement: Arrangement;
  readonly onSort: (column: WorkspaceColumn) => void;
}): ReactElement {
  const language = useLanguage();
  const { name, reading, meaning } = headOf(column, language);
  const isSorted = column === arrangement.column;
  const direction = arrangement.isAscending ? 'ascending' : 'descending';
  return (
    <th scope="col" {...(isSorted ? { 'aria-sort': direction } : {})}>
      <button type="button" className="sort-head" title={meaning ?? undefined} onClick={() => onSort(column)}>
        {name}
        {isSorted && (
          <svg className="arrow" viewBox="0 0 10 8" width="10" height="8" aria-hidden="true">
            <path d={arrangement.isAscending ? 'M5 0 10 8H0z' : 'M5 8 0 0h10z'} />
          </svg>
        )}
        {reading !== null && <span className="cell-note">{reading}</span>}
      </button>
    </th>
  );
}

function headOf(
  column: WorkspaceColumn,
  { t }: Language,
): { readonly name: string; readonly reading: string | null; readonly meaning: string | null } {
  switch (column) {
    case 'time_to_merge':
    case 'time_to_first_review':
      return {
        name: t(`metricName.${column}`),
        reading: t('reading.median'),
        meaning: t(`metricMeaning.${column}`),
      };
    case 'unreviewed_merge_rate':
      return {
        name: t(`metricName.${column}`),
        reading: t('reading.ofMerges'),
        meaning: t(`metricMeaning.${column}`),
      };
    case 'openOverP85':
      return {
        name: t('workspacePage.openOverP85'),
        reading: t('workspacePage.openOverP85Reading'),
        meaning: t('workspacePage.openOverP85Meaning'),
      };
    case 'repository':
    case 'merged':
    case 'trend':
    case 'open':
    case 'data':
      return { name: t(`workspacePage.${column}`), reading: null, meaning: null };
  }
}
