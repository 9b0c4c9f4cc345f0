import type { ReportPage } from 'seaworthy';
import { capital } from '../state/words.ts';
import { Part } from './part.tsx';

type Framework = ReportPage['frameworks'][number];
type Clause = Framework['clauses'][number];

const STATUS: Readonly<Record<Clause['status'], string>> = {
  pass: 'Holds',
  fail: 'Fails',
  unknown: 'Open',
  waived: 'Accepted',
  'not-applicable': 'Not applicable',
};

/** The verdicts in the order of standards that were asked for. */
export function Frameworks({ frameworks }: { readonly frameworks: ReportPage['frameworks'] }) {
  if (frameworks.length === 0) return null;
  return (
    <Part
      id="frameworks"
      title="By the clauses of standards"
      about="A clause is more than its controls: “holds” says that something speaks for it and nothing against it, not that an auditor agrees."
    >
      {frameworks.map(framework => (
        <details key={framework.id} class="fold">
          <summary>
            <span class="title">{framework.name}</span>{' '}
            <span class="count">
              {framework.clauses.filter(({ status }) => status === 'fail').length} fail
            </span>
          </summary>
          <ul class="answers">
            {framework.clauses.map(clause => (
              <ClauseRow key={clause.id} clause={clause} />
            ))}
          </ul>
        </details>
      ))}
    </Part>
  );
}

function ClauseRow({ clause: { id, asks, status, answers } }: { readonly clause: Clause }) {
  const named = (wanted: Clause['status']): string =>
    [...new Set(answers.filter(answer => answer.status === wanted).map(({ control }) => control))].join(', ');
  const rows = (['fail', 'unknown', 'waived', 'pass'] as const)
    .map(each => ({ each, controls: named(each) }))
    .filter(({ controls }) => controls !== '');
  return (
    <li class={`answer ${status}`}>
      <p>
        <strong>{id}</strong> {capital(asks)} <span class={`status ${status}`}>{STATUS[status]}</span>
      </p>
      {rows.map(({ each, controls }) => (
        <p key={each} class="soft">
          {STATUS[each]}: {controls}
        </p>
      ))}
    </li>
  );
}
