/** Everybody's reviews in numbers; a press on a name opens what stands behind the row. */
import type { ReactElement } from 'react';
import { useLanguage } from '../../shared/language';
import { decimal } from '../../view-model/format';
import { responseText, type PersonRow } from '../../view-model/reviews';

const COUNTS = ['pullRequestsReviewed', 'approvals', 'changesRequested', 'comments'] as const;

export function PeopleTable({
  rows,
  openId,
  onOpen,
}: {
  readonly rows: readonly PersonRow[];
  readonly openId: string | null;
  readonly onOpen: (personId: string) => void;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const heads = [
    t('reviews.person'),
    t('reviews.reviewed'),
    t('reviews.approvals'),
    t('reviews.changesRequested'),
    t('reviews.comments'),
    t('reviews.respondName'),
    t('reviews.waiting'),
  ];
  return (
    <section className="card" aria-labelledby="people-table-title">
      <h2 id="people-table-title">{t('reviews.tableTitle')}</h2>
      <p className="card-sentence">{t('reviews.tableSentence')}</p>
      <div
        className="scroll reviews-wide reviews-long"
        tabIndex={0}
        role="group"
        aria-labelledby="people-table-title"
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
            {rows.map(({ name, load, waiting }) => {
              const { text, exact } = responseText(load.timeToRespond, language);
              return (
                <tr key={load.reviewerId}>
                  <th scope="row">
                    <button
                      type="button"
                      className="link"
                      aria-expanded={openId === load.reviewerId}
                      onClick={() => onOpen(load.reviewerId)}
                    >
                      {name}
                    </button>
                  </th>
                  {COUNTS.map((count) => (
                    <td key={count}>{decimal(load[count], 0, language)}</td>
                  ))}
                  <td title={exact}>{text}</td>
                  <td>{waiting}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
