/** The address of the page that the app is in, as Forge's context tells it. */
import { view } from '@forge/bridge';
import { useEffect, useState } from 'react';

/** Empty until it is known, and where it is not told. */
export function useOwnAddress(): string {
  const [address, setAddress] = useState('');
  useEffect(() => {
    let active = true;
    view
      .getContext()
      .then(({ extension }) => {
        const location: unknown = extension.location;
        if (active && typeof location === 'string') setAddress(location);
      })
      // Links then lead to the repositories themselves.
      .catch(() => undefined);
    return () => {
      active = false;
    };
  }, []);
  return address;
}
