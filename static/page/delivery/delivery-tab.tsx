/** The tab Delivery: the DORA figures with their levels, their trend, what told of failures, and the calendar. */
import type { ReactElement } from 'react';
import type { DeliveryReport } from '../../../src/views/reports/delivery-report';
import { ChartCard } from '../../charts/chart-card';
import { DeploymentCalendar } from '../../charts/deployment-calendar';
import { DurationTrend } from '../../charts/duration-trend';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import {
  areDeploymentsKnown,
  causeLines,
  deliveryLines,
  deliverySentence,
  deliveryWeeks,
  deliveryWeekSentence,
  missingSentence,
  narrowedSentence,
  sourceSentence,
} from '../../view-model/delivery';
import { failureOf, failureWindow } from '../../view-model/delivery-rules';
import { day, decimal, duration, NO_VALUE } from '../../view-model/format';
import { withPermission } from '../../view-model/figure-lines';
import { FigureLines } from '../figure-lines';
import { useTrendNotes } from '../notes/use-trend-notes';
import '../data-report.css';

export function DeliveryTab(): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('delivery', { query });
  return (
    <Answered state={state} onRetry={again}>
      {(report, isStale) => <Delivery report={report} isStale={isStale} />}
    </Answered>
  );
}

function Delivery({
  report,
  isStale,
}: {
  readonly report: DeliveryReport;
  readonly isStale: boolean;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const narrowed = narrowedSentence(useQuery(), language);
  const missing = missingSentence(report, language);
  return (
    <div aria-busy={isStale}>
      {!report.isWhole && <p role="status">{t('delivery.partial')}</p>}
      {missing !== null && (
        <p className="notice notice-warning" role="status">
          {missing}
        </p>
      )}
      {areDeploymentsKnown(report) && <p className="card-sentence">{deliverySentence(report, language)}</p>}
      <p className="quiet">
        {sourceSentence(report, language)} {failureOf(report.rules, language)}{' '}
        {t('delivery.levels', { year: String(report.bandYear) })} {narrowed}
      </p>
      <FigureLines
        lines={withPermission(deliveryLines(report, language), report.missing, language)}
        bandYear={report.bandYear}
      />
      {areDeploymentsKnown(report) && (
        <div className="cards">
          <Trend report={report} />
          <Calendar report={report} />
          <Causes report={report} />
        </div>
      )}
    </div>
  );
}

function Trend({ report }: { readonly report: DeliveryReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const weeks = deliveryWeeks(report);
  const notes = useTrendNotes(weeks);
  return (
    <ChartCard
      title={t('delivery.trendTitle')}
      sentence={t('delivery.trendSentence')}
      table={{
        columns: [
          t('column.week'),
          t('column.deployments'),
          t('column.failed'),
          t('column.changes'),
          t('column.median'),
          t('column.percentile75'),
          t('column.percentile95'),
          ...notes.columns,
        ],
        rows: weeks.map(({ from, count, failed, durations }) => [
          day(from, language),
          decimal(count, 0, language),
          decimal(failed, 0, language),
          decimal(durations.n, 0, language),
          ...[durations.p50, durations.p75, durations.p95].map((value) =>
            value === null ? NO_VALUE : duration(value, language),
          ),
          ...notes.cellsOf({ from }),
        ]),
      }}
      action={notes.list}
    >
      <DurationTrend
        weeks={weeks}
        label={t('delivery.trendDrawing')}
        barsLabel={t('column.deployments')}
        sentenceOf={(week) => deliveryWeekSentence(week, language)}
        legend={t('delivery.trendLegend')}
        marks={notes.marks}
      />
    </ChartCard>
  );
}

function Calendar({ report }: { readonly report: DeliveryReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { calendar, figures } = report;
  const active = calendar.filter(({ deployments }) => deployments > 0);
  const failures = calendar.reduce((sum, each) => sum + each.failures, 0);
  return (
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
  );
}

function Causes({ report }: { readonly report: DeliveryReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const causes = causeLines(report, language);
  return (
    <section className="card" aria-labelledby="causes-title">
      <h2 id="causes-title">{t('delivery.causesTitle')}</h2>
      <p className="card-sentence">
        {causes.length === 0
          ? t('delivery.noCauses')
          : t('delivery.causesSentence', { ...failureWindow(report.rules) })}
      </p>
      {causes.length > 0 && (
        <dl className="phases">
          {causes.map(([name, count]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <span
                  className="phase-bar"
                  style={{ width: `${(count / (causes[0]?.[1] ?? 1)) * 75}%` }}
                  aria-hidden="true"
                />
                {decimal(count, 0, language)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p className="quiet">{t('delivery.directPushesKnown')}</p>
    </section>
  );
}
