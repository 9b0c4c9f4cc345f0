import type { Location, PackageVersion } from '../../../model/index.ts';
import { normalisedName, parseRequirement } from '../../../read/documents/requirements.ts';
import { entriesOf, entryOf, itemsOf, below, textOf, type Tree } from '../../../read/documents/tree.ts';

/** One package in one version, as a lock file fixes it. */
export interface LockEntry {
  readonly ecosystem: PackageVersion['ecosystem'];
  readonly name: string;
  /** The name by which others ask for it; another one for an alias of npm. */
  readonly calledAs: string;
  /** Empty where the lock file fixes none. */
  readonly version: string;
  readonly at: Location;
  /** The packages that it asks for in turn. */
  readonly needs: readonly string[];
  /** What the lock file itself says of its use. */
  readonly use: 'production' | 'development' | 'unsaid';
  /** Code of the repository, which no registry has; what it needs, production needs. */
  readonly isOwn: boolean;
}

/** Where an entry begins; its end may be pages below. */
export const firstLineOf = (at: Location): Location => ({ ...at, endLine: at.startLine });

/** From the name to the line that says the version: findings are known again by these lines. */
export const versionLines = (tree: Tree, at: Location): Location => {
  const startLine = entryOf(tree, 'name')?.keyAt.startLine ?? at.startLine;
  const endLine = entryOf(tree, 'version')?.keyAt.endLine ?? startLine;
  return { ...at, startLine: Math.min(startLine, endLine), endLine: Math.max(startLine, endLine) };
};

export const pythonEntry = (
  entry: Pick<LockEntry, 'name' | 'version' | 'at' | 'needs' | 'use' | 'isOwn'>,
): LockEntry => {
  const name = normalisedName(entry.name);
  return { ...entry, ecosystem: 'python', name, calledAs: name };
};

export const nodeEntry = (
  entry: Pick<LockEntry, 'name' | 'calledAs' | 'version' | 'at' | 'needs' | 'use'>,
): LockEntry => ({ ...entry, ecosystem: 'node', isOwn: false });

/** Names out of a table, a list of requirements, or a list of tables with a name. */
export const namesIn = (tree: Tree | undefined): readonly string[] => [
  ...entriesOf(tree).map(({ key }) => key),
  ...itemsOf(tree).flatMap(
    item => textOf(below(item, 'name')) ?? parseRequirement(textOf(item) ?? '')?.name ?? [],
  ),
];
