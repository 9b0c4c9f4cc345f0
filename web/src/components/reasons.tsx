import type { ReportPage, PageReason } from 'seaworthy';
import { byCategory } from './lists.tsx';
import { Part } from './part.tsx';
import { Text } from './text.tsx';

/** What has no answer, and why: not decided, for people to say, not applicable. */
export function Reasons({ page }: { readonly page: ReportPage }) {
  const { open, toState, notApplicable, services } = page;
  const several = services.length > 1;
  return (
    <>
      {open.length + toState.length > 0 && (
        <Part
          id="undecided"
          title="What could not be decided"
          about="What cannot be told by reading is neither a pass nor a fail."
        >
          {open.length > 0 && <Answers reasons={open} several={several} />}
          {toState.length > 0 && (
            <>
              <h3>Only people can say</h3>
              <p class="about">
                Nothing in a repository proves these. State them in <code>seaworthy.yaml</code>, with who says
                so, since when, until when and where the proof lies.
              </p>
              <ul class="boxes">
                {toState.map(({ control, title }) => (
                  <li key={control}>
                    {title} <code class="soft">{control}</code>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Part>
      )}
      {notApplicable.length > 0 && (
        <Part
          id="apart"
          title="What does not apply"
          about="Each with the reason why the question makes no sense here."
        >
          {byCategory(notApplicable).map(([category, own]) => (
            <details key={category} class="fold">
              <summary>
                <span class="title">{category}</span> <span class="count">{own.length}</span>
              </summary>
              <Answers reasons={own} several={several} />
            </details>
          ))}
        </Part>
      )}
    </>
  );
}

function Answers({
  reasons,
  several,
}: {
  readonly reasons: readonly PageReason[];
  readonly several: boolean;
}) {
  return (
    <ul class="answers">
      {reasons.map(({ control, title, because, services }) => (
        <li key={`${control} ${because}`} class="answer">
          <p>
            <strong>{title}</strong> <code class="soft">{control}</code>
            {several && <span class="soft"> {services.join(', ')}</span>}
          </p>
          <p>
            <Text>{because}</Text>
          </p>
        </li>
      ))}
    </ul>
  );
}
