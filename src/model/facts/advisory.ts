import type { KnownVulnerability, PackageVersion, UnreadData } from '../given.ts';
import type { Location } from '../location.ts';

/** A package with known vulnerabilities, in the version that a manifest or lock file fixes. */
export interface Advisory {
  readonly kind: 'advisory';
  /** The line that fixes the version. */
  readonly at: Location;
  readonly package: PackageVersion;
  /** At least one; each matter once, whatever databases tell of it. */
  readonly known: readonly KnownVulnerability[];
  /** The nearest version in which all of them are mended; empty where there is none. */
  readonly mendedIn: string;
  /** What installs it: a package for development stays on the desk. */
  readonly use: 'production' | 'development';
  /** The manifests whose versions are fixed there. */
  readonly manifests: readonly string[];
}

/** A manifest or lock file whose versions were looked up among known vulnerabilities. */
export interface AdvisoryCheck {
  readonly kind: 'advisoryCheck';
  readonly at: Location;
  /** For people: `OSV data in ./osv`. */
  readonly source: string;
  /** The day of the newest advisory that was seen; empty when none was. */
  readonly date: string;
  /** The manifests whose versions are fixed here; the file itself, when it is one. */
  readonly manifests: readonly string[];
  /** Names of the packages whose version the source knows to judge. */
  readonly checked: readonly string[];
  /** Packages that could not be looked up, and why. */
  readonly open: readonly { readonly name: string; readonly because: string }[];
  /** Whether it fixes also what the packages bring along. */
  readonly complete: boolean;
  /** Why nothing was looked up; empty when it was. */
  readonly failed: string;
  /** Parts of the data that could not be read. */
  readonly unread: readonly UnreadData[];
}
