/** The light and dark switch of the page, remembered, and told to the app as Bitbucket does. */

type Choice = 'light' | 'dark' | 'auto';

const KEY = 'throughline-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<(theme: object) => void>();

function choice(): Choice {
  const stored = window.localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

/** The theme in the form of Forge's context. */
export function currentTheme(): object {
  const chosen = choice();
  const colorMode = chosen === 'auto' ? (system.matches ? 'dark' : 'light') : chosen;
  return {
    colorMode,
    dark: 'dark',
    light: 'light',
    spacing: 'spacing',
    typography: 'typography',
    shape: 'shape',
  };
}

export function onThemeChange(listener: (theme: object) => void): void {
  listeners.add(listener);
}

function apply(): void {
  const theme = currentTheme() as { colorMode: string };
  document.documentElement.dataset.colorMode = theme.colorMode;
  for (const listener of listeners) listener(theme);
}

export function startThemeSwitch(): void {
  const select = document.querySelector<HTMLSelectElement>('#theme');
  if (select) {
    select.value = choice();
    select.addEventListener('change', () => {
      window.localStorage.setItem(KEY, select.value);
      apply();
    });
  }
  system.addEventListener('change', apply);
  apply();
}
