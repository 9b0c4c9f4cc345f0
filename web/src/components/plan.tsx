import type { PagePhase, PagePiece, PagePlan, PageRange } from 'seaworthy';
import { groupElement } from '../state/address.ts';
import { capital, dayWords, plural, shortDay } from '../state/words.ts';
import { SeverityBadge } from './badge.tsx';
import { Part } from './part.tsx';

/** What to do in which order, how long it takes, and when it would be done. */
export function Plan({ plan }: { readonly plan: PagePlan }) {
  const { team, start, tiers, phases } = plan;
  if (phases.length === 0) return null;
  return (
    <Part
      id="plan"
      title="Plan"
      about={
        <>
          For {team === 1 ? 'one person' : `${team} people`}, from {dayWords(start)}. Efforts are ranges: when
          all goes well, and when it does not. <code>seaworthy plan</code> makes it for another team, start
          and target.
        </>
      }
    >
      <ul class="tiers">
        {tiers.map(({ name, holds, pieces, effort, ends, reaches }) => (
          <li key={name}>
            <h3>{name}</h3>
            <p class="soft">{capital(holds)}</p>
            <p>
              {plural(pieces, 'piece')} of work, <strong>{hours(effort)}</strong>
            </p>
            {ends !== '' && <p>Likely done on {dayWords(ends)}</p>}
            <p>
              Then: <strong>{reaches}</strong>
            </p>
          </li>
        ))}
      </ul>
      {phases.map(phase => (
        <Phase key={phase.id} phase={phase} plan={plan} />
      ))}
    </Part>
  );
}

function Phase({ phase, plan }: { readonly phase: PagePhase; readonly plan: PagePlan }) {
  const { title, why, effort, pieces } = phase;
  return (
    <details class="fold phase">
      <summary>
        <span class="title">{title}</span>{' '}
        <span class="count">
          {plural(pieces.length, 'piece')}, {hours(effort)}
        </span>
        <Bars pieces={pieces} plan={plan} />
      </summary>
      <p class="about">{why}</p>
      <ul class="answers">
        {pieces.map(piece => (
          <Piece key={piece.id} piece={piece} plan={plan} />
        ))}
      </ul>
    </details>
  );
}

function Piece({ piece, plan }: { readonly piece: PagePiece; readonly plan: PagePlan }) {
  const { title, severity, services, effort, start, end, person, items, after } = piece;
  const one = items.length === 1 && items[0]?.title === title ? items[0] : undefined;
  return (
    <li class="answer piece">
      <p>
        <SeverityBadge severity={severity} />{' '}
        <strong>
          {one && one.group !== '' ? <a href={`#${groupElement(one.group)}`}>{title}</a> : title}
        </strong>
      </p>
      <p class="soft">
        {hours(effort)}, {start === end ? shortDay(start) : `${shortDay(start)} to ${shortDay(end)}`}
        {plan.team > 1 && `, person ${person}`}
        {services.length > 0 && `, ${services.join(', ')}`}
      </p>
      {!one && (
        <ul class="boxes">
          {items.map(item => (
            <li key={`${item.control} ${item.title}`}>
              {item.group === '' ? item.title : <a href={`#${groupElement(item.group)}`}>{item.title}</a>}{' '}
              {item.places > 1 && <span class="soft">{plural(item.places, 'place')}</span>}
            </li>
          ))}
        </ul>
      )}
      {after.length > 0 && <p class="soft">After {after.map(({ says }) => says).join('; ')}</p>}
    </li>
  );
}

const DAY = 86_400_000;

/** When the pieces are done, between the first and the last day of the plan: a picture beside the dates. */
function Bars({ pieces, plan }: { readonly pieces: readonly PagePiece[]; readonly plan: PagePlan }) {
  const from = Date.parse(plan.from);
  const days = (Date.parse(plan.to) - from) / DAY + 1;
  const at = (day: string): number => ((Date.parse(day) - from) / DAY / days) * 400;
  const width = 400 / days;
  return (
    <svg class="calendar" viewBox="0 0 400 8" preserveAspectRatio="none" aria-hidden="true">
      <rect class="track" width="400" height="8" rx="2" />
      {pieces.map(({ id, start, end, severity }) => (
        <rect
          key={id}
          class={`value ${severity}`}
          x={at(start).toFixed(1)}
          width={(at(end) - at(start) + width).toFixed(1)}
          height="8"
        />
      ))}
    </svg>
  );
}

/** `2–7 h` */
function hours({ low, high }: PageRange): string {
  const short = (value: number): string => String(value >= 10 ? Math.round(value) : value);
  return low === high ? `${short(low)} h` : `${short(low)}–${short(high)} h`;
}
