import type { ReportPage, PageStep } from 'seaworthy';
import { groupElement } from '../state/address.ts';
import { plural } from '../state/words.ts';
import { SeverityBadge } from './badge.tsx';
import { Part } from './part.tsx';

const TIERS: readonly { readonly name: string; readonly holds: readonly PageStep['severity'][] }[] = [
  { name: 'First: what is critical', holds: ['critical'] },
  { name: 'Then: what is of high severity', holds: ['high'] },
  { name: 'Later: the rest', holds: ['medium', 'low'] },
];

/** What to do in which order. */
export function Plan({ page: { next } }: { readonly page: ReportPage }) {
  if (next.steps.length === 0) return null;
  return (
    <Part
      id="plan"
      title="Plan"
      about="With most effect for least effort first. Hours come from the number of places: a guide for the order of work, no promise."
    >
      {TIERS.map(({ name, holds }) => {
        const own = next.steps.filter(({ severity }) => holds.includes(severity));
        if (own.length === 0) return null;
        return (
          <details key={name} class="fold" open={holds.includes('critical')}>
            <summary>
              <span class="title">{name}</span> <span class="count">{own.length}</span>
            </summary>
            <ul class="boxes">
              {own.map(step => (
                <Step key={step.control} step={step} />
              ))}
            </ul>
          </details>
        );
      })}
    </Part>
  );
}

function Step({ step: { control, title, severity, places, hours, group } }: { readonly step: PageStep }) {
  return (
    <li>
      {severity !== 'critical' && severity !== 'high' && <SeverityBadge severity={severity} />}{' '}
      {group === '' ? title : <a href={`#${groupElement(group)}`}>{title}</a>}{' '}
      <span class="soft">
        {plural(places, 'place')}, about {hours} h · <code>{control}</code>
      </span>
    </li>
  );
}
