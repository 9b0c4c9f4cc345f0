import type { ReportPage } from 'seaworthy';
import { NoteList } from './lists.tsx';
import { Part } from './part.tsx';

/** How this came about, and what was not looked at. */
export function Method({ page: { tool, skipped, problems } }: { readonly page: ReportPage }) {
  return (
    <Part id="method" title="Method">
      <p>
        Made by {tool}: code, images, deploy files and documents were read together, and nothing was run. A
        protection counts only where production reaches it. What cannot be told by reading is not decided,
        with the reason. The readiness is no average: one critical control that fails is enough.
      </p>
      {skipped.shown.length > 0 && (
        <details class="fold">
          <summary>
            <span class="title">What was not looked at</span>{' '}
            <span class="count">{skipped.shown.length + skipped.more}</span>
          </summary>
          <NoteList list={skipped} />
        </details>
      )}
      {problems.shown.length > 0 && (
        <details class="fold">
          <summary>
            <span class="title">What seaworthy itself could not do</span>{' '}
            <span class="count">{problems.shown.length + problems.more}</span>
          </summary>
          <NoteList list={problems} />
        </details>
      )}
    </Part>
  );
}
