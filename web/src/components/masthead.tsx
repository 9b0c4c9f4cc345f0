import type { ReportPage } from 'seaworthy';
import { dayWords } from '../state/words.ts';
import { ThemeSwitch } from './theme-switch.tsx';

/** What the document is about. */
export function Masthead({ page: { repository, commit, day } }: { readonly page: ReportPage }) {
  return (
    <header class="masthead">
      <div>
        <p class="kind">Production readiness report</p>
        <h1>{repository}</h1>
        <p class="soft">
          {dayWords(day)} · {commit}
        </p>
      </div>
      <ThemeSwitch />
    </header>
  );
}
