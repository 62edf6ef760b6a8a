/** Where the time goes: each stage's part of all cycle time, as one bar. */
import type { ReactElement } from 'react';
import type { StageFigures } from '../../src/metrics/figures';
import { NoValue } from '../shared/no-value';
import { useViewer } from '../shared/viewer';
import { STAGE_TEXTS } from '../texts';
import { duration, share } from '../view-model/format';
import type { WhyNoValue } from '../view-model/why-no-value';

/** The share from which a part has room for its number, on the narrowest screen too. */
const ROOM_FOR_TEXT = 0.12;

export function StageBar({
  stages,
  why,
}: {
  readonly stages: readonly StageFigures[];
  /** Why a stage that has no value has none. */
  readonly why: WhyNoValue;
}): ReactElement {
  const { locale } = useViewer();
  const present = stages.filter((stage) => (stage.share ?? 0) > 0);
  const sentence = present
    .map(({ stage, share: part }) => `${STAGE_TEXTS[stage].name} ${share(part ?? 0, locale)}`)
    .join(', ');
  return (
    <div className="chart">
      {present.length > 0 && (
        <div className="stage-bar" role="img" aria-label={sentence}>
          {present.map(({ stage, share: part }) => (
            <div
              key={stage}
              className={`stage stage-${stage}`}
              style={{ flexGrow: part ?? 0 }}
              title={`${STAGE_TEXTS[stage].name}: ${share(part ?? 0, locale)}`}
            >
              {(part ?? 0) > ROOM_FOR_TEXT && <span>{share(part ?? 0, locale)}</span>}
            </div>
          ))}
        </div>
      )}
      <ul className="legend">
        {stages.map(({ stage, share: part, duration: figures }) => (
          <li key={stage}>
            <span className={`swatch stage-${stage}`} aria-hidden="true" />
            <span>
              <strong>{STAGE_TEXTS[stage].name}</strong>{' '}
              <span className="quiet">{STAGE_TEXTS[stage].meaning}</span>
              <br />
              {figures.p50 === null ? (
                <NoValue why={why} />
              ) : (
                `median ${duration(figures.p50, locale)} over ${figures.n}, ${share(part ?? 0, locale)} of all time`
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
