/** Every metric of the window in one table, grouped as a pull request lives; each name opens what is behind it. */
import { Fragment, type ReactElement } from 'react';
import type { Figure, MetricId } from '../../src/metrics/figures';
import type { RepositoryOverview } from '../../src/views/contract';
import { ChangeArrow } from '../shared/change-arrow';
import { NoValue } from '../shared/no-value';
import { useViewer } from '../shared/viewer';
import { METRIC_GROUPS, METRIC_TEXTS } from '../texts';
import { changeOfMetric } from '../view-model/change';
import { headline, inUnit, isDistribution, NO_VALUE } from '../view-model/format';
import { whyNoValue } from '../view-model/why-no-value';
import { isPartial } from '../view-model/window-coverage';

export function AllMetrics({
  overview,
  open,
  onOpen,
}: {
  readonly overview: RepositoryOverview;
  readonly open: MetricId | null;
  readonly onOpen: (metric: MetricId) => void;
}): ReactElement {
  return (
    <section className="card" aria-labelledby="all-metrics-title">
      <h2 id="all-metrics-title">All figures of this window</h2>
      {isPartial(overview) && (
        <p className="card-sentence">Partial: these are of what is read of the window so far.</p>
      )}
      <div className="scroll" tabIndex={0} role="region" aria-label="All figures">
        <table>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col">Pull requests</th>
              <th scope="col">Value or median</th>
              <th scope="col">Mean</th>
              <th scope="col">75th</th>
              <th scope="col">90th</th>
              <th scope="col">95th</th>
              <th scope="col">Change</th>
            </tr>
          </thead>
          <tbody>
            {METRIC_GROUPS.map(([group, metrics]) => (
              <Fragment key={group}>
                <tr className="group">
                  <th colSpan={8} scope="colgroup">
                    {group}
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
  const { locale } = useViewer();
  const figure: Figure = overview.figures[metric];
  const { name, meaning } = METRIC_TEXTS[metric];
  const change = changeOfMetric(metric, overview, locale);
  const why = whyNoValue(metric, overview);
  const show = (value: number | null): string =>
    value === null ? NO_VALUE : inUnit(value, figure.unit, locale);
  const rest = isDistribution(figure)
    ? [figure.mean, figure.p75, figure.p90, figure.p95].map(show)
    : ['', '', '', ''];
  return (
    <tr>
      <th scope="row">
        <button type="button" className="link" aria-expanded={isOpen} onClick={() => onOpen(metric)}>
          {name}
        </button>
        <div className="quiet">{meaning}</div>
      </th>
      <td>{figure.n}</td>
      <td>{why === null ? headline(figure, locale) : <NoValue why={why} />}</td>
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
