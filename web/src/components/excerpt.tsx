import type { WayStep } from 'seaworthy';

/** Lines of a file with their numbers; those that are meant are marked. */
export function Excerpt({ step: { lines, from, to } }: { readonly step: WayStep }) {
  if (lines.text === '') return null;
  return (
    <pre class="excerpt">
      <code>
        {lines.text.split('\n').map((text, index) => {
          const number = lines.startLine + index;
          return number >= from && number <= to ? (
            <mark key={number} data-line={number}>
              {text}
              {'\n'}
            </mark>
          ) : (
            <span key={number} data-line={number}>
              {text}
              {'\n'}
            </span>
          );
        })}
      </code>
    </pre>
  );
}
