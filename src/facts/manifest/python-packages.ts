import type { Location, Package } from '../../model/index.ts';
import {
  isPinned,
  normalisedName,
  parseRequirement,
  type RequirementLine,
  type Requirement,
} from '../../read/documents/requirements.ts';
import {
  entriesOf,
  itemsOf,
  textOf,
  textsOf,
  below,
  type Entry,
  type Tree,
} from '../../read/documents/tree.ts';

/** Versions by package name, out of a lock file. */
export type Locked = ReadonlyMap<string, string>;

export const NOTHING_LOCKED: Locked = new Map();

export interface Group {
  readonly group: Package['group'];
  readonly groupName: string;
}

export const MAIN: Group = { group: 'production', groupName: '' };

const DEVELOPMENT =
  /^(dev|develop|development|test|tests|testing|lint|linting|docs?|documentation|typing|types|ci|qa|format|local|debug|build|tooling|style|mypy|ruff|pre-commit|notebook|bench(mark)?s?)([._-].*)?$|[._-](dev|test|tests|lint|docs)$/i;

/** What the name of a dependency group or of a requirements file says of its purpose. */
export const groupOf = (name: string, otherwise: Package['group']): Group => ({
  group: DEVELOPMENT.test(name) ? 'development' : otherwise,
  groupName: name,
});

/** A package fact out of a requirement. */
export function packageOf(
  requirement: Requirement,
  at: Location,
  group: Group,
  locked: Locked = NOTHING_LOCKED,
): Package {
  const pinned = isPinned(requirement.specifier);
  return {
    kind: 'package',
    at,
    ecosystem: 'python',
    ...requirement,
    pinned,
    version: pinned ? requirement.specifier.replace(/^=+/, '') : (locked.get(requirement.name) ?? ''),
    ...group,
    manifest: at.path,
  };
}

/** The packages of requirement lines; a source with a name counts, one without is no package that can be named. */
export const packagesOfLines = (
  lines: readonly RequirementLine[],
  group: Group,
  locked: Locked,
): readonly Package[] =>
  lines.flatMap(line => {
    if (line.kind === 'package') return packageOf(line, line.at, group, locked);
    if (line.kind !== 'source' || line.name === '') return [];
    const requirement = {
      name: line.name,
      extras: [],
      specifier: `@${line.from}`,
      marker: '',
      hashed: false,
    };
    return packageOf(requirement, line.at, group, locked);
  });

/** A list of PEP 508 texts, as PEP 621 and dependency groups have them. */
export const packagesOfTexts = (list: Tree | undefined, group: Group, locked: Locked): readonly Package[] =>
  itemsOf(list).flatMap(item => {
    const text = textOf(item) ?? '';
    const requirement = parseRequirement(text) ?? directReference(text);
    return requirement ? packageOf(requirement, item.at, group, locked) : [];
  });

function directReference(text: string): Requirement | undefined {
  const [, name, url = ''] = /^([A-Za-z0-9][\w.-]*)\s?(?:\[[^\]]*\])?\s?@\s?(\S+)/.exec(text) ?? [];
  return name === undefined
    ? undefined
    : { name: normalisedName(name), extras: [], specifier: `@${url}`, marker: '', hashed: false };
}

/** A table of names and versions, as poetry and Pipfile have it: `flask = "^3.0"`, `{version = "*", extras = []}`. */
export const packagesOfTable = (table: Tree | undefined, group: Group, locked: Locked): readonly Package[] =>
  entriesOf(table)
    .filter(({ key }) => key !== 'python')
    .map(entry =>
      packageOf(
        tableRequirement(entry),
        entry.at,
        isOptional(entry) ? { ...group, group: 'optional' } : group,
        locked,
      ),
    );

const isOptional = ({ value }: Entry): boolean => textOf(below(value, 'optional')) === 'true';

function tableRequirement({ key, value }: Entry): Requirement {
  // Poetry allows a list of alternatives for several platforms; the first one stands for them.
  const [first] = itemsOf(value);
  const wanted = first ?? value;
  const version = textOf(wanted) ?? textOf(below(wanted, 'version')) ?? '';
  const origin =
    textOf(below(wanted, 'git')) ?? textOf(below(wanted, 'path')) ?? textOf(below(wanted, 'url'));
  return {
    name: normalisedName(key),
    extras: textsOf(below(wanted, 'extras')),
    specifier: origin === undefined ? plainVersion(version) : `@${origin}`,
    marker: textOf(below(wanted, 'markers')) ?? '',
    hashed: false,
  };
}

/** In poetry a bare `1.2.3` means that version alone, and `*` any. */
const plainVersion = (version: string): string => {
  if (version === '*') return '';
  return /^\d/.test(version) ? `==${version}` : version.replaceAll(' ', '');
};
