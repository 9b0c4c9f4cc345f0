import { useEffect, useState } from 'preact/hooks';
import type { ReportPage } from 'seaworthy';
import { EVERYTHING, isEverything, SEVERITIES, type Filter, type Severity } from '../state/filter.ts';
import { capital, plural } from '../state/words.ts';

interface Props {
  readonly page: ReportPage;
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly shown: number;
  readonly all: number;
  readonly onOpenAll: (open: boolean) => void;
}

/** What narrows the findings down. It needs a script, and is not there without. */
export function FilterBar({ page, filter, onFilter, shown, all, onOpenAll }: Props) {
  const [live, setLive] = useState(false);
  useEffect(() => {
    setLive(true);
  }, []);
  if (!live) return null;
  const change = (part: Partial<Filter>): void => {
    onFilter({ ...filter, ...part });
  };
  return (
    <form
      class="filter"
      role="search"
      aria-label="Filter the findings"
      onSubmit={event => {
        event.preventDefault();
      }}
    >
      <label class="search">
        <span>Search</span>
        <input
          type="search"
          value={filter.text}
          placeholder="Words in messages, paths, code and remedies"
          onInput={event => {
            change({ text: event.currentTarget.value });
          }}
        />
      </label>
      <Severities filter={filter} change={change} />
      <Choices page={page} filter={filter} change={change} />
      <p class="outcome">
        <span role="status">
          {isEverything(filter) ? plural(all, 'finding') : `${shown} of ${plural(all, 'finding')}`}
        </span>
        <span class="actions">
          {!isEverything(filter) && (
            <button
              type="button"
              class="link"
              onClick={() => {
                onFilter(EVERYTHING);
              }}
            >
              Clear the filter
            </button>
          )}
          <button
            type="button"
            class="link"
            onClick={() => {
              onOpenAll(true);
            }}
          >
            Open all
          </button>
          <button
            type="button"
            class="link"
            onClick={() => {
              onOpenAll(false);
            }}
          >
            Close all
          </button>
        </span>
      </p>
    </form>
  );
}

interface PartProps {
  readonly filter: Filter;
  readonly change: (part: Partial<Filter>) => void;
}

function Severities({ filter: { severities }, change }: PartProps) {
  const toggled = (severity: Severity): readonly Severity[] =>
    severities.includes(severity)
      ? severities.filter(each => each !== severity)
      : SEVERITIES.filter(each => each === severity || severities.includes(each));
  return (
    <fieldset class="chips">
      <legend>Severity</legend>
      {SEVERITIES.map(severity => (
        <label key={severity} class={`chip ${severity}`}>
          <input
            type="checkbox"
            checked={severities.includes(severity)}
            onChange={() => {
              change({ severities: toggled(severity) });
            }}
          />
          <span>{capital(severity)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Choices({ page, filter, change }: PartProps & { readonly page: ReportPage }) {
  const { groups, categories, services, baseline } = page;
  const used = new Set(groups.map(({ category }) => category));
  const isFixable = groups.some(({ findings }) => findings.some(({ fixable }) => fixable !== 'no'));
  return (
    <div class="choices">
      <Choice
        label="Category"
        everything="All categories"
        options={categories
          .filter(({ category }) => used.has(category))
          .map(({ category, name }) => ({ value: category, name }))}
        value={filter.category}
        onChange={category => {
          change({ category });
        }}
      />
      {services.length > 1 && (
        <Choice
          label="Service"
          everything="All services"
          options={services.map(({ id }) => ({ value: id, name: id }))}
          value={filter.service}
          onChange={service => {
            change({ service });
          }}
        />
      )}
      {isFixable && (
        <Tick
          label="Can be fixed by seaworthy"
          checked={filter.fixable}
          onChange={fixable => {
            change({ fixable });
          }}
        />
      )}
      {baseline.given && (
        <Tick
          label="New since the baseline"
          checked={filter.fresh}
          onChange={fresh => {
            change({ fresh });
          }}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly everything: string;
  readonly options: readonly { readonly value: string; readonly name: string }[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Choice({ label, everything, options, value, onChange }: ChoiceProps) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        value={value}
        onChange={event => {
          onChange(event.currentTarget.value);
        }}
      >
        <option value="">{everything}</option>
        {options.map(option => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TickProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label class="tick">
      <input
        type="checkbox"
        checked={checked}
        onChange={event => {
          onChange(event.currentTarget.checked);
        }}
      />
      <span>{label}</span>
    </label>
  );
}
