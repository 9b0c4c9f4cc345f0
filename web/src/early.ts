import { storedTheme } from './state/theme.ts';

const theme = storedTheme();
if (theme) document.documentElement.dataset['theme'] = theme;
