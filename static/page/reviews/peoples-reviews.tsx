/** What names people: who reviews how much, who reviews whom, what waits for whom, and the list behind one row. */
import { useRef, useState, type ReactElement } from 'react';
import type { PersonalReviews, ReviewsReport } from '../../../src/views/reports/reviews-report';
import { ChartCard } from '../../charts/chart-card';
import { ReviewLoadBars } from '../../charts/review-load-bars';
import { ReviewMatrixChart } from '../../charts/review-matrix-chart';
import { useLanguage } from '../../shared/language';
import { usePersonNames } from '../../shared/use-person-names';
import { personRows } from '../../view-model/reviews';
import { matrixSentence, namedMatrix } from '../../view-model/review-matrix';
import { PeopleTable } from './people-table';
import { ReviewerList } from './reviewer-list';
import { WaitingReviews } from './waiting-reviews';

export function PeoplesReviews({
  report,
  personal,
  isAnyReviewed,
}: {
  readonly report: ReviewsReport;
  readonly personal: PersonalReviews;
  readonly isAnyReviewed: boolean;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const names = usePersonNames(personal.people);
  const rows = personRows(personal.loads, names, language);
  return (
    <>
      {isAnyReviewed && (
        <ChartCard
          title={t('reviews.loadTitle')}
          sentence={t('reviews.loadSentence')}
          table={{
            columns: [t('reviews.person'), t('reviews.reviewed')],
            rows: rows.map(({ name, load }) => [name, load.pullRequestsReviewed]),
          }}
        >
          <ReviewLoadBars rows={rows} />
        </ChartCard>
      )}
      {rows.length > 0 && <PeopleWithList rows={rows} />}
      {isAnyReviewed && <Matrix personal={personal} names={names} />}
      <WaitingReviews report={report} personal={personal} names={names} />
    </>
  );
}

/** The table, and below it what stands behind the row that the reader pressed. */
function PeopleWithList({ rows }: { readonly rows: ReturnType<typeof personRows> }): ReactElement {
  const [openId, setOpenId] = useState<string | null>(null);
  const opener = useRef<Element | null>(null);
  const open = rows.find(({ load }) => load.reviewerId === openId);

  const toggle = (personId: string): void => {
    opener.current = document.activeElement;
    setOpenId(openId === personId ? null : personId);
  };
  const close = (): void => {
    setOpenId(null);
    // Back to where the reader was.
    if (opener.current instanceof HTMLElement) opener.current.focus();
  };

  return (
    <>
      <PeopleTable rows={rows} openId={openId} onOpen={toggle} />
      {open !== undefined && (
        <ReviewerList
          key={open.load.reviewerId}
          personId={open.load.reviewerId}
          name={open.name}
          onClose={close}
        />
      )}
    </>
  );
}

function Matrix({
  personal,
  names,
}: {
  readonly personal: PersonalReviews;
  readonly names: ReadonlyMap<string, string>;
}): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const matrix = namedMatrix(personal.matrix, names, language);
  return (
    <ChartCard
      title={t('reviews.matrixTitle')}
      sentence={matrixSentence(personal.matrix, language)}
      table={{
        columns: [t('reviews.author'), t('reviews.reviewer'), t('column.pullRequests'), t('reviews.acts')],
        rows: matrix.lines,
      }}
    >
      <ReviewMatrixChart matrix={matrix} />
    </ChartCard>
  );
}
