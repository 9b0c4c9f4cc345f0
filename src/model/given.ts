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

export interface LookUp {
  readonly found: readonly KnownVulnerability[];
  /** The day of the newest advisory that was seen; empty when none was. */
  readonly date: string;
  /** Ecosystems about which the source knows nothing at all. */
  readonly without: readonly PackageVersion['ecosystem'][];
}
