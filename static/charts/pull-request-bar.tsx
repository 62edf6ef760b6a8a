/** The stages of one pull request as one bar, each as wide as it took; below it the same as a list. */
import { useState, type ReactElement } from 'react';
import { useLanguage } from '../shared/language';
import type { StageRow } from '../view-model/pull-request-timeline';
import './pull-request-bar.css';

/** The share from which a part has room for its name. */
const ROOM_FOR_TEXT = 0.2;

export function PullRequestBar({ rows }: { readonly rows: readonly StageRow[] }): ReactElement {
  const { t } = useLanguage();
  const [active, setActive] = useState<number | null>(null);
  const shown = active === null ? undefined : rows[active];
  const running = rows.some(({ isRunning }) => isRunning) ? 'yes' : 'no';
  return (
    <div className="chart">
      <ol className="way" aria-label={t('pullRequestPanel.timelineBar')}>
        {rows.map(({ stage, name, took, sentence, isRunning, share }, place) => (
          <li
            key={stage}
            className={classOf(stage, isRunning)}
            style={{ flexGrow: share }}
            tabIndex={0}
            aria-label={sentence}
            onFocus={() => setActive(place)}
            onBlur={() => setActive(null)}
            onMouseEnter={() => setActive(place)}
            onMouseLeave={() => setActive(null)}
          >
            {share > ROOM_FOR_TEXT && (
              <span aria-hidden="true">
                {name} {took}
              </span>
            )}
          </li>
        ))}
      </ol>
      <p className="readout way-readout">
        {shown?.sentence ?? t('pullRequestPanel.timelineLegend', { running })}
      </p>
      <ul className="way-list">
        {rows.map(({ stage, name, took, span, isRunning, share }) => (
          <li key={stage}>
            <span className={`swatch ${classOf(stage, isRunning)}`} aria-hidden="true" />
            <strong>{name}</strong> <span>{took}</span> <span className="quiet">{span}</span>
            <span className="way-own" aria-hidden="true">
              <span className={classOf(stage, isRunning)} style={{ width: `${share * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function classOf(stage: StageRow['stage'], isRunning: boolean): string {
  return `stage-${stage}${isRunning ? ' way-running' : ''}`;
}
