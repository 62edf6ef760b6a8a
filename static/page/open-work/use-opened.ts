/** What is explained at present: opened by an element of the page, to which the focus returns when it is closed. */
import { useCallback, useRef, useState } from 'react';

export interface Opened<Item> {
  readonly item: Item | null;
  readonly open: (item: Item) => void;
  readonly close: () => void;
}

export function useOpened<Item>(): Opened<Item> {
  const [item, setItem] = useState<Item | null>(null);
  const opener = useRef<Element | null>(null);
  const open = useCallback((opened: Item) => {
    opener.current = document.activeElement;
    setItem(opened);
  }, []);
  const close = useCallback(() => {
    setItem(null);
    const { current } = opener;
    if (current instanceof HTMLElement || current instanceof SVGElement) current.focus();
  }, []);
  return { item, open, close };
}
