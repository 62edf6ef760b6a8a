/** The past forecasts behind one point of the reliability diagram, each with what came of it. */
import type { ReactElement } from 'react';
import type { Calibration } from '../../../src/metrics/forecast/calibration';
import type { JudgedMoment } from '../../../src/views/reports/open-work-report';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { binSentence, judgedIn, type ShownBin } from '../../view-model/calibration';
import { instant, NO_VALUE, share } from '../../view-model/format';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';
import { ExplainedPanel } from './explained-panel';
import { PhaseMark } from './phase-mark';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 20;

export function JudgedList({
  calibration,
  bin,
  moments,
  onClose,
}: {
  readonly calibration: Calibration;
  readonly bin: ShownBin;
  readonly moments: readonly JudgedMoment[];
  readonly onClose: () => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const pages = usePages(judgedIn(moments, calibration, bin.place), ROWS_A_PAGE);
  const rows = pages.shown;
  const titles = useTitles(rows.map(({ id }) => id));
  return (
    <ExplainedPanel
      title={t('calibration.listTitle', { from: share(bin.from, language), to: share(bin.to, language) })}
      onClose={onClose}
    >
      <p className="card-sentence">{binSentence(bin, language)}</p>
      <div className="scroll" tabIndex={0} role="region" aria-label={t('calibration.region')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('column.pullRequest')}</th>
              <th scope="col">{t('calibration.columnForecastOn')}</th>
              <th scope="col">{t('column.phase')}</th>
              <th scope="col">{t('forecast.columnChance')}</th>
              <th scope="col">{t('calibration.axisShare')}</th>
              <th scope="col">{t('instant.mergedAt')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.id}/${row.at}`}>
                <th scope="row">
                  <PullRequestName id={row.id} link={titles.get(row.id)} />
                </th>
                <td>{instant(row.at, language)}</td>
                <td>
                  <PhaseMark phase={row.phase} activityRead />
                </td>
                <td>{share(row.chance, language)}</td>
                <td>{t(row.merged ? 'explained.yes' : 'explained.no')}</td>
                <td>{row.mergedAt === null ? NO_VALUE : instant(row.mergedAt, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager pages={pages} />
    </ExplainedPanel>
  );
}
