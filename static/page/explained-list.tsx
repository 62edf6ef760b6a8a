/** The pull requests behind one figure, with the instants that gave each its value. */
import Button from '@atlaskit/button/new';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { ExplainedPullRequest, Explanation, MetricId } from '../../src/metrics/figures';
import { FailedState } from '../shared/states';
import { useQuery } from '../shared/query';
import { useAnswer } from '../shared/use-answer';
import { useViewer } from '../shared/viewer';
import { INSTANT_TEXTS, METRIC_TEXTS } from '../texts';
import { counted, exactDuration, headline, instant, inUnit, isDistribution } from '../view-model/format';
import type { WhyNoValue } from '../view-model/why-no-value';
import { PullRequestName } from './pull-request-name';
import { useTitles } from './use-titles';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 20;

export function ExplainedList({
  metric,
  why,
  onClose,
}: {
  readonly metric: MetricId;
  /** Why the figure has no value; `null` where it has one. */
  readonly why: WhyNoValue | null;
  readonly onClose: () => void;
}): ReactElement {
  const query = useQuery();
  const [state, again] = useAnswer('explain', { query, metric });
  const heading = useRef<HTMLHeadingElement>(null);
  const { name, meaning } = METRIC_TEXTS[metric];

  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);

  return (
    <section
      className="card explained"
      aria-labelledby="explained-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="card-head">
        <h2 id="explained-title" ref={heading} tabIndex={-1}>
          {name}: the pull requests behind it
        </h2>
        <Button onClick={onClose}>Close</Button>
      </div>
      <p className="card-sentence">{meaning}</p>
      {state.kind === 'loading' && <p role="status">Loading the pull requests…</p>}
      {state.kind === 'failed' && <FailedState message={state.message} onRetry={again} />}
      {state.kind === 'ready' && <Rows explanation={state.data} why={why} />}
    </section>
  );
}

type Order = 'largest' | 'smallest' | 'newest';

function sorted(rows: readonly ExplainedPullRequest[], order: Order): readonly ExplainedPullRequest[] {
  if (order === 'newest') return rows.toSorted((a, b) => b.id - a.id);
  return rows.toSorted(
    (a, b) => (order === 'largest' ? b.value - a.value : a.value - b.value) || b.id - a.id,
  );
}

function sumOf({ figure, pullRequests }: Explanation, locale: string): string {
  const value = headline(figure, locale);
  if (!isDistribution(figure)) return `${value} of ${counted(pullRequests.length, 'pull request', locale)}.`;
  return figure.n === 1
    ? `The only value is ${value}.`
    : `The median of these ${figure.n} values is ${value}.`;
}

function Rows({
  explanation,
  why,
}: {
  readonly explanation: Explanation;
  readonly why: WhyNoValue | null;
}): ReactElement {
  const { locale, timeZone } = useViewer();
  const [page, setPage] = useState(0);
  const [order, setOrder] = useState<Order>('largest');
  const { figure, pullRequests, leftOut } = explanation;
  const rows = sorted(pullRequests, order).slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE);
  const pages = Math.max(1, Math.ceil(pullRequests.length / ROWS_A_PAGE));
  const titles = useTitles(rows.map(({ id }) => id));

  const unit = figure.unit === 'count' && !isDistribution(figure) ? null : figure.unit;
  return (
    <>
      <p>
        {why?.sentence ?? sumOf(explanation, locale)}
        {leftOut > 0 && ` ${leftOut} more of the window have no value and are left out.`}
      </p>
      {pullRequests.length > 1 && (
        <label className="sort">
          Sort by{' '}
          <select
            value={order}
            onChange={(event) => {
              setOrder(event.target.value as Order);
              setPage(0);
            }}
          >
            <option value="largest">largest value</option>
            <option value="smallest">smallest value</option>
            <option value="newest">newest pull request</option>
          </select>
        </label>
      )}
      <div className="scroll" tabIndex={0} role="region" aria-label="Pull requests">
        <table>
          <thead>
            <tr>
              <th scope="col">Pull request</th>
              {unit !== null && <th scope="col">{unit === 'ratio' ? 'Counts for it' : 'Value'}</th>}
              <th scope="col">Instants used (source)</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <th scope="row">
                  <PullRequestName id={row.id} link={titles.get(row.id)} />
                </th>
                {unit !== null && (
                  <td title={unit === 's' ? exactDuration(row.value) : undefined}>
                    {unit === 'ratio' ? (row.value === 1 ? 'yes' : 'no') : inUnit(row.value, unit, locale)}
                  </td>
                )}
                <td>
                  {row.instants.map(({ name, at, source }) => (
                    <div key={name}>
                      {INSTANT_TEXTS[name]} {instant(at, locale, timeZone)}{' '}
                      <span className="quiet">({source})</span>
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div className="pager">
          <Button isDisabled={page === 0} onClick={() => setPage(page - 1)}>
            Previous
          </Button>
          <span>
            Page {page + 1} of {pages}
          </span>
          <Button isDisabled={page + 1 === pages} onClick={() => setPage(page + 1)}>
            Next
          </Button>
        </div>
      )}
    </>
  );
}
