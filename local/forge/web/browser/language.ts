/** The language switch of the page: the viewer's locale, remembered, and told to the app as Bitbucket does. */

const listeners = new Set<() => void>();

/** A choice counts until the host is started with another locale. */
function key(): string {
  return `throughline-locale-instead-of-${startLocale()}`;
}

function startLocale(): string {
  return document.body.dataset.locale ?? '';
}

/** A BCP 47 tag, for Forge's context. */
export function currentLocale(): string {
  return window.localStorage.getItem(key()) ?? startLocale();
}

export function onLanguageChange(listener: () => void): void {
  listeners.add(listener);
}

export function startLanguageSwitch(): void {
  const select = document.querySelector<HTMLSelectElement>('#language');
  if (!select) return;
  select.value = currentLocale();
  select.addEventListener('change', () => {
    window.localStorage.setItem(key(), select.value);
    for (const listener of listeners) listener();
  });
}
