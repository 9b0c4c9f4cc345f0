import type { Severity } from '../state/filter.ts';
import { capital } from '../state/words.ts';

/** How bad it is, in a word and a colour. */
export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  return <span class={`badge ${severity}`}>{capital(severity)}</span>;
}

/** Something worth knowing at first sight. */
export function Tag({ children }: { readonly children: string }) {
  return <span class="tag">{children}</span>;
}
