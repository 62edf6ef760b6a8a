/** The app's own part of the page's address. */

/** What the bridge's `createHistory` gives: the address is kept behind the page's `#`, so that a view can be shared. */
export function createHistory(): object {
  const listeners = new Set<(location: object, action: string) => void>();
  const read = (): object => {
    // An address that was given away names its view in the search part of the page itself.
    const own = window.location.hash.slice(1) || `/${window.location.search}`;
    const { pathname, search } = new URL(own, window.location.origin);
    return { pathname, search, hash: '', state: null, key: 'default' };
  };
  const write = (to: string | { pathname?: string; search?: string }, action: 'PUSH' | 'REPLACE'): void => {
    const text = typeof to === 'string' ? to : `${to.pathname ?? '/'}${to.search ?? ''}`;
    if (action === 'PUSH') window.history.pushState(null, '', `#${text}`);
    else window.history.replaceState(null, '', `#${text}`);
    for (const listener of listeners) listener(read(), action);
  };
  window.addEventListener('popstate', () => {
    for (const listener of listeners) listener(read(), 'POP');
  });
  return {
    action: 'POP',
    location: read(),
    listen: (listener: (location: object, action: string) => void) => {
      listeners.add(listener);
    },
    push: (to: string) => write(to, 'PUSH'),
    replace: (to: string) => write(to, 'REPLACE'),
    go: (delta: number) => window.history.go(delta),
    goBack: () => window.history.back(),
    goForward: () => window.history.forward(),
    createHref: (to: string) => to,
  };
}
