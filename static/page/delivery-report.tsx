/** The DORA figures with their levels, the calendar of deployments, and the pipelines. */
import type { ReactElement } from 'react';
import type { DeliveryReport as Report } from '../../src/views/contract';
import { ChartCard } from '../charts/chart-card';
import { DeploymentCalendar } from '../charts/deployment-calendar';
import { useLanguage } from '../shared/language';
import { FailedState } from '../shared/states';
import { useQuery } from '../shared/query';
import { useAnswer } from '../shared/use-answer';
import { deliveryLines, pipelineLines, sourceSentence, type DeliveryLine } from '../view-model/delivery';
import { day, decimal } from '../view-model/format';
import './data-report.css';

export function DeliveryReport(): ReactElement {
  const { t } = useLanguage();
  const query = useQuery();
  const [state, again] = useAnswer('delivery', { query });
  switch (state.kind) {
    case 'loading':
      return <p role="status">{t('loading.delivery')}</p>;
    case 'failed':
      return <FailedState message={t(`failure.${state.cause}`)} onRetry={again} />;
    case 'ready':
      return <Delivery report={state.data} />;
  }
}

function Delivery({ report }: { readonly report: Report }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { calendar, figures, pipelines, bandYear } = report;
  const active = calendar.filter(({ deployments }) => deployments > 0);
  const failures = calendar.reduce((sum, each) => sum + each.failures, 0);
  const hasPipelines = pipelines.pipeline_success_rate.n > 0 || pipelines.deployment_duration.n > 0;
  return (
    <>
      {!report.isWhole && <p role="status">{t('delivery.partial')}</p>}
      <p className="quiet">
        {sourceSentence(report, language)} {t('delivery.levels', { year: String(bandYear) })}
      </p>
      <Lines lines={deliveryLines(report, language)} />
      <ChartCard
        title={t('delivery.calendarTitle')}
        sentence={t('delivery.calendarSentence', {
          count: figures.deployment_frequency.n,
          active: active.length,
          days: calendar.length,
          failures,
        })}
        table={{
          columns: [t('column.day'), t('column.deployments'), t('column.failed')],
          rows: active.map((each) => [
            day(each.from, language),
            decimal(each.deployments, 0, language),
            decimal(each.failures, 0, language),
          ]),
        }}
      >
        <DeploymentCalendar days={calendar} />
      </ChartCard>
      <h3>{t('delivery.pipelines')}</h3>
      {hasPipelines ? (
        <Lines lines={pipelineLines(report, language)} />
      ) : (
        <p className="quiet">{t('delivery.noPipelineEnded')}</p>
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
