/** The width that a chart has to draw in. */
import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Attach the reference to the chart's container; the width is 0 until it is known. */
export function useWidth(): readonly [RefObject<HTMLDivElement>, number] {
  const container = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const measure = (): void => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [container, width];
}
