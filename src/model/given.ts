/** What an assessment is given beside the repository. Nothing else from outside changes its outcome. */
export interface Given {
  /** The day on which dates are judged: `2026-09-01`. */
  readonly today: string;
  /** Where known vulnerabilities are looked up; `undefined` when nobody offers data. */
  readonly advisories: AdvisorySource | undefined;
}

/** A package in one version, as its registry names both. */
export interface PackageVersion {
  readonly ecosystem: 'python' | 'node';
  readonly name: string;
  readonly version: string;
}

/** A known vulnerability of a package in one version. */
export interface KnownVulnerability {
  readonly package: PackageVersion;
  readonly id: string;
  /** Other names of the same: `CVE-2024-…`. */
  readonly aliases: readonly string[];
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'unknown';
  readonly summary: string;
  /** Versions in which it is mended, the nearest one first. */
  readonly fixedIn: readonly string[];
}

export interface AdvisorySource {
  /** For people: `OSV data in ./osv`. */
  readonly name: string;
  lookUp(packages: readonly PackageVersion[]): Promise<LookUp>;
}

/** What came of looking up. A source that fails says nothing about any package. */
export type LookUp =
  | {
      readonly state: 'answered';
      readonly found: readonly KnownVulnerability[];
      /** The day of the newest advisory that was seen; empty when none was. */
      readonly date: string;
      /** Ecosystems about which the source knows nothing at all. */
      readonly without: readonly PackageVersion['ecosystem'][];
      /** Packages with an advisory whose versions cannot be compared with theirs. */
      readonly undecided: readonly Undecided[];
      /** Parts of the data that could not be read; an advisory may have stood there. */
      readonly unread: readonly UnreadData[];
    }
  | { readonly state: 'failed'; readonly because: string };

/** An advisory of which nobody can say whether it concerns this version. */
export interface Undecided {
  readonly package: PackageVersion;
  readonly id: string;
}

export interface UnreadData {
  readonly where: string;
  readonly because: string;
}
