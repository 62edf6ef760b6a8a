/** How many pull requests each person reviewed, as bars of one scale, in the order of names. */
import type { ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import { decimal } from '../view-model/format';
import type { PersonRow } from '../view-model/reviews';
import './review-load-bars.css';

/** The number stands beside its bar, so that nothing is told by length alone. */
export function ReviewLoadBars({ rows }: { readonly rows: readonly PersonRow[] }): ReactElement {
  const language = useLanguage();
  const most = Math.max(1, ...rows.map(({ load }) => load.pullRequestsReviewed));
  return (
    <div className="load-scroll" tabIndex={0} role="group" aria-label={language.t('reviews.loadTitle')}>
      <dl className="load-bars">
        {rows.map(({ name, load }) => (
          <div key={load.reviewerId}>
            <dt>{name}</dt>
            <dd>
              <span
                className="load-bar"
                style={{ width: `${(load.pullRequestsReviewed / most) * 85}%` }}
                aria-hidden="true"
              />
              {decimal(load.pullRequestsReviewed, 0, language)}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
