import { memo } from 'preact/compat';
import type { FindingGroup } from 'seaworthy';
import { groupElement } from '../state/address.ts';
import { plural } from '../state/words.ts';
import { SeverityBadge, Tag } from './badge.tsx';
import { Finding, FindingInBrief } from './finding.tsx';
import { Text } from './text.tsx';

interface Props {
  readonly group: FindingGroup;
  /** Whether there are several services, so that each finding says its own. */
  readonly several: boolean;
  readonly isOpen: boolean;
  readonly onToggle: (group: string, open: boolean) => void;
  /** The element that the address names, when it stands here. */
  readonly target: string;
}

/** What fails of one control: why it matters, what to do, and each place. */
export const FindingGroupCard = memo(({ group, several, isOpen, onToggle, target }: Props) => {
  const { id, control, categoryName, title, severity, stage, impact, remedy, findings } = group;
  const [first] = findings;
  const others = findings.length - 1;
  return (
    <details
      id={groupElement(id)}
      class={`group ${severity} ${stage}`}
      open={isOpen}
      tabIndex={target === groupElement(id) ? -1 : undefined}
      onToggle={event => {
        onToggle(id, event.currentTarget.open);
      }}
    >
      <summary>
        <span class="marks">
          <SeverityBadge severity={severity} />
          {findings.some(({ since }) => since === 'new') && <Tag>New</Tag>}
          {findings.some(({ fixable }) => fixable !== 'no') && <Tag>Fix available</Tag>}
        </span>
        <span class="title">
          <Text>{first?.message ?? title}</Text>
        </span>
        <span class="soft">
          {first && first.where !== '' && <code>{first.where}</code>}
          {others > 0 && ` and ${plural(others, 'other place')}`}
          {(others > 0 || first?.where !== '') && ' · '}
          {categoryName} · <code>{control}</code>
        </span>
      </summary>
      <div class="body">
        <div class="reasons">
          <Reason title="What should hold" text={title} />
          <Reason title="Why it matters" text={impact} />
          <Reason title="What to do" text={remedy} />
        </div>
        <ol class="places">
          {findings.map(finding =>
            isOpen ? (
              <Finding
                key={finding.ids[0]}
                finding={finding}
                alone={others === 0}
                several={several}
                target={target}
              />
            ) : (
              <FindingInBrief key={finding.ids[0]} finding={finding} alone={others === 0} several={several} />
            ),
          )}
        </ol>
      </div>
    </details>
  );
});

function Reason({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <h4>{title}</h4>
      <p>
        <Text>{text}</Text>
      </p>
    </div>
  );
}
