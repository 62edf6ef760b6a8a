/** One open pull request of the table. */
import type { ReactElement } from 'react';
import type { OpenWorkReport, ReportedOpenPullRequest } from '../../../src/views/reports/open-work-report';
import type { PullRequestLink } from '../../api';
import { useLanguage } from '../../shared/language';
import { decimal, duration, exactDuration, instant, NO_VALUE, share } from '../../view-model/format';
import { idleText, listedChance, waitingTexts, whyNoChance } from '../../view-model/open-list';
import { PullRequestName } from '../pull-request-name';
import { PhaseMark } from './phase-mark';

interface OpenRowProps {
  readonly open: ReportedOpenPullRequest;
  readonly report: OpenWorkReport;
  readonly link: PullRequestLink | undefined;
  readonly names: ReadonlyMap<string, string>;
  readonly onExplain: () => void;
}

export function OpenRow({ open, report, link, names, onExplain }: OpenRowProps): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const waiting = waitingTexts(open, names, report.showsReviewers, language);
  const known = open.activityRead ? undefined : 'quiet';
  return (
    <tr>
      <th scope="row">
        <PullRequestName id={open.id} link={link} />
      </th>
      <td>
        <PhaseMark phase={open.phase} activityRead={open.activityRead} />
      </td>
      <td title={t('openWork.opened', { instant: instant(open.openedAt, language) })}>
        <span className="whole">{duration(open.ageSeconds, language)}</span>{' '}
        {open.overP85 && <span className="mark mark-warning">{t('openWork.overP85')}</span>}
      </td>
      <td className={known === undefined ? 'waits' : `waits ${known}`}>
        {waiting.on}
        {waiting.since !== null && <div className="quiet since">{waiting.since}</div>}
      </td>
      <td
        className={known}
        title={open.idleSeconds === null ? undefined : exactDuration(open.idleSeconds, language)}
      >
        {idleText(open, language)} {open.stale && <span className="mark">{t('openWork.stale')}</span>}
      </td>
      <Amount value={open.reviews} />
      <Amount value={open.comments} />
      <Amount value={open.lines} />
      <td>
        <Chance open={open} report={report} onExplain={onExplain} />
      </td>
    </tr>
  );
}

function Amount({ value }: { readonly value: number | null }): ReactElement {
  const language = useLanguage();
  return <td className="number">{value === null ? NO_VALUE : decimal(value, 0, language)}</td>;
}

function Chance({
  open,
  report,
  onExplain,
}: Pick<OpenRowProps, 'open' | 'report' | 'onExplain'>): ReactElement {
  const language = useLanguage();
  const chance = listedChance(open.forecast);
  const why = whyNoChance(open, report, language);
  const bar = chance !== null && (
    <span className="chance-bar" aria-hidden="true">
      <span style={{ width: `${Math.round(chance * 100)}%` }} />
    </span>
  );
  if (open.forecast.kind === 'none') return <span className="no-value">{why}</span>;
  const text = chance === null ? NO_VALUE : share(chance, language);
  return (
    <>
      <button
        type="button"
        className="link chance"
        aria-label={language.t('forecast.show', { share: text, id: String(open.id) })}
        onClick={onExplain}
      >
        {bar}
        {text}
      </button>
      {why !== null && <div className="no-value">{why}</div>}
    </>
  );
}
