/** The disclosure at the end of the page that tells how its data came to be. */
import type { ComponentType, ReactElement } from 'react';
import { LazySection } from './lazy-section';

export function DataSection(): ReactElement {
  return (
    <LazySection
      title="Data"
      about="How far the import is, and what keeps the figures true."
      load={loadReport}
    />
  );
}

async function loadReport(): Promise<ComponentType> {
  return (await import('./data-report')).DataReport;
}
