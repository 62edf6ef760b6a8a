/** Loads the app's frames again when the host built the app anew. */

/** Nothing where the host does not build while it runs. */
export function followRebuilds(reloadFrames: () => void): void {
  if (document.body.dataset.rebuilds === undefined) return;
  const events = new EventSource('/__host/rebuilds');
  events.addEventListener('rebuilt', reloadFrames);
  let isFirst = true;
  events.addEventListener('open', () => {
    // A host that was started again serves the frames from another port.
    if (!isFirst) window.location.reload();
    isFirst = false;
  });
}
