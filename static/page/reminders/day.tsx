/** What the viewer can do next, and how their own pull requests stand. */
import { useId, type ReactElement } from 'react';
import type { EpochSeconds } from '../../../src/facts/pull-request-facts';
import type { ViewerDigest } from '../../../src/metrics/viewer-digest';
import { useLanguage } from '../../shared/language';
import { Pager, usePages } from '../../shared/pager';
import { instant } from '../../view-model/format';
import { dayLines, daySummary, type DayLine } from '../../view-model/reminders';
import { PullRequestName } from '../pull-request-name';
import { useTitles } from '../use-titles';

/** So few that the figures below stay in sight. */
const LINES_A_PAGE = 4;

interface DayProps {
  readonly digest: ViewerDigest;
  readonly since: EpochSeconds;
}

/** Open from the start where something waits for the viewer. */
export function Day({ digest, since }: DayProps): ReactElement {
  const language = useLanguage();
  const { t } = language;
  const titleId = useId();
  const lines = dayLines(digest, language);
  return (
    <details className="card disclosure" open={lines.some(({ isToDo }) => isToDo)}>
      <summary>
        <h2 id={titleId}>{t('reminders.dayTitle')}</h2>
        <span className="quiet">{daySummary(digest, language)}</span>
      </summary>
      {lines.length === 0 ? (
        <p className="card-sentence">{t('reminders.dayEmpty')}</p>
      ) : (
        <>
          <p className="card-sentence">{t('reminders.daySentence', { instant: instant(since, language) })}</p>
          <Lines lines={lines} titleId={titleId} />
        </>
      )}
    </details>
  );
}

function Lines({
  lines,
  titleId,
}: {
  readonly lines: readonly DayLine[];
  readonly titleId: string;
}): ReactElement {
  const pages = usePages(lines, LINES_A_PAGE);
  const rows = pages.shown;
  const titles = useTitles(rows.map(({ pullRequest }) => pullRequest));
  return (
    <>
      <ul className="reminder-lines" aria-labelledby={titleId}>
        {rows.map(({ pullRequest, what, since, isToDo }) => (
          <li key={pullRequest}>
            <span className={isToDo ? 'mark reminder-to-do' : 'mark'}>{what}</span>{' '}
            <PullRequestName id={pullRequest} link={titles.get(pullRequest)} />
            <div className="quiet">{since}</div>
          </li>
        ))}
      </ul>
      <Pager pages={pages} />
    </>
  );
}
