/** The cumulative flow of the window, and below it the pull requests behind the day that is opened. */
import type { ReactElement } from 'react';
import { PHASES } from '../../../src/metrics/figures';
import type { OpenWorkReport } from '../../../src/views/reports/open-work-report';
import { ChartCard } from '../../charts/chart-card';
import { CumulativeFlowChart } from '../../charts/cumulative-flow-chart';
import { useLanguage } from '../../shared/language';
import { dayCells, flowSentence, shownDays, type ShownDay } from '../../view-model/cumulative-flow';
import { FlowDay } from './flow-day';
import { useOpened } from './use-opened';

export function FlowCard({ report }: { readonly report: OpenWorkReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const explained = useOpened<ShownDay>();
  const days = shownDays(report);
  return (
    <>
      <ChartCard
        title={t('cumulativeFlow.title')}
        sentence={flowSentence(report, language)}
        table={{
          columns: [
            t('column.day'),
            ...PHASES.map((phase) => t(`phaseShort.${phase}`)),
            t('column.open'),
            t('column.opened'),
            t('column.closed'),
          ],
          rows: days.map((shown) => dayCells(shown, language)),
        }}
      >
        <CumulativeFlowChart days={days} onOpen={explained.open} />
      </ChartCard>
      {explained.item !== null && (
        <div className="flow-behind">
          <FlowDay key={explained.item.flow.day} shown={explained.item} onClose={explained.close} />
        </div>
      )}
    </>
  );
}
