/** What waits longer than usual, on whom and since when, below what usual means here. */
import type { ReactElement } from 'react';
import type { RemindersReport } from '../../../src/views/reports/reminders-report';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { usePersonNames } from '../../shared/use-person-names';
import { lateTexts, usualSentences } from '../../view-model/reminders';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';

const LINES_A_PAGE = 10;

export function LateList({
  report,
  titleId,
}: {
  readonly report: RemindersReport;
  readonly titleId: string;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const { late, showsReviewers } = report;
  const pages = usePages(late, LINES_A_PAGE);
  const rows = pages.shown;
  const titles = useTitles(rows.map(({ id }) => id));
  const names = usePersonNames(
    rows.flatMap(({ id, waitingFor }) => waitingFor.map(({ personId }) => ({ personId, pullRequest: id }))),
  );
  return (
    <>
      <p className="card-sentence">{usualSentences(report, language).join(' ')}</p>
      {rows.length > 0 && (
        <ul className="reminder-lines" aria-labelledby={titleId}>
          {rows.map((row) => {
            const { over, on, since } = lateTexts(row, names, showsReviewers, language);
            return (
              <li key={row.id}>
                <PullRequestName id={row.id} link={titles.get(row.id)} />{' '}
                {row.isViewers && <span className="mark reminder-to-do">{t('reminders.you')}</span>}
                <div>{over}</div>
                <div className="quiet">
                  {t('reminders.waitsOn', { on })}
                  {since !== null && ` (${since})`}
                </div>
              </li>
            );
          })}
        </ul>
      )}
      <Pager pages={pages} />
    </>
  );
}
