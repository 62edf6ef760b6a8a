/** How often past forecasts came true: a diagram for each horizon, and the forecasts behind each of its points. */
import { useId, useState, type ReactElement } from 'react';
import { HORIZON_DAYS, type HorizonDays } from '../../../src/metrics/forecast/merge-chance';
import type { CalibrationReport as Report } from '../../../src/views/reports/open-work-report';
import { ChartCard } from '../../charts/chart-card';
import { ReliabilityChart } from '../../charts/reliability-chart';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { DEFAULT_QUERY, useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import { binRows, calibrationSentence, judgedSentence, shownBins } from '../../view-model/calibration';
import { LISTED_DAYS } from '../../view-model/open-list';
import { JudgedList } from './judged-list';
import { useOpened } from './use-opened';

export function CalibrationReport(): ReactElement {
  const { t } = useLanguage();
  // Of all pull requests whatever the filters are, so that these need not make anyone wait; but bots are.
  const { bots } = useQuery();
  const query = bots === undefined ? DEFAULT_QUERY : { ...DEFAULT_QUERY, bots };
  const [state, again] = useAnswer('calibration', { query });
  return (
    <Answered state={state} loading={t('calibration.loading')} onRetry={again}>
      {(report) => <Calibrations report={report} />}
    </Answered>
  );
}

function Calibrations({ report }: { readonly report: Report }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const name = useId();
  const [days, setDays] = useState<HorizonDays>(LISTED_DAYS);
  if (report.moments.length === 0) {
    return (
      <p>
        {report.historyFrom === null
          ? t('calibration.nothingRead')
          : t('calibration.nothing', { fewest: report.fewestMerges })}
      </p>
    );
  }
  return (
    <>
      <p className="quiet">{judgedSentence(report, language)}</p>
      <fieldset className="chooser horizons">
        <legend className="visually-hidden">{t('calibration.horizon')}</legend>
        {HORIZON_DAYS.map((each) => (
          <label key={each} className={each === days ? 'chosen' : undefined}>
            <input type="radio" name={name} checked={each === days} onChange={() => setDays(each)} />
            {t('forecast.days', { days: each })}
          </label>
        ))}
      </fieldset>
      <OneHorizon key={days} report={report} days={days} />
    </>
  );
}

function OneHorizon({
  report,
  days,
}: {
  readonly report: Report;
  readonly days: HorizonDays;
}): ReactElement | null {
  const language = useLanguage();
  const { t } = language;
  const explained = useOpened<number>();
  const calibration = report.calibrations.find((each) => each.days === days);
  if (calibration === undefined) return null;
  const bins = shownBins(calibration);
  const bin = bins.find(({ place }) => place === explained.item);
  return (
    <>
      <ChartCard
        title={t('calibration.drawing')}
        sentence={calibrationSentence(calibration, language)}
        table={{
          columns: [
            t('calibration.columnSpan'),
            t('calibration.columnForecasts'),
            t('calibration.columnMean'),
            t('calibration.axisShare'),
          ],
          rows: binRows(calibration, language),
        }}
      >
        <ReliabilityChart bins={bins} onOpen={({ place }) => explained.open(place)} />
      </ChartCard>
      {bin !== undefined && (
        <JudgedList
          key={bin.place}
          calibration={calibration}
          bin={bin}
          moments={report.moments}
          onClose={explained.close}
        />
      )}
    </>
  );
}
