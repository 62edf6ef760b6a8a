/** Who reviews whom as a table of shades, each with its number; one stop of the keyboard, then the arrow keys. */
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { decimal } from '../view-model/format';
import type { MatrixCell, NamedMatrix } from '../view-model/review-matrix';
import './review-matrix-chart.css';

interface Place {
  readonly row: number;
  readonly column: number;
}

const STEPS: Readonly<Record<string, Place>> = {
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
};

export function ReviewMatrixChart({ matrix }: { readonly matrix: NamedMatrix }): ReactElement {
  const { t } = useLanguage();
  const table = useRef<HTMLTableElement>(null);
  const [stop, setStop] = useState<Place>({ row: 0, column: 0 });
  const [read, setRead] = useState<MatrixCell | null>(null);
  const { reviewers, rows } = matrix;

  const move = (event: KeyboardEvent, from: Place): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const row = within(from.row + step.row, rows.length);
    const column = within(from.column + step.column, reviewers.length);
    const buttons = table.current?.querySelectorAll('button');
    buttons?.item(row * reviewers.length + column).focus();
  };

  return (
    <>
      <div className="scroll">
        <table ref={table} className="matrix">
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t('reviews.matrixCorner')}</span>
              </th>
              {reviewers.map(({ id, name }) => (
                <th key={id} scope="col" title={name}>
                  <span className="matrix-reviewer">{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ authorId, name, cells }, row) => (
              <tr key={authorId}>
                <th scope="row" title={name}>
                  <span className="matrix-author">{name}</span>
                </th>
                {cells.map((cell, column) => (
                  <td key={cell.reviewerId}>
                    <Cell
                      cell={cell}
                      isStop={row === stop.row && column === stop.column}
                      onRead={(isRead) => setRead(isRead ? cell : null)}
                      onFocus={() => setStop({ row, column })}
                      onKeyDown={(event) => move(event, { row, column })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="readout">{read?.sentence ?? t('reviews.matrixHint')}</p>
    </>
  );
}

function Cell({
  cell,
  isStop,
  onRead,
  onFocus,
  onKeyDown,
}: {
  readonly cell: MatrixCell;
  readonly isStop: boolean;
  readonly onRead: (isRead: boolean) => void;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}): ReactElement {
  const language = useLanguage();
  const { pullRequests, level, isSelf, sentence } = cell;
  return (
    <button
      type="button"
      className={`matrix-cell ${isSelf ? 'matrix-self' : `matrix-${level}`}`}
      tabIndex={isStop ? 0 : -1}
      aria-label={sentence}
      onFocus={() => {
        onFocus();
        onRead(true);
      }}
      onBlur={() => onRead(false)}
      onMouseEnter={() => onRead(true)}
      onMouseLeave={() => onRead(false)}
      onKeyDown={onKeyDown}
    >
      {pullRequests > 0 && decimal(pullRequests, 0, language)}
    </button>
  );
}

/** The nearest place from 0 that there is. */
function within(place: number, count: number): number {
  return Math.min(Math.max(0, place), count - 1);
}
