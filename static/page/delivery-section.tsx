/** The disclosure with the DORA figures, the calendar of deployments, and the pipelines. */
import { useCallback, type ComponentType, type ReactElement } from 'react';
import type { WindowDays } from '../../src/views/contract';
import { LazySection } from './lazy-section';

export function DeliverySection({ days }: { readonly days: WindowDays }): ReactElement {
  const load = useCallback(async (): Promise<ComponentType> => {
    const { DeliveryReport } = await import('./delivery-report');
    return function Report() {
      return <DeliveryReport days={days} />;
    };
  }, [days]);
  return (
    <LazySection
      title="Delivery"
      about="How often changes reach production, how long they take, and how often they fail."
      load={load}
    />
  );
}
