/** Keeps what the reader looks at in the page's address, so that a view can be shared and the browser's way back works. */
import { view } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readAddress, writeAddress, type PageAddress } from '../view-model/page-address';

type History = Awaited<ReturnType<typeof view.createHistory>>;

/** `null` until the address is known: a screen that opened with the default would ask twice. */
export function usePageAddress(): readonly [PageAddress | null, (address: PageAddress) => void] {
  const [address, setAddress] = useState<PageAddress | null>(null);
  const history = useRef<History | null>(null);
  useEffect(() => {
    let active = true;
    view
      .createHistory()
      .then((created) => {
        if (!active) return;
        history.current = created;
        setAddress(readAddress(created.location.search));
        created.listen((location) => setAddress(readAddress(location.search)));
      })
      // Without a history the page works, and its address says nothing.
      .catch(() => active && setAddress(readAddress('')));
    return () => {
      active = false;
    };
  }, []);
  const show = useCallback((shown: PageAddress) => {
    setAddress(shown);
    history.current?.push(`/${writeAddress(shown)}`);
  }, []);
  return [address, show];
}
