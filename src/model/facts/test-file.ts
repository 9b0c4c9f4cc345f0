import type { Location } from '../location.ts';
import type { Truth } from '../value.ts';

/** A file with functions or methods that are written as tests. */
export interface TestFile {
  readonly kind: 'testFile';
  /** The first test that asserts something; the first test where none does. */
  readonly at: Location;
  readonly path: string;
  readonly tests: number;
  /** Tests that assert something about a value that they worked out. */
  readonly asserting: number;
  /** Whether a runner comes by: the name of the file and its folder fit the configuration. */
  readonly collected: Truth;
  /** Why it is not collected; empty otherwise. */
  readonly because: string;
  /** It imports the service, by itself or through its fixtures, or talks to it over HTTP. */
  readonly concerns: Truth;
  /** Tests send requests to routes: through a test client, or over HTTP. */
  readonly drivesRoutes: Truth;
}

/** A script that puts load on the service. */
export interface LoadTest {
  readonly kind: 'loadTest';
  readonly at: Location;
  readonly tool: string;
}

/** How coverage of the tests is measured, and below which share the run fails. */
export interface CoverageGate {
  readonly kind: 'coverageGate';
  readonly at: Location;
  readonly says: string;
  /** Per cent; 0 where it is measured and nothing fails. */
  readonly threshold: number;
}

/** A checker of types or style that is set up for the code. */
export interface CodeTool {
  readonly kind: 'codeTool';
  readonly at: Location;
  readonly what: 'types' | 'lint';
  readonly name: string;
  readonly language: 'python' | 'javascript';
  /** It is told to find more than the least: `strict`, rules chosen. */
  readonly strict: boolean;
  /** Only a hook before commits, or a setting: `config`, `hook`. */
  readonly by: 'config' | 'hook';
}
