import type { PagePass } from 'seaworthy';
import { plural } from '../state/words.ts';
import { byCategory, Note } from './lists.tsx';
import { Part } from './part.tsx';

interface Props {
  readonly passes: readonly PagePass[];
  /** How many services there are. */
  readonly services: number;
}

const RANK: Readonly<Record<PagePass['rank'], string>> = {
  observed: 'seen in a run',
  static: '',
  attested: 'a person says so',
  claimed: 'a document says so',
  none: '',
};

/** What holds, and what proves it. */
export function Passes({ passes, services }: Props) {
  if (passes.length === 0) return null;
  return (
    <Part
      id="passed"
      title="What passed, and what proves it"
      about="Only what production reaches counts: a protection that nothing starts is no proof."
    >
      {byCategory(passes).map(([category, own]) => (
        <details key={category} class="fold">
          <summary>
            <span class="title">{category}</span> <span class="count">{own.length}</span>
          </summary>
          <ul class="answers">
            {own.map(pass => (
              <Pass key={`${pass.control} ${pass.services.join()}`} pass={pass} several={services > 1} />
            ))}
          </ul>
        </details>
      ))}
    </Part>
  );
}

function Pass({ pass, several }: { readonly pass: PagePass; readonly several: boolean }) {
  const { title, control, rank, services, proofs, more } = pass;
  return (
    <li class="answer pass">
      <p>
        <strong>{title}</strong> <code class="soft">{control}</code>
        {several && <span class="soft"> {services.join(', ')}</span>}
        {RANK[rank] !== '' && <span class="soft"> ({RANK[rank]})</span>}
      </p>
      <ul class="notes">
        {proofs.map(note => (
          <li key={`${note.where} ${note.says}`}>
            <Note note={note} />
          </li>
        ))}
        {more > 0 && <li class="soft">and {plural(more, 'other place')}</li>}
      </ul>
    </li>
  );
}
