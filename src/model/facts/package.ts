import type { Location } from '../location.ts';

/** A dependency that a manifest declares. */
export interface Package {
  readonly kind: 'package';
  readonly at: Location;
  readonly ecosystem: 'python' | 'node' | 'conda';
  /** As its registry compares names: `flask-cors`, `@nestjs/core`. */
  readonly name: string;
  readonly extras: readonly string[];
  /** `==2.0.1`, `^4.17.0`; empty without one. */
  readonly specifier: string;
  /** The specifier allows one version only. A lock file beside a loose manifest is the `manifest` fact's business. */
  readonly pinned: boolean;
  /** The one version that is installed, by the pin or the lock file; empty when neither says it. */
  readonly version: string;
  readonly group: 'production' | 'development' | 'optional';
  /** The name of the group as written: `dev`, `test`, `docs`; empty for the main one. */
  readonly groupName: string;
  /** The environment marker; empty without one. */
  readonly marker: string;
  readonly hashed: boolean;
  /** The manifest that names it, which may be included by another one. */
  readonly manifest: string;
}

/** A file that declares dependencies. */
export interface Manifest {
  readonly kind: 'manifest';
  readonly at: Location;
  readonly path: string;
  readonly ecosystem: 'python' | 'node' | 'conda';
  readonly format:
    | 'requirements'
    | 'constraints'
    | 'pyproject'
    | 'pipfile'
    | 'setup-cfg'
    | 'setup-py'
    | 'environment-yml'
    | 'package-json';
  /** For a requirements file by its name: `requirements-dev.txt` is for development. */
  readonly group: 'production' | 'development' | 'optional';
  /** The other manifests that it includes (`-r base.txt`), and those in turn. */
  readonly includes: readonly string[];
  /** Included or lock files that it names and that are not in the tree. */
  readonly missing: readonly string[];
  /** The lock file that fixes its versions; empty without one. */
  readonly lockFile: string;
  /** The runtime it asks for: `>=3.10`, `20.x`; empty when nothing is said. */
  readonly runtime: string;
  /** Commands it defines: `scripts` of package.json, console scripts of a Python project. */
  readonly scripts: Readonly<Record<string, string>>;
  /** The package's own name; empty without one. */
  readonly name: string;
}
