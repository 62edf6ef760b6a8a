/** Open work by phase, as bars of one scale. */
import type { ReactElement } from 'react';
import { PHASES, type WorkInProgress } from '../../src/metrics/figures';
import { PHASE_TEXTS } from '../texts';

export function PhaseBars({ work }: { readonly work: WorkInProgress }): ReactElement {
  const most = Math.max(1, ...PHASES.map((phase) => work.byPhase[phase]));
  return (
    <dl className="phases">
      {PHASES.map((phase) => (
        <div key={phase}>
          <dt>{PHASE_TEXTS[phase]}</dt>
          <dd>
            <span
              className={`phase-bar phase-${phase}`}
              style={{ width: `${(work.byPhase[phase] / most) * 75}%` }}
              aria-hidden="true"
            />
            {work.byPhase[phase]}
          </dd>
        </div>
      ))}
    </dl>
  );
}
