/** Open work by phase, as bars of one scale. */
import type { ReactElement } from 'react';
import { PHASES, type WorkInProgress } from '../../src/metrics/figures';
import { useLanguage } from '../shared/language';
import { decimal } from '../view-model/format';

export function PhaseBars({ work }: { readonly work: Pick<WorkInProgress, 'byPhase'> }): ReactElement {
  const language = useLanguage();
  const most = Math.max(1, ...PHASES.map((phase) => work.byPhase[phase]));
  return (
    <dl className="phases">
      {PHASES.map((phase) => (
        <div key={phase}>
          <dt>{language.t(`phase.${phase}`)}</dt>
          <dd>
            <span
              className={`phase-bar phase-${phase}`}
              style={{ width: `${(work.byPhase[phase] / most) * 75}%` }}
              aria-hidden="true"
            />
            {decimal(work.byPhase[phase], 0, language)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
