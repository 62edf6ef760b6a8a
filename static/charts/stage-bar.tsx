/** Where the time goes: each stage's part of all cycle time, as one bar. */
import type { ReactElement } from 'react';
import type { Stage, StageFigures } from '../../src/metrics/figures';
import { useLanguage, type Language } from '../shared/language';
import { NoValue } from '../shared/no-value';
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
  const language = useLanguage();
  const { t } = language;
  const present = stages.filter((stage) => (stage.share ?? 0) > 0);
  const sentence = present.map(({ stage, share: part }) => partOf(stage, part, language)).join(', ');
  return (
    <div className="chart">
      {present.length > 0 && (
        <div className="stage-bar" role="img" aria-label={sentence}>
          {present.map(({ stage, share: part }) => (
            <div
              key={stage}
              className={`stage stage-${stage}`}
              style={{ flexGrow: part ?? 0 }}
              title={partOf(stage, part, language)}
            >
              {(part ?? 0) > ROOM_FOR_TEXT && <span>{share(part ?? 0, language)}</span>}
            </div>
          ))}
        </div>
      )}
      <ul className="legend">
        {stages.map(({ stage, share: part, duration: figures }) => (
          <li key={stage}>
            <span className={`swatch stage-${stage}`} aria-hidden="true" />
            <span>
              <strong>{t(`stageName.${stage}`)}</strong>{' '}
              <span className="quiet">{t(`stageMeaning.${stage}`)}</span>
              <br />
              {figures.p50 === null ? (
                <NoValue why={why} />
              ) : (
                t('stages.figures', {
                  median: duration(figures.p50, language),
                  count: figures.n,
                  share: share(part ?? 0, language),
                })
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function partOf(stage: Stage, part: number | null, language: Language): string {
  const { t } = language;
  return t('stages.part', { stage: t(`stageName.${stage}`), share: share(part ?? 0, language) });
}
