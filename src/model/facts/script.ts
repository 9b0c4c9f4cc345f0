import type { Location } from '../location.ts';
import type { Term } from '../term.ts';
import type { Truth } from '../value.ts';

/** A shell script, or another file with commands for a shell: a Makefile's targets, one script each. */
export interface Script {
  readonly kind: 'script';
  readonly at: Location;
  readonly path: string;
  /** The target of a Makefile; empty for a script. */
  readonly name: string;
  /** Targets of the same file that run before it. */
  readonly before: readonly string[];
  readonly commands: readonly ScriptCommand[];
  readonly assignments: readonly ScriptAssignment[];
  /** A command that fails ends it: `set -e`. */
  readonly stopsOnError: boolean;
  /** Ends with `exec "$@"`: it runs what it is given. */
  readonly runsArguments: boolean;
  /** False when it could not be followed to its end: a quote is open. */
  readonly complete: boolean;
}

export interface ScriptCommand {
  readonly at: Location;
  /** As the shell splits them, variables as written; `exec` stays in front. */
  readonly words: readonly string[];
  readonly text: string;
  /** It stands in a condition, loop, case or function, or after `&&` or `||`: it may not run. */
  readonly conditional: boolean;
  /** A failure ends the script with an error; `no` for `cmd || true` and for what stands before a pipe. */
  readonly heeded: Truth;
  readonly background: boolean;
  /** Text that it gets by a here-document. */
  readonly input: string;
  /** What it prints goes into a file or to the next command. */
  readonly isDiverted: boolean;
}

export interface ScriptAssignment {
  readonly name: string;
  readonly value: Term;
  readonly at: Location;
}
