import type { Location } from '../location.ts';
import type { Package } from './package.ts';

/** A package that the production install brings because a manifest or the image names it. */
export interface ProductionPackage {
  readonly kind: 'productionPackage';
  /** Where it is named. */
  readonly at: Location;
  readonly ecosystem: Package['ecosystem'];
  readonly name: string;
  readonly extras: readonly string[];
  readonly specifier: string;
  readonly group: Package['group'];
  /** The manifest that names it; empty when the image names it itself. */
  readonly manifest: string;
  /** What keeps its version: the manifest itself, a lock file, that it is code of the repository or of the operating system, or nothing. */
  readonly fixedBy: 'pin' | 'lock' | 'own-code' | 'system' | 'nothing';
  /** What a loose specifier allows: corrections and additions within a major version, or everything. */
  readonly moves: 'not' | 'within-major' | 'freely';
  /** A lock file that lies there and that the install does not look at; empty for none. */
  readonly ignoredLock: string;
  /** The instruction that installs it; `undefined` when no image does. */
  readonly installedAt: Location | undefined;
}
