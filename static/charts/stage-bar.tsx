/** Where the time goes: each stage's part of all cycle time, as one bar. */
import type { ReactElement } from 'react';
import type { StageFigures } from '../../src/metrics/figures';
import { useViewer } from '../shared/viewer';
import { STAGE_TEXTS } from '../texts';
import { duration, NO_VALUE, share } from '../view-model/format';

export function StageBar({ stages }: { readonly stages: readonly StageFigures[] }): ReactElement {
  const { locale } = useViewer();
  const present = stages.filter((stage) => (stage.share ?? 0) > 0);
  const sentence = present
    .map(({ stage, share: part }) => `${STAGE_TEXTS[stage].name} ${share(part ?? 0, locale)}`)
    .join(', ');
  return (
    <div className="chart">
      <div className="stage-bar" role="img" aria-label={sentence}>
        {present.map(({ stage, share: part }) => (
          <div
            key={stage}
            className={`stage stage-${stage}`}
            style={{ flexGrow: part ?? 0 }}
            title={`${STAGE_TEXTS[stage].name}: ${share(part ?? 0, locale)}`}
          >
            {(part ?? 0) > 0.06 && <span>{share(part ?? 0, locale)}</span>}
          </div>
        ))}
      </div>
      <ul className="legend">
        {stages.map(({ stage, share: part, duration: figures }) => (
          <li key={stage}>
            <span className={`swatch stage-${stage}`} aria-hidden="true" />
            <span>
              <strong>{STAGE_TEXTS[stage].name}</strong>{' '}
              <span className="quiet">{STAGE_TEXTS[stage].meaning}</span>
              <br />
              {figures.p50 === null
                ? NO_VALUE
                : `median ${duration(figures.p50, locale)} over ${figures.n}, ${share(part ?? 0, locale)} of all time`}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
