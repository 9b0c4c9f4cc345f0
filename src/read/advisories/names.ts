import type { PackageVersion } from '../../model/index.ts';
import { normalisedName } from '../documents/requirements.ts';

type Ecosystem = PackageVersion['ecosystem'];

const ECOSYSTEMS: ReadonlyMap<string, Ecosystem> = new Map([
  ['PyPI', 'python'],
  ['npm', 'node'],
]);

/** As OSV calls the registry. */
export const OSV_NAME: Readonly<Record<Ecosystem, string>> = { python: 'PyPI', node: 'npm' };

/** `PyPI:extra` is PyPI too. */
export const ecosystemOf = (name: string): Ecosystem | undefined => ECOSYSTEMS.get(name.split(':')[0] ?? '');

/** One key for a package, whatever way its name is written: PyPI compares by PEP 503, npm by letter. */
export const keyOf = (ecosystem: Ecosystem, name: string): string =>
  `${ecosystem} ${ecosystem === 'python' ? normalisedName(name) : name}`;

/** Packages by their key. */
export type Packages = ReadonlyMap<string, readonly PackageVersion[]>;

export function byKey(packages: readonly PackageVersion[]): Packages {
  const found = new Map<string, PackageVersion[]>();
  for (const each of packages) {
    const key = keyOf(each.ecosystem, each.name);
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return found;
}
