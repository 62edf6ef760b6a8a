/** The pull requests behind one figure, with the instants that gave each its value. */
import Button from '@atlaskit/button/new';
import { router } from '@forge/bridge';
import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { ExplainedPullRequest, Explanation, MetricId } from '../../src/metrics/figures';
import type { WindowDays } from '../../src/views/contract';
import { call, readTitles, type PullRequestLink } from '../api';
import { FailedState } from '../shared/states';
import { useViewer } from '../shared/viewer';
import { INSTANT_TEXTS, METRIC_TEXTS } from '../texts';
import { exactDuration, headline, instant, inUnit, isDistribution } from '../view-model/format';
import { pullRequestHref } from '../view-model/links';

/** As many titles as one request to Bitbucket brings. */
const ROWS_A_PAGE = 20;

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'ready'; readonly explanation: Explanation };

export function ExplainedList({
  metric,
  days,
  onClose,
}: {
  readonly metric: MetricId;
  readonly days: WindowDays;
  readonly onClose: () => void;
}): ReactElement {
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [round, setRound] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const { name, meaning } = METRIC_TEXTS[metric];

  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  useEffect(() => {
    let active = true;
    call('explain', { days, metric })
      .then((explanation) => active && setState({ kind: 'ready', explanation }))
      .catch((error: unknown) => {
        if (active)
          setState({
            kind: 'failed',
            message: error instanceof Error ? error.message : 'The list could not be loaded.',
          });
      });
    return () => {
      active = false;
    };
  }, [metric, days, round]);

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
      {state.kind === 'failed' && (
        <FailedState
          message={state.message}
          onRetry={() => {
            setState({ kind: 'loading' });
            setRound(round + 1);
          }}
        />
      )}
      {state.kind === 'ready' && <Rows explanation={state.explanation} />}
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

function Rows({ explanation }: { readonly explanation: Explanation }): ReactElement {
  const { locale, timeZone, workspaceUuid, repositoryUuid } = useViewer();
  const [page, setPage] = useState(0);
  const [order, setOrder] = useState<Order>('largest');
  const [titles, setTitles] = useState<ReadonlyMap<number, PullRequestLink>>(new Map());
  const { figure, pullRequests, leftOut } = explanation;
  const rows = sorted(pullRequests, order).slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE);
  const pages = Math.max(1, Math.ceil(pullRequests.length / ROWS_A_PAGE));
  const wanted = rows.map(({ id }) => id).join(',');

  useEffect(() => {
    let active = true;
    const ids = wanted === '' ? [] : wanted.split(',').map(Number);
    void readTitles(workspaceUuid, repositoryUuid, ids).then((read) => {
      if (active) setTitles((known) => new Map([...known, ...read]));
    });
    return () => {
      active = false;
    };
  }, [wanted, workspaceUuid, repositoryUuid]);

  const unit = figure.unit === 'count' && !isDistribution(figure) ? null : figure.unit;
  return (
    <>
      <p>
        {isDistribution(figure)
          ? `The median of these ${figure.n} values is ${headline(figure, locale)}.`
          : `${headline(figure, locale)} of ${pullRequests.length} pull requests.`}
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

/** The number always; the title where the viewer may see it. */
export function PullRequestName({
  id,
  link,
}: {
  readonly id: number;
  readonly link: PullRequestLink | undefined;
}): ReactElement {
  const { workspaceUuid, repositoryUuid } = useViewer();
  const href =
    link !== undefined && link.href !== '' ? link.href : pullRequestHref(workspaceUuid, repositoryUuid, id);
  return (
    <a
      href={href}
      onClick={(event) => {
        event.preventDefault();
        void router.open(href);
      }}
    >
      #{id}
      {link !== undefined && ` ${link.title}`}
    </a>
  );
}
