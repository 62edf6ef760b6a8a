/** Where the app's wishes to open something lead: Bitbucket's own pages exist here as far as they are needed. */

/** A location of the bridge's `router`: an address, or one of its targets. */
export interface Location_ {
  readonly url?: string;
  readonly target?: string;
  readonly moduleKey?: string;
  readonly type?: string;
}

/**
 * The local address. Bitbucket's own addresses, by names or by uuids, are the same here; other targets than a module have
 * no meaning in Bitbucket. Throws where nothing can be opened.
 */
export function addressOf({ url, target, moduleKey = '' }: Location_): string {
  if (url !== undefined) {
    const { hostname, origin, pathname, search, hash, href } = new URL(url, window.location.origin);
    const isBitbucket = hostname === 'bitbucket.org' || origin === window.location.origin;
    return isBitbucket ? `${pathname}${search}${hash}` : href;
  }
  if (target !== 'module') throw new Error(`The local host does not model the target "${target ?? ''}".`);
  const modules = JSON.parse(document.body.dataset.modules ?? '{}') as Readonly<Record<string, string>>;
  const address = modules[moduleKey];
  if (address === undefined) throw new Error(`No page of the module "${moduleKey}" can be opened from here.`);
  return address;
}

export function navigate(location: Location_): void {
  const address = addressOf(location);
  if (location.type === 'new-tab') window.open(address, '_blank', 'noopener');
  else window.location.assign(address);
}
