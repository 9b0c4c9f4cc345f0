import type { Location, Truth } from '../../../model/index.ts';
import type { FunctionEntity } from '../../code/entities.ts';

/** A function that a framework calls with errors that nothing has caught. */
export interface Catcher {
  readonly function: FunctionEntity;
  /** The position of the parameter that holds the error. */
  readonly error: number;
  /** Where it is put on the app. */
  readonly at: Location;
  readonly covers: 'app' | 'part';
  /** Whether it answers: always, for some errors only, or never, so that it merely looks at them. */
  readonly answers: 'all' | 'some' | 'none';
  /** The framework writes the cause down before it calls it. */
  readonly isLogged: boolean;
  readonly wired: Truth;
}
