import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** Something in the repository that copies data to have it again: a script, a job, a container, a managed setting. */
export interface Backup {
  readonly kind: 'backup';
  readonly at: Location;
  /** `scripts/backup.sh`, `CronJob backup`, `compose service backup`. */
  readonly name: string;
  readonly contents: readonly BackupContent[];
  /** Something in the repository runs it by the clock. */
  readonly scheduled: Truth;
  /** What runs it, or why nothing does. */
  readonly schedule: string;
  /** Where it writes, as far as it is written; with the values of its own variables. */
  readonly targets: readonly string[];
  /** It works out and compares checksums, or asks the archive whether it is whole. */
  readonly checks: Truth;
  /** It restores what it wrote, to see that it can. */
  readonly restores: Truth;
  /** Old copies are removed after a time. */
  readonly expires: Truth;
  /** A copy leaves the machine: object storage, another host. */
  readonly leaves: Truth;
  /** It is a service of a provider: all that the repository can say is that it is on. */
  readonly managed: boolean;
}

/** What is copied: a database by its engine, or files of a folder. */
export interface BackupContent {
  readonly what:
    'postgres' | 'mysql' | 'mongodb' | 'redis' | 'sqlite' | 'mssql' | 'search' | 'files' | 'everything';
  /** The database or folder, as far as it is written; empty when it comes from outside. */
  readonly source: string;
}
