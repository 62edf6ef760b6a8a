/** The tab Reviews: how review is shared, who reviews how much and whom, and what waits for whom. */
import type { ReactElement } from 'react';
import type { ReviewsReport } from '../../../src/views/reports/reviews-report';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { useQuery } from '../../shared/query';
import { MessageState } from '../../shared/states';
import { useAnswer } from '../../shared/use-answer';
import {
  activeSentence,
  healthSentence,
  healthTiles,
  missingParts,
  whyNoReviews,
  type HealthTile,
  type NoReviews,
} from '../../view-model/reviews';
import { PeoplesReviews } from './peoples-reviews';
import './reviews.css';

export function ReviewsTab(): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('reviews', { query });
  return (
    <Answered state={state} onRetry={again}>
      {(report) => <Reviews report={report} />}
    </Answered>
  );
}

function Reviews({ report }: { readonly report: ReviewsReport }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const why = whyNoReviews(report);
  const missing = missingParts(report, language);
  return (
    <>
      {missing.length > 0 && (
        <div className="notice" role="status">
          {missing.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      {why === null ? <Health report={report} /> : <NothingReviewed report={report} why={why} />}
      {report.personal === null ? (
        <MessageState title={t('reviews.personalOffTitle')}>
          <p>{t('reviews.personalOff')}</p>
        </MessageState>
      ) : (
        <PeoplesReviews report={report} personal={report.personal} isAnyReviewed={why === null} />
      )}
    </>
  );
}

function NothingReviewed({
  report,
  why,
}: {
  readonly report: ReviewsReport;
  readonly why: NoReviews;
}): ReactElement {
  const { t } = useLanguage();
  const count = why === 'unread' ? report.leftOut.merged : report.merged;
  return (
    <MessageState title={t(`reviews.${why}Title`)}>
      <p>{t(`reviews.${why}`, { count })}</p>
    </MessageState>
  );
}

function Health({ report }: { readonly report: ReviewsReport }): ReactElement {
  const language = useLanguage();
  return (
    <>
      <p className="reviews-health">{healthSentence(report, language)}</p>
      <section className="tiles" aria-label={language.t('reviews.figures')}>
        {healthTiles(report, language).map((tile) => (
          <Tile key={tile.name} tile={tile} />
        ))}
      </section>
      <p className="quiet">{activeSentence(report, language)}</p>
    </>
  );
}

function Tile({ tile }: { readonly tile: HealthTile }): ReactElement {
  return (
    <div className="tile">
      <span className="tile-name">{tile.name}</span>
      <span className="tile-value">
        {tile.value} <span className="tile-reading">{tile.reading}</span>
      </span>
      {tile.before !== null && <span className="tile-change">{tile.before}</span>}
      <span className="tile-meaning">{tile.meaning}</span>
    </div>
  );
}
