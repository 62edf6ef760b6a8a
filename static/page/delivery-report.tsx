/** The DORA figures with their levels, the calendar of deployments, and the pipelines. */
import type { ReactElement } from 'react';
import type { DeliveryReport as Report } from '../../src/views/contract';
import { ChartCard } from '../charts/chart-card';
import { DeploymentCalendar } from '../charts/deployment-calendar';
import { FailedState } from '../shared/states';
import { useQuery } from '../shared/query';
import { useAnswer } from '../shared/use-answer';
import { useViewer } from '../shared/viewer';
import { deliveryLines, pipelineLines, sourceSentence, type DeliveryLine } from '../view-model/delivery';
import { day } from '../view-model/format';
import './data-report.css';

export function DeliveryReport(): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('delivery', { query });
  switch (state.kind) {
    case 'loading':
      return <p role="status">Loading the figures of delivery…</p>;
    case 'failed':
      return <FailedState message={state.message} onRetry={again} />;
    case 'ready':
      return <Delivery report={state.data} />;
  }
}

function Delivery({ report }: { readonly report: Report }): ReactElement {
  const { locale } = useViewer();
  const { calendar, figures, pipelines, bandYear } = report;
  const active = calendar.filter(({ deployments }) => deployments > 0);
  const failures = calendar.reduce((sum, each) => sum + each.failures, 0);
  const hasPipelines = pipelines.pipeline_success_rate.n > 0 || pipelines.deployment_duration.n > 0;
  return (
    <>
      {!report.isWhole && (
        <p role="status">This window is not read whole yet; the figures are of what is read so far.</p>
      )}
      <p className="quiet">
        {sourceSentence(report)} Levels are those of the State of DevOps report of {bandYear}; below five
        deployments there is none.
      </p>
      <Lines lines={deliveryLines(report, locale)} />
      <ChartCard
        title="Deployments by day"
        sentence={`${figures.deployment_frequency.n} deployments on ${active.length} of ${calendar.length} days, ${failures} of them failed. Darker: more on that day; a dot: one of them failed. Days are UTC.`}
        table={{
          columns: ['Day', 'Deployments', 'Failed'],
          rows: active.map((each) => [day(each.from, locale), each.deployments, each.failures]),
        }}
      >
        <DeploymentCalendar days={calendar} />
      </ChartCard>
      <h3>Pipelines</h3>
      {hasPipelines ? (
        <Lines lines={pipelineLines(report, locale)} />
      ) : (
        <p className="quiet">No pipeline ended in this window.</p>
      )}
    </>
  );
}

function Lines({ lines }: { readonly lines: readonly DeliveryLine[] }): ReactElement {
  return (
    <dl className="lines">
      {lines.map(({ name, value, exact, band, change, meaning }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className="line-value">{value}</span>
            {band !== null && <span className="mark"> {band}</span>}
            {exact !== null && <div className="quiet">{exact}</div>}
            {change !== null && <div className="quiet">{change}</div>}
            <p className="line-meaning">{meaning}</p>
          </dd>
        </div>
      ))}
    </dl>
  );
}
