import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/**
 * A literal that names the machine of one person: its host name, a home folder on it, or, in what browsers get, the
 * machine of whoever looks at the page (`loopback`).
 */
export interface MachineReference {
  readonly kind: 'machineReference';
  readonly at: Location;
  readonly what: 'host-name' | 'home-folder' | 'loopback';
  /** As it stands there: `DESKTOP-4711`, `C:\Users\ann`. */
  readonly text: string;
  readonly reached: Truth;
}
