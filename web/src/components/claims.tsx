import type { PageClaim, PageClaimDocument, PageClaims, PageStatedScore } from 'seaworthy';
import { plural, points } from '../state/words.ts';
import { Note } from './lists.tsx';
import { Part } from './part.tsx';
import { Text } from './text.tsx';

type Verdict = PageClaim['verdict'];

const WORDS: Readonly<Record<Verdict, string>> = {
  refuted: 'Refuted',
  partly: 'True in part',
  supported: 'Supported',
  'no evidence': 'Without evidence',
};

const TONE: Readonly<Record<Verdict, string>> = {
  refuted: 'critical',
  partly: 'medium',
  supported: 'good',
  'no evidence': 'low',
};

const VERDICTS: readonly Verdict[] = ['refuted', 'partly', 'supported', 'no evidence'];

const SAYS: Readonly<Record<PageClaim['says'], string>> = {
  there: '',
  missing: 'says that it is missing',
  planned: 'says that it is planned',
};

/** What documents say of the repository, beside what was found in it. */
export function Claims({ claims }: { readonly claims: PageClaims }) {
  const { counts, documents, contradictions, leftOut } = claims;
  if (documents.length === 0) return null;
  return (
    <Part
      id="claims"
      title="What the documents claim"
      about="Each claim stands beside what was found. What could not be understood as a claim about the present is left out."
    >
      <ul class="tiles">
        {VERDICTS.map(verdict => (
          <li key={verdict} class={`tile ${TONE[verdict]}`}>
            <strong>{counts[verdict]}</strong> <span>{WORDS[verdict]}</span>
          </li>
        ))}
      </ul>
      {contradictions.length > 0 && (
        <>
          <h3>Documents that contradict themselves</h3>
          <ul class="answers">
            {contradictions.map(({ says, places }) => (
              <li key={says} class="answer">
                <p>
                  <strong>
                    <Text>{says}</Text>
                  </strong>
                </p>
                <ul class="notes">
                  {places.map(place => (
                    <li key={`${place.where} ${place.says}`}>
                      <Note note={place} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </>
      )}
      {documents.map(document => (
        <Document key={document.path} document={document} />
      ))}
      {leftOut.length > 0 && (
        <p class="soft">
          Left out: {leftOut.map(({ because, count }) => `${because} (${count})`).join(', ')}.
        </p>
      )}
    </Part>
  );
}

function Document({ document: { path, claims, scores } }: { readonly document: PageClaimDocument }) {
  const refuted = claims.filter(({ verdict }) => verdict === 'refuted').length;
  return (
    <details class="fold">
      <summary>
        <span class="title">{path}</span>{' '}
        <span class="count">
          {plural(claims.length, 'claim')}
          {refuted > 0 && `, ${refuted} refuted`}
        </span>
      </summary>
      {scores.length > 0 && <Scores scores={scores} />}
      <ul class="answers">
        {claims.map(claim => (
          <ClaimRow key={`${claim.where} ${claim.text}`} claim={claim} />
        ))}
      </ul>
    </details>
  );
}

function ClaimRow({ claim }: { readonly claim: PageClaim }) {
  const { where, text, says, verdict, because, evidence } = claim;
  return (
    <li class="answer claim">
      <p>
        <span class={`badge ${TONE[verdict]}`}>{WORDS[verdict]}</span> <q>{text}</q>{' '}
        <span class="soft">
          <code>{where}</code>
          {SAYS[says] !== '' && `, ${SAYS[says]}`}
        </span>
      </p>
      {because !== '' && (
        <p>
          <Text>{because}</Text>
        </p>
      )}
      {verdict !== 'no evidence' && evidence.length > 0 && (
        <ul class="notes">
          {evidence.map(each => (
            <li key={`${each.control} ${each.where} ${each.says}`}>
              {verdict === 'partly' && (
                <span class="soft">{each.speaks === 'for' ? 'For: ' : 'Against: '}</span>
              )}
              <Note note={each} /> {each.control !== '' && <code class="soft">{each.control}</code>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function Scores({ scores }: { readonly scores: readonly PageStatedScore[] }) {
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">Its own score</th>
          <th scope="col">Stated</th>
          <th scope="col">Measured</th>
        </tr>
      </thead>
      <tbody>
        {scores.map(({ where, of, stated, measured, before }) => (
          <tr key={`${where} ${of}`}>
            <th scope="row">
              {of}
              {before && ', of an earlier state'} <code>{where}</code>
            </th>
            <td>{stated.toFixed(1)}</td>
            <td>{before ? '–' : points(measured)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
