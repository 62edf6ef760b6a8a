/** One duration of the window on a logarithmic scale, with a chooser of which. */
import { useState, type ReactElement } from 'react';
import { DURATION_METRICS, type DurationMetric } from '../../../src/metrics/figures';
import type { DistributionReport } from '../../../src/views/reports/pull-requests-report';
import { ChartCard } from '../../charts/chart-card';
import { LogHistogramChart } from '../../charts/log-histogram-chart';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import { barLines, distributionSentence } from '../../view-model/duration-distribution';

export function DistributionCard(): ReactElement {
  const { t } = useLanguage();
  const query = useQuery();
  const [metric, setMetric] = useState<DurationMetric>('time_to_merge');
  const [state, again] = useAnswer('distribution', { query, metric });
  return (
    <>
      <label className="sort choose-metric">
        {t('pullRequestsTab.chooseMetric')}{' '}
        <select
          value={metric}
          onChange={(event) => {
            setMetric(DURATION_METRICS.find((each) => each === event.target.value) ?? metric);
          }}
        >
          {DURATION_METRICS.map((each) => (
            <option key={each} value={each}>
              {t(`metricName.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <Answered state={state} loading={t('loading.part')} onRetry={again}>
        {(report, isStale) => (
          <div aria-busy={isStale}>
            <Drawn report={report} />
          </div>
        )}
      </Answered>
    </>
  );
}

function Drawn({ report }: { readonly report: DistributionReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const name = t(`metricName.${report.metric}`);
  return (
    <ChartCard
      title={t('pullRequestsTab.distributionTitle', { name })}
      sentence={distributionSentence(report, language)}
      table={{
        columns: [name, t('column.pullRequests'), t('column.share')],
        rows: barLines(report, language),
      }}
    >
      {report.bars.length > 0 && (
        <LogHistogramChart
          bars={report.bars}
          figure={report.figure}
          drawing={t('pullRequestsTab.distributionDrawing', { name })}
        />
      )}
    </ChartCard>
  );
}
