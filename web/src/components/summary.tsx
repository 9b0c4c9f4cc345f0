import type { ReportPage } from 'seaworthy';
import { groupElement } from '../state/address.ts';
import { SEVERITIES, type Filter } from '../state/filter.ts';
import { capital, percent, plural, points } from '../state/words.ts';
import { SeverityBadge } from './badge.tsx';
import { Gauge } from './gauge.tsx';
import { Text } from './text.tsx';

interface Props {
  readonly page: ReportPage;
  readonly onShow: (part: Partial<Filter>) => void;
}

const TONE: Readonly<Record<ReportPage['verdict']['readiness'], string>> = {
  'NOT READY': 'bad',
  'READY WITH RISKS': 'risky',
  READY: 'good',
  PROVEN: 'good',
  'NOTHING TO JUDGE': 'blank',
};

/** The verdict, the score, how much was found, and what to do first. */
export function Summary({ page, onShow }: Props) {
  const { verdict, counts } = page;
  return (
    <section id="summary" class="part" aria-labelledby="summary-title">
      <div class={`verdict ${TONE[verdict.readiness]}`}>
        <div class="words">
          <h2 id="summary-title">{verdict.words}</h2>
          <p class="rule">
            <Text>{verdict.rule}</Text>
          </p>
          <p class="soft">
            {plural(counts.passed, 'control')} passed, {counts.open} could not be decided by reading,{' '}
            {counts.toState} wait for a statement of a person.
            {counts.accepted > 0 && ` ${plural(counts.accepted, 'finding')} accepted for a time.`}
          </p>
        </div>
        <div class="score">
          <Gauge points={verdict.points} label={`Score ${points(verdict.points)} of 10`} />
          <p class="soft">{percent(verdict.coverage)} of what applies could be decided</p>
        </div>
      </div>
      <ul class="tiles">
        {SEVERITIES.map(severity => (
          <li key={severity}>
            <button
              type="button"
              class={`tile ${severity}`}
              onClick={() => {
                onShow({ severities: [severity] });
              }}
            >
              <strong>{counts.findings[severity]}</strong> <span>{capital(severity)}</span>
            </button>
          </li>
        ))}
      </ul>
      <div class="pair">
        <FirstSteps page={page} />
        <Strong passes={page.passes} />
      </div>
    </section>
  );
}

function FirstSteps({ page: { next } }: { readonly page: ReportPage }) {
  if (next.steps.length === 0) return null;
  return (
    <div class="panel first-steps">
      <h3>Do this first</h3>
      <ol>
        {next.steps.map(({ control, title, severity, places, remedy, group }) => (
          <li key={control}>
            <p class="head">
              <SeverityBadge severity={severity} />{' '}
              {group === '' ? title : <a href={`#${groupElement(group)}`}>{title}</a>}{' '}
              <span class="soft">{plural(places, 'place')}</span>
            </p>
            <p>
              <Text>{remedy}</Text>
            </p>
          </li>
        ))}
      </ol>
      {next.readiness !== '' && (
        <p class="until">
          <strong>{plural(next.stepsToIt, 'control')}</strong> to mend until <strong>{next.readiness}</strong>
          .
        </p>
      )}
    </div>
  );
}

/** Passes of weight that are named at the start. */
const MOST_STRONG = 6;

function Strong({ passes }: Pick<ReportPage, 'passes'>) {
  const titles = SEVERITIES.slice(0, 2).flatMap(severity =>
    passes.filter(pass => pass.severity === severity).map(({ title }) => title),
  );
  const strong = [...new Set(titles)];
  if (strong.length === 0) return null;
  return (
    <div class="panel">
      <h3>What holds already</h3>
      <ul class="ticks">
        {strong.slice(0, MOST_STRONG).map(title => (
          <li key={title}>{title}</li>
        ))}
      </ul>
      <p class="until">
        <a href="#passed">{plural(passes.length, 'control')} that passed, with what proves it</a>
      </p>
    </div>
  );
}
