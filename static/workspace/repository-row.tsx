/** One repository in the workspace's list. */
import { router } from '@forge/bridge';
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { useViewer } from '../shared/viewer';
import { repositoryHref } from '../view-model/links';
import {
  dataCell,
  figureCell,
  openCell,
  overP85Cell,
  weekBars,
  type CellChange,
  type FigureCell,
} from '../view-model/workspace-cells';
import type { WorkspaceRow } from '../view-model/workspace-rows';
import { MergeBars } from './merge-bars';

export function RepositoryRow({
  row,
  days,
  ownAddress,
}: {
  readonly row: WorkspaceRow;
  readonly days: number;
  readonly ownAddress: string;
}): ReactElement {
  const language = useLanguage();
  const merged = figureCell('merged', row, days, language);
  const { state, isTrouble, notes } = dataCell(row, language);
  return (
    <tr>
      <th scope="row">
        <RepositoryLink row={row} ownAddress={ownAddress} />
      </th>
      <Figure cell={{ ...merged, change: null }} />
      <td>
        <MergeBars bars={weekBars(row)} />
        {merged.change !== null && <ChangeNote change={merged.change} />}
      </td>
      <Figure cell={figureCell('time_to_merge', row, days, language)} />
      <Figure cell={figureCell('time_to_first_review', row, days, language)} />
      <Figure cell={figureCell('unreviewed_merge_rate', row, days, language)} />
      <Figure cell={openCell(row, language)} />
      <Figure cell={overP85Cell(row, language)} />
      <td>
        <span className={isTrouble ? 'mark mark-warning' : 'mark'}>{state}</span>
        {notes.map((note) => (
          <div key={note} className="cell-note">
            {note}
          </div>
        ))}
      </td>
    </tr>
  );
}

function RepositoryLink({
  row,
  ownAddress,
}: {
  readonly row: WorkspaceRow;
  readonly ownAddress: string;
}): ReactElement {
  const { workspaceUuid } = useViewer();
  const href = repositoryHref(ownAddress, workspaceUuid, row.uuid);
  return (
    <a
      href={href}
      onClick={(event) => {
        event.preventDefault();
        void (event.ctrlKey || event.metaKey ? router.open(href) : router.navigate(href));
      }}
    >
      {row.name}
    </a>
  );
}

function Figure({ cell }: { readonly cell: FigureCell }): ReactElement {
  const { text, exact, note, change } = cell;
  return (
    <td className="cell-figure" title={exact ?? undefined}>
      {text}
      {note !== null && <div className="cell-note">{note}</div>}
      {change !== null && <ChangeNote change={change} />}
    </td>
  );
}

/** Short for the eye; whoever cannot see it hears the sentence. */
function ChangeNote({ change }: { readonly change: CellChange }): ReactElement {
  const { t } = useLanguage();
  const { amount, direction, sentence } = change;
  const judgement = direction === 'neutral' ? '' : ` ${t(`change.${direction}`)}`;
  return (
    <div className={`cell-note change-${direction}`} title={sentence}>
      <span aria-hidden="true">{`${amount}${judgement}`}</span>
      <span className="visually-hidden">{`${sentence}${judgement}`}</span>
    </div>
  );
}
