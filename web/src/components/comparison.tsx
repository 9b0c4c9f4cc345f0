import type { PageChange, PageChangedFinding, PageComparison, PageTurned } from 'seaworthy';
import { findingId } from '../state/address.ts';
import { capital, plural } from '../state/words.ts';
import { SeverityBadge } from './badge.tsx';
import { Part } from './part.tsx';
import { Text } from './text.tsx';

/** What is different from an earlier assessment. */
export function Comparison({ comparison }: { readonly comparison: PageComparison }) {
  const { before, after, rows, categories, turned, appeared, gone, stayed, notices } = comparison;
  return (
    <Part id="comparison" title="Before and after" about={`Before: ${before}. After: ${after}.`}>
      {notices.map(notice => (
        <p key={notice} class="soft">
          <Text>{notice}</Text>
        </p>
      ))}
      <div class="pair even">
        <Figures title="The whole" rows={rows} />
        <Figures title="Scores by category" rows={categories} />
      </div>
      <Turned title="What has become worse" rows={turned.filter(each => each.turned === 'worse')} open />
      <Turned title="What has become better" rows={turned.filter(each => each.turned === 'better')} open />
      <Turned title="What comes out differently" rows={turned.filter(each => each.turned === 'other')} />
      <Changed title="Findings that are new" findings={appeared} open />
      <Changed title="Findings that are gone" findings={gone} />
      <p class="soft">{plural(stayed, 'finding')} on both sides.</p>
    </Part>
  );
}

function Figures({ title, rows }: { readonly title: string; readonly rows: readonly PageChange[] }) {
  return (
    <table class="figures">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col">Before</th>
          <th scope="col">After</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, before, after, by, turned }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before}</td>
            <td>{after}</td>
            <td class={`turned ${turned}`}>{by === '' && turned !== 'same' ? capital(turned) : by}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TurnedProps {
  readonly title: string;
  readonly rows: readonly PageTurned[];
  readonly open?: boolean;
}

function Turned({ title, rows, open = false }: TurnedProps) {
  if (rows.length === 0) return null;
  return (
    <details class="fold" open={open}>
      <summary>
        <span class="title">{title}</span> <span class="count">{rows.length}</span>
      </summary>
      <ul class="answers">
        {rows.map(({ control, title: name, severity, service, before, after }) => (
          <li key={`${service} ${control}`} class="answer">
            <p>
              <SeverityBadge severity={severity} /> <strong>{name}</strong>{' '}
              <code class="soft">{control}</code> <span class="soft">{service}</span>
            </p>
            <p>
              Before: {before}. After: {after}.
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

interface ChangedProps {
  readonly title: string;
  readonly findings: readonly PageChangedFinding[];
  readonly open?: boolean;
}

function Changed({ title, findings, open = false }: ChangedProps) {
  if (findings.length === 0) return null;
  return (
    <details class="fold" open={open}>
      <summary>
        <span class="title">{title}</span> <span class="count">{findings.length}</span>
      </summary>
      <ul class="answers">
        {findings.map(({ id, control, severity, where, message }) => (
          <li key={`${control} ${where} ${message}`} class="answer">
            <p>
              <SeverityBadge severity={severity} /> {where !== '' && <code class="where">{where}</code>}{' '}
              {id === '' ? (
                <Text>{message}</Text>
              ) : (
                <a href={`#${findingId(id)}`}>
                  <Text>{message}</Text>
                </a>
              )}{' '}
              <code class="soft">{control}</code>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
