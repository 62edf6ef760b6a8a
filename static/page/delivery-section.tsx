/** The disclosure with the DORA figures, the calendar of deployments, and the pipelines. */
import type { ComponentType, ReactElement } from 'react';
import { LazySection } from './lazy-section';

export function DeliverySection(): ReactElement {
  return (
    <LazySection
      title="Delivery"
      about="How often changes reach production, how long they take, and how often they fail."
      load={loadReport}
    />
  );
}

async function loadReport(): Promise<ComponentType> {
  return (await import('./delivery-report')).DeliveryReport;
}
