/** Every metric of the window in one table, grouped as a pull request lives; each name opens what is behind it. */
import { Fragment, type ReactElement } from 'react';
import type { Figure, MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { ChangeArrow } from '../shared/change-arrow';
import { useLanguage } from '../shared/language';
import { NoValue } from '../shared/no-value';
import { METRIC_GROUPS } from '../texts';
import { changeOfMetric } from '../view-model/change';
import { decimal, headline, inUnit, isDistribution, NO_VALUE } from '../view-model/format';
import { whyNoValue } from '../view-model/why-no-value';
import { isPartial } from '../view-model/window-coverage';

const COLUMNS = [
  'figure',
  'pullRequests',
  'valueOrMedian',
  'mean',
  'short75',
  'short90',
  'short95',
  'change',
] as const;

export function AllMetrics({
  overview,
  open,
  onOpen,
}: {
  readonly overview: RepositoryOverview;
  readonly open: MetricId | null;
  readonly onOpen: (metric: MetricId) => void;
}): ReactElement {
  const { t } = useLanguage();
  return (
    <section className="card" aria-labelledby="all-metrics-title">
      <h2 id="all-metrics-title">{t('allMetrics.title')}</h2>
      {isPartial(overview) && <p className="card-sentence">{t('allMetrics.partial')}</p>}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('allMetrics.region')}>
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {t(`column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {METRIC_GROUPS.map(([group, metrics]) => (
              <Fragment key={group}>
                <tr className="group">
                  <th colSpan={COLUMNS.length} scope="colgroup">
                    {t(`metricGroup.${group}`)}
                  </th>
                </tr>
                {metrics.map((metric) => (
                  <MetricRow
                    key={metric}
                    metric={metric}
                    overview={overview}
                    isOpen={open === metric}
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

function MetricRow({
  metric,
  overview,
  isOpen,
  onOpen,
}: {
  readonly metric: MetricId;
  readonly overview: RepositoryOverview;
  readonly isOpen: boolean;
  readonly onOpen: (metric: MetricId) => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const figure: Figure = overview.figures[metric];
  const change = changeOfMetric(metric, overview, language);
  const why = whyNoValue(metric, overview, language);
  const show = (value: number | null): string =>
    value === null ? NO_VALUE : inUnit(value, figure.unit, language);
  const rest = isDistribution(figure)
    ? [figure.mean, figure.p75, figure.p90, figure.p95].map(show)
    : ['', '', '', ''];
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => onOpen(metric)}>
          {t(`metricName.${metric}`)}
        </button>
        <div className="quiet">{t(`metricMeaning.${metric}`)}</div>
      </th>
      <td>{decimal(figure.n, 0, language)}</td>
      <td>{why === null ? headline(figure, language) : <NoValue why={why} />}</td>
      {rest.map((value, place) => (
        <td key={place} title={value === '' ? undefined : why?.sentence}>
          {value}
        </td>
      ))}
      <td className={`change-${change.direction}`}>
        <ChangeArrow change={change} />
        {change.sentence}
      </td>
    </tr>
  );
}
