import type { Location, Place } from '../location.ts';
import type { Term } from '../term.ts';
import type { Value } from '../value.ts';

/** A command that some file of the repository runs to start something. Read from documents alone. */
export interface StartCommand {
  readonly kind: 'startCommand';
  readonly at: Location;
  readonly source:
    | 'image'
    | 'compose'
    | 'kubernetes'
    | 'procfile'
    | 'systemd'
    | 'supervisor'
    | 'platform'
    | 'package-script'
    | 'makefile'
    | 'project'
    | 'documents';
  /** What the file says it is for: `docker-compose.dev.yml` is for development. */
  readonly stage: 'production' | 'development' | 'unclear';
  /** As it stands in the file. */
  readonly text: string;
  /** Split as the shell would; empty when it cannot be split. `a && b` becomes several. */
  readonly commands: readonly (readonly string[])[];
  /** `shell`: `/bin/sh -c` stands between, so that signals end there unless it says `exec`. */
  readonly form: 'exec' | 'shell';
  /** Where it runs: a path inside the image (`/app`), or a folder of the repository. */
  readonly workdir: string;
  /** The path of the Dockerfile (and stage) whose file system it runs in; empty for the machine itself. */
  readonly image: string;
  /** The folder of the repository that the command's relative paths mean, when no image is between. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, Term>>;
  /** The names (`api`, `web`) that the file gives to it. */
  readonly name: string;
}

/** A start command followed down to the module and object that it runs. */
export interface StartPath {
  readonly kind: 'startPath';
  readonly at: Location;
  readonly command: StartCommand;
  /** From the file that is run first to what serves in the end: image → script → server → module. */
  readonly way: readonly Place[];
  readonly serves: Serves;
  readonly target: Target;
  readonly workers: Value<number>;
  /** Seconds; 0 is no limit. */
  readonly requestTimeout: Value<number>;
  readonly reload: Value<boolean>;
  readonly debug: Value<boolean>;
  readonly keeper: Keeper;
  /** `host:port` or a socket, as given. */
  readonly binds: Value<readonly string[]>;
}

/** A program that starts the service, keeps it running and stops it in its own way; without a name there is none. */
export interface Keeper {
  readonly name: string;
  /** What the service gets when it is to stop. */
  readonly stopSignal: string;
  /** Files into which it writes what the service prints; empty when it writes none. */
  readonly logs: string;
}

export const NO_KEEPER: Keeper = { name: '', stopSignal: 'SIGTERM', logs: '' };

/** What kind of program runs in the end. */
export type Serves =
  | {
      readonly with: 'production-server';
      readonly name: string;
      /** It is part of a program and leaves the stop signal to it. */
      readonly leavesSignals?: boolean;
    }
  | { readonly with: 'development-server'; readonly name: string; readonly at: Location }
  | { readonly with: 'worker'; readonly name: string }
  | { readonly with: 'program'; readonly name: string }
  | { readonly with: 'unclear'; readonly because: string };

export type Target =
  | { readonly state: 'resolved'; readonly at: Location; readonly path: string; readonly object: string }
  | { readonly state: 'broken'; readonly because: string; readonly way: readonly Place[] }
  | { readonly state: 'unclear'; readonly because: string };
