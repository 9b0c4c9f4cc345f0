import type { PageFinding } from 'seaworthy';
import { findingId } from '../state/address.ts';
import { plural } from '../state/words.ts';
import { Tag } from './badge.tsx';
import { Excerpt } from './excerpt.tsx';
import { Text } from './text.tsx';
import { Way } from './way.tsx';

interface Props {
  readonly finding: PageFinding;
  /** Whether it is the only one of its group, whose headline has said it already. */
  readonly alone: boolean;
  /** Whether there are several services, so that it says its own. */
  readonly several: boolean;
}

/** One place where the answer is no, with all that proves it. */
export function Finding({ finding, alone, several, target }: Props & { readonly target: string }) {
  const { ids, message, lowered, remedy, way, searched, observed } = finding;
  const element = findingId(ids[0] ?? '');
  const [only, ...others] = way;
  return (
    <li id={element} class={`place${target === element ? ' target' : ''}`} tabIndex={-1}>
      <Head finding={finding} alone={alone} several={several} />
      {lowered !== '' && <p class="soft">One step less severe: {lowered}.</p>}
      {remedy !== '' && (
        <p>
          <strong>Here:</strong> <Text>{remedy}</Text>
        </p>
      )}
      {others.length > 0 && <Way steps={way} message={message} />}
      {only && others.length === 0 && <Excerpt step={only} />}
      {observed.length > 0 && (
        <ul class="observed">
          {observed.map(({ did, expected, saw }) => (
            <li key={did}>
              {did}: expected {expected}, saw {saw}
            </li>
          ))}
        </ul>
      )}
      {searched.shown.length > 0 && only === undefined && (
        <p class="soft">
          Looked for in {searched.shown.map(({ where }) => where).join(', ')}
          {searched.more > 0 && ` and ${plural(searched.more, 'other file')}`}.
        </p>
      )}
    </li>
  );
}

/** The same without code, which is what readers without scripts get. */
export function FindingInBrief({ finding, alone, several }: Props) {
  return (
    <li id={findingId(finding.ids[0] ?? '')} class="place">
      <Head finding={finding} alone={alone} several={several} />
    </li>
  );
}

function Head({ finding: { ids, services, where, message, since, fixable }, alone, several }: Props) {
  return (
    <p class="head">
      {where !== '' && <code class="where">{where}</code>}{' '}
      {(!alone || where === '') && (
        <span class="message">
          <Text>{message}</Text>{' '}
        </span>
      )}
      {several && <span class="soft">{services.join(', ')} </span>}
      {since === 'new' && <Tag>New</Tag>}
      {fixable !== 'no' && <Tag>{fixable === 'auto' ? 'Fix available' : 'Draft of a fix available'}</Tag>}
      <a
        class="anchor"
        href={`#${findingId(ids[0] ?? '')}`}
        aria-label={`Address of this finding${where === '' ? '' : `, ${where}`}`}
      >
        #
      </a>
    </p>
  );
}
