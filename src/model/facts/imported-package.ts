import type { Location, Place } from '../location.ts';
import type { Truth } from '../value.ts';

/** A package from outside that code on a production path imports, once for each top-level name. */
export interface ImportedPackage {
  readonly kind: 'importedPackage';
  readonly at: Location;
  /** As the code writes it: `yaml`. */
  readonly name: string;
  /** Under which names registries may have it: `pyyaml`. */
  readonly distributions: readonly string[];
  /** Whether something that the production install brings holds it. */
  readonly declared: Truth;
  /** Why that cannot be told, or why it is not there; empty when nothing is to be said. */
  readonly because: string;
  /** The code is prepared for its absence: `try`, a condition. */
  readonly optional: boolean;
  /** When the import runs: as the program starts, or when a function is called. */
  readonly when: 'start' | 'call';
  /** From the start path to the module. */
  readonly way: readonly Place[];
}
