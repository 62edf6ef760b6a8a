/** The switch of the page for who looks: the choice goes to the server as a cookie, since it decides what is shown. */

const COOKIE = 'throughline-viewer';

export function startViewerSwitch(): void {
  const select = document.querySelector<HTMLSelectElement>('#viewer');
  select?.addEventListener('change', () => {
    document.cookie = `${COOKIE}=${encodeURIComponent(select.value)}; path=/; SameSite=Strict`;
    window.location.reload();
  });
}
