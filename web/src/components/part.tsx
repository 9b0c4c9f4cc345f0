import type { ComponentChildren } from 'preact';

interface Props {
  readonly id: string;
  readonly title: string;
  /** What stands in it, in a sentence or two. */
  readonly about?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** One part of the page with its heading. */
export function Part({ id, title, about, children }: Props) {
  return (
    <section id={id} class="part" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {about !== undefined && <p class="about">{about}</p>}
      {children}
    </section>
  );
}
