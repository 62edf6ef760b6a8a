/** The pull requests behind one person's row, with the instants that each figure is made from. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, type ReactElement } from 'react';
import type { ReviewedPullRequest } from '../../../src/metrics/review-load';
import type { ReviewerExplanation } from '../../../src/views/reports/reviews-report';
import { Answered } from '../../shared/answered';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { useQuery } from '../../shared/query';
import { useAnswer } from '../../shared/use-answer';
import { duration, exactDuration, instant } from '../../view-model/format';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';

export function ReviewerList({
  personId,
  name,
  onClose,
}: {
  readonly personId: string;
  readonly name: string;
  readonly onClose: () => void;
}): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('explainReviewer', { query, personId });
  const heading = useRef<HTMLHeadingElement>(null);
  const { t } = useLanguage();

  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <section
      className="card explained"
      aria-labelledby="reviewer-list-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="card-head">
        <h2 id="reviewer-list-title" ref={heading} tabIndex={-1}>
          {t('reviews.explainedTitle', { name })}
        </h2>
        <Button onClick={onClose}>{t('explained.close')}</Button>
      </div>
      <Answered state={state} loading={t('loading.pullRequests')} onRetry={again}>
        {(explanation) => <Explained explanation={explanation} />}
      </Answered>
    </section>
  );
}

function Explained({ explanation }: { readonly explanation: ReviewerExplanation }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { reviewed, waiting } = explanation;
  const pages = usePages(reviewed.toReversed());
  const titles = useTitles([...pages.shown.map(({ id }) => id), ...waiting.map(({ id }) => id)]);
  return (
    <>
      <p className="card-sentence">{t('reviews.explainedSentence', { count: reviewed.length })}</p>
      {reviewed.length > 0 && (
        <div className="scroll reviews-wide" tabIndex={0} role="group" aria-labelledby="reviewer-list-title">
          <table>
            <thead>
              <tr>
                {[t('column.pullRequest'), t('reviews.acts'), t('reviews.responses')].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pages.shown.map((each) => (
                <tr key={each.id}>
                  <th scope="row">
                    <PullRequestName id={each.id} link={titles.get(each.id)} />
                  </th>
                  <td className="reviews-acts">
                    {each.reviews.map(({ kind, at }, place) => (
                      <div key={place}>{t(`reviews.${kind}`, { instant: instant(at, language) })}</div>
                    ))}
                  </td>
                  <td>
                    <Responses reviewed={each} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pager pages={pages} />
      {waiting.length > 0 && (
        <>
          <h3>{t('reviews.alsoWaiting')}</h3>
          <ul className="values">
            {waiting.map(({ id, start }) => (
              <li key={id}>
                <PullRequestName id={id} link={titles.get(id)} />{' '}
                <span className="quiet">
                  ({t('reviews.since', { start: start.name, instant: instant(start.at, language) })})
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Responses({ reviewed }: { readonly reviewed: ReviewedPullRequest }): ReactElement {
  const language = useLanguage();
  const { t } = language;
  if (reviewed.responses.length === 0) return <span className="quiet">{t('reviews.noResponse')}</span>;
  return (
    <>
      {reviewed.responses.map(({ start, reviewedAt, seconds }) => (
        <div key={reviewedAt} title={exactDuration(seconds, language)}>
          {t('reviews.response', {
            start: start.name,
            duration: duration(seconds, language),
            from: instant(start.at, language),
            instant: instant(reviewedAt, language),
          })}
        </div>
      ))}
    </>
  );
}
