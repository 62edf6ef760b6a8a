/** How phases are told apart: each has a colour and a pattern, so that nobody needs to see the colour. */
import type { ReactElement } from 'react';
import { PHASES, type Phase } from '../../src/metrics/figures';
import './phase-patterns.css';

const SIZE = 8;

/** Lines over the colour; what waits for a review is plain. */
const LINES: Readonly<Record<Phase, string>> = {
  draft: 'M2 2h1M6 6h1',
  open: '',
  reviewed: 'M0 8 8 0M-2 2 2 -2M6 10 10 6',
  approved: 'M0 4h8',
};

/** To stand once in a drawing; `id` is the drawing's own. */
export function PhasePatterns({ id }: { readonly id: string }): ReactElement {
  return (
    <defs>
      {PHASES.map((phase) => (
        <pattern
          key={phase}
          id={patternId(id, phase)}
          width={SIZE}
          height={SIZE}
          patternUnits="userSpaceOnUse"
        >
          <rect width={SIZE} height={SIZE} className={`phase-colour-${phase}`} />
          <path d={LINES[phase]} className="phase-lines" />
        </pattern>
      ))}
    </defs>
  );
}

/** What a shape of the phase is filled with. */
export function phaseFill(id: string, phase: Phase): string {
  return `url(#${patternId(id, phase)})`;
}

function patternId(id: string, phase: Phase): string {
  return `${id}-${phase}`;
}
