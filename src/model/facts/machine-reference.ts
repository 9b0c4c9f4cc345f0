import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A literal that names the machine of one person: its host name, or a home folder on it. */
export interface MachineReference {
  readonly kind: 'machineReference';
  readonly at: Location;
  readonly what: 'host-name' | 'home-folder';
  /** As it stands there: `DESKTOP-4711`, `C:\Users\ann`. */
  readonly text: string;
  readonly reached: Truth;
}
