export type Theme = 'light' | 'dark';

const KEY = 'seaworthy-theme';

/** What the reader chose before; nothing where storage is switched off. */
export function storedTheme(): Theme | undefined {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : undefined;
  } catch {
    return undefined; // storage is switched off
  }
}

/** What is shown now: the choice of the reader, else that of the system. */
export const currentTheme = (): Theme =>
  storedTheme() ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

export function chooseTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
}
