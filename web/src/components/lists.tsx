import type { PageList, PageNote } from 'seaworthy';
import { plural } from '../state/words.ts';
import { Text } from './text.tsx';

/** A sentence with its place. */
export function Note({ note: { where, says } }: { readonly note: PageNote }) {
  return (
    <>
      {where !== '' && <code class="where">{where}</code>} {says !== '' && <Text>{says}</Text>}
    </>
  );
}

/** Sentences with their places, and how many more there are. */
export function NoteList({ list: { shown, more } }: { readonly list: PageList }) {
  return (
    <ul class="notes">
      {shown.map(note => (
        <li key={`${note.where} ${note.says}`}>
          <Note note={note} />
        </li>
      ))}
      {more > 0 && <li class="soft">and {plural(more, 'more')}</li>}
    </ul>
  );
}

/** In the order of first appearance. */
export function byCategory<T extends { readonly categoryName: string }>(
  list: readonly T[],
): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const group = groups.get(each.categoryName);
    if (group) group.push(each);
    else groups.set(each.categoryName, [each]);
  }
  return [...groups];
}
