/** A chart in its frame: title, the sentence that says what it means, the drawing, and the same as a table. */
import Button from '@atlaskit/button/new';
import { useId, useState, type ReactElement, type ReactNode } from 'react';
import { useLanguage } from '../shared/language';

export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface ChartCardProps {
  readonly title: string;
  readonly sentence: string;
  readonly table: ChartTable;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

export function ChartCard({ title, sentence, table, children, action }: ChartCardProps): ReactElement {
  const { t } = useLanguage();
  const [isTable, setIsTable] = useState(false);
  const titleId = useId();
  return (
    <section className="card" aria-labelledby={titleId}>
      <div className="card-head">
        <h2 id={titleId}>{title}</h2>
        <Button appearance="subtle" spacing="compact" onClick={() => setIsTable(!isTable)}>
          {t(isTable ? 'chart.showChart' : 'chart.showTable')}
        </Button>
      </div>
      <p className="card-sentence">{sentence}</p>
      {isTable ? <DataTable caption={title} table={table} /> : children}
      {action}
    </section>
  );
}

export function DataTable({
  caption,
  table,
}: {
  readonly caption: string;
  readonly table: ChartTable;
}): ReactElement {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, line) => (
            <tr key={line}>
              {cells.map((cell, place) =>
                place === 0 ? (
                  <th key={place} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={place}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
