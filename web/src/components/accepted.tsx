import type { ReportPage } from 'seaworthy';
import { dayWords } from '../state/words.ts';
import { SeverityBadge } from './badge.tsx';
import { Note } from './lists.tsx';
import { Part } from './part.tsx';
import { statedIn } from './sections.ts';

/** What people have said: risks that they accept, and statements that something holds. */
export function Accepted({ page }: { readonly page: ReportPage }) {
  const { accepted, notices } = page;
  const stated = statedIn(page);
  if (accepted.length + notices.length + stated.length === 0) return null;
  return (
    <Part
      id="accepted"
      title="What people have accepted and stated"
      about="An accepted risk still fails; it counts neither as a fail nor as a pass until its day is over."
    >
      {accepted.length > 0 && <Risks page={page} />}
      {stated.length > 0 && (
        <>
          <h3>Statements</h3>
          <ul class="answers">
            {stated.map(({ control, title, proofs }) => (
              <li key={control} class="answer pass">
                <p>
                  <strong>{title}</strong> <code class="soft">{control}</code>
                </p>
                {proofs.map(note => (
                  <p key={note.where}>
                    <Note note={note} />
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      {notices.length > 0 && (
        <>
          <h3>Settings that no longer fit</h3>
          <ul class="notes panel">
            {notices.map(note => (
              <li key={`${note.where} ${note.says}`}>
                <Note note={note} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}

function Risks({ page: { accepted } }: { readonly page: ReportPage }) {
  return (
    <>
      <h3>Accepted risks</h3>
      <ul class="answers">
        {accepted.map(({ control, title, severity, where, message, reason, owner, until, writtenAt }) => (
          <li key={`${control} ${where} ${message}`} class="answer">
            <p>
              <SeverityBadge severity={severity} /> <strong>{title}</strong>{' '}
              <code class="soft">{control}</code>
            </p>
            <p>
              <Note note={{ where, says: message }} />
            </p>
            <p>
              “{reason}”{owner !== '' && `, ${owner}`}
              {until !== '' && `, until ${dayWords(until)}`} <span class="soft">({writtenAt})</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
