import type { KnownVulnerability } from '../given.ts';
import type { Location } from '../location.ts';

/** A known vulnerability of a package whose version a manifest or lock file fixes. */
export interface Advisory extends KnownVulnerability {
  readonly kind: 'advisory';
  readonly at: Location;
  /** What installs it: a package for development stays on the desk. */
  readonly use: 'production' | 'development';
}

/** A manifest or lock file whose versions were looked up among known vulnerabilities. */
export interface AdvisoryCheck {
  readonly kind: 'advisoryCheck';
  readonly at: Location;
  /** For people: `OSV data in ./osv`. */
  readonly source: string;
  /** The day of the newest advisory that was seen; empty when none was. */
  readonly date: string;
  /** Packages with a version in this file. */
  readonly asked: number;
  /** Those of them in whose registry the source knows nothing at all. */
  readonly unanswered: number;
}
