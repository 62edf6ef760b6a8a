/** A drawn sign of a state, besides its word and its colour: a letter for it may be missing from the reader's font. */
import type { ReactElement } from 'react';

export type Sign = 'good' | 'moving' | 'trouble' | 'unknown' | 'off';

/** Lines in a square of 16. */
const PATHS: Readonly<Record<Sign, string>> = {
  good: 'M3 8.5 6.5 12 13 4.5',
  moving: 'M3 8h.01M8 8h.01M13 8h.01',
  trouble: 'M8 3v6M8 12.5h.01',
  unknown: 'M5.5 6a2.5 2.5 0 1 1 3.4 2.4c-.6.3-.9.7-.9 1.4M8 12.8h.01',
  off: 'M4 4l8 8M12 4l-8 8',
};

export function StateSign({ sign }: { readonly sign: Sign }): ReactElement {
  return (
    <svg className="state-sign" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[sign]} />
    </svg>
  );
}
