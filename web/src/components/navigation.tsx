import type { Section } from './sections.ts';

/** The parts of the page, beside it or above it. */
export function Navigation({ sections }: { readonly sections: readonly Section[] }) {
  return (
    <nav class="navigation" aria-label="Parts of the report">
      <ul>
        {sections.map(({ id, name, count }) => (
          <li key={id}>
            <a href={`#${id}`}>
              {name}
              {count > 0 && <span class="count">{count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
