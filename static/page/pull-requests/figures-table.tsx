/** Every figure of METRICS 3 beside the window before, grouped as a pull request lives; each name opens what is behind it. */
import { Fragment, useState, type ReactElement } from 'react';
import type { MetricId } from '../../../src/metrics/figures';
import type { PullRequestsReport } from '../../../src/views/reports/pull-requests-report';
import { ChangeArrow } from '../../shared/change-arrow';
import { useLanguage, type MessageKey } from '../../shared/language';
import { NoValue } from '../../shared/no-value';
import { METRIC_GROUPS } from '../../texts';
import { NO_VALUE } from '../../view-model/format';
import { figureRow, type FigureRow } from '../../view-model/pull-requests';
import { isPartial } from '../../view-model/window-coverage';

const COLUMNS: readonly MessageKey[] = [
  'column.figure',
  'column.pullRequests',
  'column.valueOrMedian',
  'pullRequestsTab.before',
  'column.change',
  'pullRequestsTab.columnChance',
];

const DETAIL_COLUMNS: readonly MessageKey[] = [
  'pullRequestsTab.columnInterval',
  'pullRequestsTab.columnP',
  'column.mean',
  'column.short75',
  'column.short90',
  'column.short95',
];

export function FiguresTable({
  report,
  open,
  onOpen,
}: {
  readonly report: PullRequestsReport;
  readonly open: MetricId | null;
  readonly onOpen: (metric: MetricId) => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const [isDetailed, setIsDetailed] = useState(false);
  const columns = isDetailed ? [...COLUMNS, ...DETAIL_COLUMNS] : COLUMNS;
  return (
    <section className="card" aria-labelledby="figures-table-title">
      <div className="card-head">
        <h2 id="figures-table-title">{t('allMetrics.title')}</h2>
        <label>
          <input
            type="checkbox"
            checked={isDetailed}
            onChange={(event) => setIsDetailed(event.target.checked)}
          />{' '}
          {t('pullRequestsTab.details')}
        </label>
      </div>
      {isPartial(report) && <p className="card-sentence">{t('allMetrics.partial')}</p>}
      <p className="card-sentence">{t('pullRequestsTab.howTested')}</p>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('allMetrics.region')}>
        <table className="figures">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {METRIC_GROUPS.map(([group, metrics]) => (
              <Fragment key={group}>
                <tr className="group">
                  <th colSpan={columns.length} scope="colgroup">
                    {t(`metricGroup.${group}`)}
                  </th>
                </tr>
                {metrics.map((metric) => (
                  <Row
                    key={metric}
                    row={figureRow(metric, report, language)}
                    isOpen={open === metric}
                    isDetailed={isDetailed}
                    onOpen={onOpen}
                  />
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({
  row,
  isOpen,
  isDetailed,
  onOpen,
}: {
  readonly row: FigureRow;
  readonly isOpen: boolean;
  readonly isDetailed: boolean;
  readonly onOpen: (metric: MetricId) => void;
}): ReactElement {
  const { t } = useLanguage();
  const { metric, change, why, exact, tested, spread } = row;
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => onOpen(metric)}>
          {t(`metricName.${metric}`)}
        </button>
        <div className="quiet">{t(`metricMeaning.${metric}`)}</div>
      </th>
      <td className="number">{row.n}</td>
      <td className="number" title={exact ?? undefined}>
        {why === null ? row.value : <NoValue why={why} />}
      </td>
      <td className="number">{row.before}</td>
      <td className={`change-${change.direction}`}>
        <ChangeArrow change={change} />
        {change.sentence}
        {change.direction !== 'neutral' && <strong> · {t(`change.${change.direction}`)}</strong>}
      </td>
      <td>
        <Chance row={row} />
      </td>
      {isDetailed && (
        <>
          <td className="number">{tested === null ? NO_VALUE : t('pullRequestsTab.interval', tested)}</td>
          <td className="number">{tested?.p ?? NO_VALUE}</td>
          {[0, 1, 2, 3].map((place) => (
            <td key={place} className="number">
              {spread[place] ?? ''}
            </td>
          ))}
        </>
      )}
    </tr>
  );
}

/** What the test says, with its interval and p-value on hover and on focus. */
function Chance({ row: { metric, verdict, tested } }: { readonly row: FigureRow }): ReactElement {
  const { t } = useLanguage();
  if (verdict === null) return <>{NO_VALUE}</>;
  if (tested === null) return <span className="quiet">{t('pullRequestsTab.untested')}</span>;
  const id = `test-of-${metric}`;
  return (
    <span className="hint">
      <button type="button" className="hint-button" aria-describedby={id}>
        {t(`pullRequestsTab.${verdict}`)}
      </button>
      <span id={id} role="tooltip" className="hint-text">
        {t('pullRequestsTab.hint', tested)}
      </span>
    </span>
  );
}
