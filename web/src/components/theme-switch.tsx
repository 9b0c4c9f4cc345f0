import { useEffect, useState } from 'preact/hooks';
import { chooseTheme, currentTheme, type Theme } from '../state/theme.ts';

/** Light or dark. It is there only where a script can do what it promises. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState<Theme | undefined>(undefined);
  useEffect(() => {
    setTheme(currentTheme());
  }, []);
  if (!theme) return null;
  const other: Theme = theme === 'dark' ? 'light' : 'dark';
  const change = (): void => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button type="button" class="switch" onClick={change}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.6" />
        <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
      </svg>
      {other === 'dark' ? 'Dark' : 'Light'} theme
    </button>
  );
}
