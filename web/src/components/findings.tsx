import { useEffect, useMemo } from 'preact/hooks';
import type { FindingGroup, ReportPage } from 'seaworthy';
import { countOf, EVERYTHING, isEverything, matching, type Filter } from '../state/filter.ts';
import type { Target } from '../state/address.ts';
import { useOpening } from '../state/opening.ts';
import { capital, plural } from '../state/words.ts';
import { FilterBar } from './filter-bar.tsx';
import { FindingGroupCard } from './finding-group.tsx';
import { Part } from './part.tsx';

interface Props {
  readonly page: ReportPage;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}

/** What fails, worst first, with what narrows it down. */
export function Findings({ page, filter, onFilter }: Props) {
  const { groups, services, baseline } = page;
  const opening = useOpening(groups);
  const shown = useMemo(() => matching(groups, filter), [groups, filter]);
  const all = countOf(groups);
  const { target } = opening;
  useArrival(target, () => {
    if (!isEverything(filter)) onFilter(EVERYTHING);
  });
  const several = services.length > 1;
  return (
    <Part
      id="findings"
      title="Findings"
      about={
        all === 0
          ? 'Nothing was found.'
          : 'Each stands at the place that has to change. What belongs together is one entry; open it for the code, the impact and the remedy.'
      }
    >
      {all > 0 && (
        <FilterBar
          page={page}
          filter={filter}
          onFilter={onFilter}
          shown={countOf(shown)}
          all={all}
          onOpenAll={opening.all}
        />
      )}
      {baseline.given && baseline.gone > 0 && (
        <p class="soft">{plural(baseline.gone, 'finding')} of the baseline are there no longer.</p>
      )}
      {tiersOf(shown).map(({ id, name, about, own }) => (
        <div key={id} class="tier">
          <h3>
            {name} <span class="count">{plural(countOf(own), 'finding')}</span>
          </h3>
          {about !== '' && <p class="soft">{about}</p>}
          {own.map(group => (
            <FindingGroupCard
              key={group.id}
              group={group}
              several={several}
              isOpen={opening.isOpen(group.id)}
              onToggle={opening.toggle}
              target={target?.group === group.id ? target.element : ''}
            />
          ))}
        </div>
      ))}
      {all > 0 && shown.length === 0 && (
        <p class="nothing">
          Nothing fits.{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              onFilter(EVERYTHING);
            }}
          >
            Show all findings
          </button>
        </p>
      )}
    </Part>
  );
}

/** Goes to what the address names, which is shown whatever was filtered before. */
function useArrival(target: Target | undefined, showAll: () => void): void {
  useEffect(() => {
    if (!target) return;
    showAll();
    requestAnimationFrame(() => {
      const element = document.getElementById(target.element);
      element?.scrollIntoView({ block: 'start' });
      element?.focus({ preventScroll: true });
    });
  }, [target]);
}

interface Tier {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly own: readonly FindingGroup[];
}

const ON_TRIAL =
  'These controls are new, and their precision is not measured yet. They are shown, and count for nothing.';

/** One per severity, and one for what does not count yet. */
function tiersOf(groups: readonly FindingGroup[]): readonly Tier[] {
  const counted = (['critical', 'high', 'medium', 'low'] as const).map(severity => ({
    id: severity,
    name: capital(severity),
    about: '',
    own: groups.filter(group => group.stage === 'stable' && group.severity === severity),
  }));
  const trial = {
    id: 'trial',
    name: 'On trial',
    about: ON_TRIAL,
    own: groups.filter(({ stage }) => stage === 'trial'),
  };
  return [...counted, trial].filter(({ own }) => own.length > 0);
}
