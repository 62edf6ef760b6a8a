/** Keeps what the reader looks at in the page's address, so that a view can be shared and the browser's way back works. */
import { view } from '@forge/bridge';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useViewer } from '../shared/viewer';
import { readAddress, writeAddress, type PageAddress } from '../view-model/page-address';

type History = Awaited<ReturnType<typeof view.createHistory>>;

/**
 * `null` until the address is known: a screen that opened with the default would ask twice. Bitbucket may not offer a
 * history (BCLOUD-23012): then the page opens with what its own address says, and only the link tells of later choices.
 */
export function usePageAddress(): readonly [PageAddress | null, (address: PageAddress) => void] {
  const [address, setAddress] = useState<PageAddress | null>(null);
  const history = useRef<History | null>(null);
  const { address: pageAddress } = useViewer();
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
      .catch(() => active && setAddress(readAddress(searchOf(pageAddress))));
    return () => {
      active = false;
    };
  }, [pageAddress]);
  const show = useCallback((shown: PageAddress) => {
    setAddress(shown);
    history.current?.push(`/${writeAddress(shown)}`);
  }, []);
  return [address, show];
}

function searchOf(address: string): string {
  return URL.canParse(address) ? new URL(address).search : '';
}
