/** The open pull requests that wait for somebody's review: who waits for whom, and since when. */
import type { ReactElement } from 'react';
import type { PersonalReviews, ReviewsReport } from '../../../src/views/reports/reviews-report';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { personName } from '../../view-model/filter-texts';
import { waitedTexts, waitingSentences } from '../../view-model/reviews';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';

export function WaitingReviews({
  report,
  personal,
  names,
}: {
  readonly report: ReviewsReport;
  readonly personal: PersonalReviews;
  readonly names: ReadonlyMap<string, string>;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { waiting } = personal;
  const pages = usePages(waiting);
  const titles = useTitles(pages.shown.map(({ pullRequest }) => pullRequest));
  const heads = [t('column.pullRequest'), t('reviews.author'), t('reviews.waitsFor'), t('reviews.waited')];
  return (
    <section className="card" aria-labelledby="waiting-reviews-title">
      <h2 id="waiting-reviews-title">{t('reviews.waitingTitle')}</h2>
      <p className="card-sentence">{waitingSentences(report, waiting.length, language).join(' ')}</p>
      {waiting.length > 0 && (
        <div
          className="scroll reviews-wide"
          tabIndex={0}
          role="group"
          aria-labelledby="waiting-reviews-title"
        >
          <table>
            <thead>
              <tr>
                {heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pages.shown.map((line) => {
                const { pullRequest, authorId, reviewerId } = line;
                const { waited, since } = waitedTexts(line, language);
                return (
                  <tr key={`${pullRequest} ${reviewerId}`}>
                    <th scope="row">
                      <PullRequestName id={pullRequest} link={titles.get(pullRequest)} />
                    </th>
                    <td>{authorId === null ? t('reviews.gone') : personName(authorId, names)}</td>
                    <td>{personName(reviewerId, names)}</td>
                    <td>
                      {waited} <span className="quiet">({since})</span>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <Pager pages={pages} />
    </section>
  );
}
