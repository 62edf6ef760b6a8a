/** The same pull requests under several tools' rules, side by side, with the list behind each number. */
import type { ReactElement } from 'react';
import type { DefinedMetric } from '../../../src/metrics/definitions/definition';
import type { Tool } from '../../../src/metrics/definitions/other-definitions';
import type { DefinitionsReport } from '../../../src/views/reports/definitions-report';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import {
  definitionCells,
  ruleOf,
  TOOL_NAMES,
  TOOLS,
  type DefinitionCell,
} from '../../view-model/definitions';
import { useOpened } from '../open-work/use-opened';
import { ListedNumberPanel } from './listed-number';

/** Which number is explained. */
interface Chosen {
  readonly tool: Tool;
  readonly metric: DefinedMetric;
}

export function DefinitionsSection(): ReactElement {
  const { t } = useLanguage();
  const query = useQuery();
  const [state, again] = useAnswer('definitions', { query });
  return (
    <Answered state={state} loading={t('loading.part')} onRetry={again}>
      {(report) => <Definitions key={JSON.stringify(query)} report={report} />}
    </Answered>
  );
}

function Definitions({ report }: { readonly report: DefinitionsReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { item, open, close } = useOpened<Chosen>();
  return (
    <>
      {!report.isWhole && <p role="status">{t('allMetrics.partial')}</p>}
      <p className="card-sentence">{t('definitions.sentence', { count: report.merged })}</p>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('definitions.title')}>
        <table className="definitions">
          <thead>
            <tr>
              <th scope="col">{t('column.figure')}</th>
              {TOOLS.map((tool) => (
                <th key={tool} scope="col">
                  {TOOL_NAMES[tool]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.rows.map((row) => (
              <tr key={row.metric}>
                <th scope="row">{t(`metricName.${row.metric}`)}</th>
                {definitionCells(row, language).map((cell, place) => (
                  <td key={place}>
                    {cell === null ? (
                      <span className="quiet">{t('definitions.notDefined')}</span>
                    ) : (
                      <Cell
                        cell={cell}
                        isOpen={item?.tool === cell.tool && item.metric === cell.metric}
                        onOpen={open}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {item !== null && <Behind key={`${item.tool}:${item.metric}`} chosen={item} onClose={close} />}
    </>
  );
}

function Cell({
  cell,
  isOpen,
  onOpen,
}: {
  readonly cell: DefinitionCell;
  readonly isOpen: boolean;
  readonly onOpen: (chosen: Chosen) => void;
}): ReactElement {
  const { tool, metric, value, n, rule, mean, difference } = cell;
  return (
    <>
      <button type="button" className="link" aria-expanded={isOpen} onClick={() => onOpen({ tool, metric })}>
        {value}
      </button>{' '}
      <span className="quiet">{n}</span>
      {mean !== null && <div>{mean}</div>}
      {difference !== null && <div>{difference}</div>}
      <div className="quiet rule">{rule}</div>
    </>
  );
}

function Behind({
  chosen: { tool, metric },
  onClose,
}: {
  readonly chosen: Chosen;
  readonly onClose: () => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const query = useQuery();
  const answer = useAnswer('explainDefinition', { query, tool, metric });
  return (
    <ListedNumberPanel
      title={t('definitions.behind', { name: t(`metricName.${metric}`), tool: TOOL_NAMES[tool] })}
      answer={answer}
      onClose={onClose}
    >
      <p className="card-sentence">{ruleOf(tool, metric, language)}</p>
    </ListedNumberPanel>
  );
}
