/** Where one pull request stands among the merges of the last days. */
import { useId, type ReactElement } from 'react';
import type { PullRequestReport } from '../../src/views/reports/pull-request-report';
import { useLanguage } from '../shared/language';
import { NO_VALUE } from '../view-model/format';
import { standingRows, standingSentence } from '../view-model/pull-request-standing';

export function StandingSection({ report }: { readonly report: PullRequestReport }): ReactElement {
  const language = useLanguage();
  const titleId = useId();
  return (
    <section className="card" aria-labelledby={titleId}>
      <h2 id={titleId}>{language.t('pullRequestPanel.standingTitle', { days: report.standing.days })}</h2>
      <p className="card-sentence">{standingSentence(report, language)}</p>
      <dl className="standings">
        {standingRows(report, language).map(({ metric, name, value, comparison, longerThan }) => (
          <div key={metric}>
            <dt>{name}</dt>
            <dd>
              <strong>{value ?? NO_VALUE}</strong> <span className="quiet">{comparison}</span>
              {longerThan !== null && <Rank longerThan={longerThan} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** A mark on a line from the shortest to the longest; the words above say the same. */
function Rank({ longerThan }: { readonly longerThan: number }): ReactElement {
  return (
    <span className="rank" aria-hidden="true">
      <span style={{ left: `${longerThan * 100}%` }} />
    </span>
  );
}
